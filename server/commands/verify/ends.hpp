#pragma once

#include <set>
#include <string>
#include <vector>

#include "crypto/moving_tree.hpp"
#include "server/commands/verify/fold.hpp"
#include "server/conference/commit.hpp"

namespace kasane::commands::verify {

/// Where each unit ends, reckoned along with the entries, to be held against every `ledger.heads`. Requires: all units,
/// in order of creation.
class Ends {
 public:
  Ends(const std::vector<conference::UnitRow>& units, Report& report);

  /// After each entry: its unit's place among those shown, and its leaf hash.
  void moved(std::size_t unit, const crypto::Hash& leaf);
  /// A `ledger.heads`, before it counts itself. `named`: units that statements have named, though empty.
  void check(const ReadEntry& entry, const std::set<std::string>& named);

 private:
  struct Row {
    const std::string* name = nullptr;
    crypto::UnitTag tag;
    std::uint64_t count = 0;
    crypto::Hash last{};
  };
  Report& report_;
  std::vector<Row> rows_;                          // without `heads`
  std::vector<std::optional<std::size_t>> place_;  // of each unit in `rows_`
  std::set<std::size_t> moved_;
  crypto::MovingTree tree_;
};

}  // namespace kasane::commands::verify
