#pragma once

#include <functional>
#include <string>
#include <vector>

#include "server/commands/verify/evidence.hpp"
#include "server/commands/verify/fold.hpp"
#include "server/commands/verify/report.hpp"

namespace kasane::commands::verify {

/// What a verifier may know besides the evidence.
struct Knowledge {
  std::string log;                 ///< the log's name that it must be; empty: whatever it says
  std::vector<std::string> heads;  ///< signed notes of this log, seen elsewhere: what is shown must contain them
};

/// For whoever looks at more than the ledger itself, or writes down what was decided.
struct Watcher {
  std::function<void(std::int64_t index, const std::string& line)> decision;
  /// After the entry is applied.
  std::function<void(const ReadEntry& entry, const policy::World& world)> entry;
  std::function<void(const policy::World& world)> end;  ///< after the last one
};

/// The whole ledger that is shown: tree, chains, checkpoints, signatures, fold, releases and refusals.
/// Returns the tree. Threads: several inside. Errors: `conference::StoreError`.
crypto::Tree check_ledger(Evidence& evidence, const Knowledge& knowledge, Report& report, const Watcher& watcher = {});

/// May an envelope of this unit be gone (FORMAT.md "Erased envelopes")? Only units with recording kinds.
bool may_be_erased(std::string_view unit);

}  // namespace kasane::commands::verify
