#pragma once

#include <map>
#include <vector>

#include "crypto/leaf.hpp"
#include "crypto/merkle.hpp"
#include "server/commands/verify/evidence.hpp"
#include "server/commands/verify/report.hpp"

namespace kasane::commands::verify {

/// Leaves, unit chains and the tree, computed anew from what is shown (FORMATS.md §5).
class Chain {
 public:
  Chain(const std::vector<conference::UnitRow>& units, Report& report);

  /// Requires: entries in order from 0. `envelope`: hash of the one shown, if one is.
  void add(const ShownEntry& entry, const std::optional<crypto::Hash>& envelope);
  /// The place of the entry's unit among those shown.
  std::optional<std::size_t> unit_of(const ShownEntry& entry) const;
  const crypto::Tree& tree() const { return tree_; }
  /// Is there an entry of that unit?
  bool used(std::size_t unit) const { return heads_[slots_[unit]].count > 0; }

 private:
  struct Head {
    std::uint64_t count = 0;
    crypto::Hash last;
  };
  Report& report_;
  std::vector<crypto::UnitTag> tags_;
  std::map<crypto::UnitTag, std::size_t> by_tag_;
  std::vector<std::size_t> slots_;  // of each unit in `heads_`: its own, or of the first with its tag
  std::vector<Head> heads_;
  std::map<crypto::UnitTag, Head> strangers_;  // of units that are not shown
  crypto::Tree tree_;
  std::int64_t last_ms_ = 0;
};

}  // namespace kasane::commands::verify
