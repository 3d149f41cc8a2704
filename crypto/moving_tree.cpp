#include "crypto/moving_tree.hpp"

namespace kasane::crypto {

void MovingTree::set(std::uint64_t index, const Hash& leaf_hash) {
  if (levels_.empty()) levels_.emplace_back();
  if (index == levels_[0].size())
    levels_[0].push_back(leaf_hash);
  else
    levels_[0][index] = leaf_hash;
  for (std::size_t level = 0; levels_[level].size() > 1; ++level) {
    if (level + 1 == levels_.size()) levels_.emplace_back();
    const auto& below = levels_[level];
    auto& above = levels_[level + 1];
    const std::uint64_t left = index & ~std::uint64_t{1};
    const Hash joined = left + 1 < below.size() ? node_hash(below[left], below[left + 1]) : below[left];
    index /= 2;
    if (index == above.size())
      above.push_back(joined);
    else
      above[index] = joined;
  }
}

std::vector<Hash> MovingTree::path(std::uint64_t index) const {
  std::vector<Hash> out;
  for (std::size_t level = 0; level + 1 < levels_.size(); ++level, index /= 2)
    if ((index ^ 1) < levels_[level].size()) out.push_back(levels_[level][index ^ 1]);
  return out;
}

Hash unit_head(const UnitTag& unit, std::uint64_t count, const Hash& last) {
  return leaf_hash(joined({unit, u64_be(count), last}));
}

}  // namespace kasane::crypto
