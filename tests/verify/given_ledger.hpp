#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "server/commands/verify/folder_evidence.hpp"
#include "tests/conference/town.hpp"
#include "tests/store/folder.hpp"

namespace kasane::given {

/// One row of a ledger that somebody with the disk, and perhaps the keys, writes anew.
struct WrittenEntry {
  std::int64_t time_ms = 0;
  std::string unit, envelope;
};

/// A folder with a small, honest ledger made by the product: a conference, a record shared, released, opened and
/// refused, an epoch and a message. Closed when it is made.
struct SmallLedger {
  SmallLedger();
  std::filesystem::path path() const { return folder.path; }
  std::string newest_checkpoint() const;
  /// A copy in a folder of its own, for tampering.
  void copy_to(const std::filesystem::path& other) const;

  Folder folder;
  log::Keys keys = log::generate_keys();  ///< those of the town
  std::int64_t release = 0, request = 0, opened = 0, refusal = 0, heads = 0;
};

/// Writes `ledger.db` of the folder anew: the entries as `change` leaves them, with a tree, chains, a checkpoint
/// and an own cosignature that add up, signed by these keys.
void rewrite(const std::filesystem::path& folder, const log::Keys& keys,
             const std::function<void(std::vector<WrittenEntry>&)>& change);
/// Runs SQL on the folder's ledger.
void meddle(const std::filesystem::path& folder, const std::string& sql);

commands::verify::Report verify(const std::filesystem::path& folder, std::vector<std::string> heads = {});
/// Is there a finding that says so?
bool found(const commands::verify::Report& report, const std::string& what);

}  // namespace kasane::given
