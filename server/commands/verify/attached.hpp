#pragma once

#include <map>
#include <set>
#include <span>

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
    conference::RecordBody body;
  };
  struct Grant {
    std::string record, device;
    crypto::Hash digest;
    bool there = false;
  };
  struct Posted {
    std::string item;
    conference::MessageBody body;
    bool there = false;
  };
  void recipients(const ReadEntry& entry, const crypto::Hash& root, std::span<const std::string> persons,
                  const policy::World& world);
  void check_blobs(const policy::World& world);
  void check_wraps(const policy::World& world);
  void check_grants(const policy::World& world);
  void check_frames(const policy::World& world);
  static bool destroyed(const policy::World& world, const std::string& record);

  store::LedgerReader& reader_;
  Report& report_;
  std::set<crypto::Hash> roots_there_;
  std::map<crypto::Hash, std::int64_t> roots_named_, blobs_named_;  // → entry
  std::map<std::string, Share> records_;
  std::multimap<std::int64_t, Grant> grants_;
  std::map<std::int64_t, Posted> frames_;
};

}  // namespace kasane::commands::verify
