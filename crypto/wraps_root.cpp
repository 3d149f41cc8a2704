#include "crypto/wraps_root.hpp"

#include <algorithm>

namespace kasane::crypto {

namespace {

/// Sorted by the device id's bytes. Errors: none where a device stands twice.
std::optional<Tree> tree_of(std::vector<WrapDigest>& wraps) {
  std::sort(wraps.begin(), wraps.end());
  const auto twice = [](const WrapDigest& a, const WrapDigest& b) { return a.device == b.device; };
  if (std::adjacent_find(wraps.begin(), wraps.end(), twice) != wraps.end()) return std::nullopt;
  Tree tree;
  for (const auto& wrap : wraps) tree.append(wrap_leaf_hash(wrap));
  return tree;
}

}  // namespace

Hash wrap_leaf_hash(const WrapDigest& wrap) { return leaf_hash(prefixed({view(wrap.device), wrap.digest})); }

std::optional<Hash> wraps_root(std::vector<WrapDigest> wraps) {
  const auto tree = tree_of(wraps);
  return tree ? std::optional(tree->root()) : std::nullopt;
}

std::optional<WrapPath> wrap_path(std::vector<WrapDigest> wraps, std::string_view device) {
  const auto tree = tree_of(wraps);
  if (!tree) return std::nullopt;
  const auto found = std::find_if(wraps.begin(), wraps.end(), [&](const WrapDigest& w) { return w.device == device; });
  if (found == wraps.end()) return std::nullopt;
  const auto position = static_cast<std::uint64_t>(found - wraps.begin());
  return WrapPath{position, tree->size(), *tree->inclusion(position, tree->size())};
}

bool verify_wrap(const Hash& root, const WrapDigest& wrap, const WrapPath& path) {
  return verify_inclusion(wrap_leaf_hash(wrap), path.position, path.leaves, root, path.path);
}

}  // namespace kasane::crypto
