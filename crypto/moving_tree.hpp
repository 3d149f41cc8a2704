#pragma once
// A Merkle tree (RFC 6962 §2.1) whose leaves change: each change costs one path.
#include "crypto/leaf.hpp"
#include "crypto/merkle.hpp"

namespace kasane::crypto {

class MovingTree {
 public:
  [[nodiscard]] std::uint64_t size() const { return levels_.empty() ? 0 : levels_[0].size(); }
  /// Requires: index ≤ size(); size() itself appends.
  void set(std::uint64_t index, const Hash& leaf_hash);
  [[nodiscard]] Hash root() const { return levels_.empty() ? empty_root() : levels_.back()[0]; }
  /// The inclusion path, as `verify_inclusion` takes it. Requires: index < size().
  [[nodiscard]] std::vector<Hash> path(std::uint64_t index) const;

 private:
  // levels_[k+1][i] joins levels_[k][2i] and [2i+1]; a last one without a partner stands as it is.
  std::vector<std::vector<Hash>> levels_;
};

/// Leaf of the tree of `ledger.heads` (design.md §3 "Tail hiding"): leaf hash of tag ‖ u64(count) ‖ last leaf hash.
Hash unit_head(const UnitTag& unit, std::uint64_t count, const Hash& last);

}  // namespace kasane::crypto
