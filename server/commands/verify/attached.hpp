#pragma once

#include <map>
#include <span>
#include <utility>
#include <vector>

#include "server/commands/verify/fold.hpp"
#include "server/store/ledger_reader.hpp"

namespace kasane::commands::verify {

/// What lies in a folder beside the entries: ciphertexts, wraps, frames. Every digest that a statement names, and every
/// recipient of a wrap, against the World at that entry. Errors: `conference::StoreError`.
class Attached {
 public:
  Attached(store::LedgerReader& reader, Report& report);
  void entry(const ReadEntry& entry, const policy::World& world);
  /// After the last entry: what is missing, changed, or named by nobody.
  void finish(const policy::World& world);

 private:
  struct Share {
    std::int64_t index = 0;
    policy::RecordId record;
    conference::RecordBody body;
  };
  /// A digest and the entry that named it, or the bytes that lie under it.
  using Named = std::pair<crypto::Hash, std::int64_t>;
  struct Grant {
    std::string record, device;
    crypto::Hash digest;
    bool there = false;
  };
  void recipients(const ReadEntry& entry, const crypto::Hash& root, std::span<const std::string> persons,
                  const policy::World& world);
  void check_blobs(const policy::World& world);
  void check_wraps(const policy::World& world);
  void check_grants(const policy::World& world);
  void frame(const ReadEntry& entry, const conference::MessageBody& body, const policy::World& world);
  void pass_frames(std::int64_t until);
  void check_frames(const policy::World& world);

  store::LedgerReader& reader_;
  Report& report_;
  // As they come, sorted at the end: maps of as many hashes as there are records took longer than the rules.
  std::vector<Named> roots_named_, roots_missing_, blobs_named_;
  std::vector<Share> records_;
  std::multimap<std::int64_t, Grant> grants_;
  // Frames stand in ledger order as the entries do: both are gone through side by side.
  store::LedgerReader::Frames frames_;
  bool frame_there_ = false;
  std::vector<std::pair<std::int64_t, policy::ItemId>> frames_missing_;  // entry, item
};

}  // namespace kasane::commands::verify
