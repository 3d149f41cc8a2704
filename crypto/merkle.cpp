#include "crypto/merkle.hpp"

#include <algorithm>
#include <bit>

#include "crypto/sha256.hpp"

namespace kasane::crypto {

namespace {

constexpr std::array<std::uint8_t, 1> leaf_prefix{0x00};
constexpr std::uint8_t node_prefix = 0x01;

}  // namespace

Hash leaf_hash(View leaf) { return sha256_joined({leaf_prefix, leaf}); }
// In one piece: three small updates cost half as much as the hashing itself.
Hash node_hash(const Hash& left, const Hash& right) {
  std::array<std::uint8_t, 1 + 2 * sizeof(left.bytes)> node{};
  node[0] = node_prefix;
  std::copy(left.bytes.begin(), left.bytes.end(), node.begin() + 1);
  std::copy(right.bytes.begin(), right.bytes.end(), node.begin() + 1 + sizeof(left.bytes));
  return sha256(View(node));
}
Hash empty_root() { return sha256(View{}); }

std::optional<Frontier> Frontier::from(std::uint64_t size, std::vector<Hash> edges) {
  if (edges.size() != static_cast<std::size_t>(std::popcount(size))) return std::nullopt;
  Frontier frontier;
  frontier.size_ = size;
  frontier.edges_ = std::move(edges);
  return frontier;
}

void Frontier::append(const Hash& leaf_hash) {
  Hash hash = leaf_hash;
  // As a binary counter carries: one merge for each trailing one bit of the old size.
  for (std::uint64_t rest = size_; (rest & 1) != 0; rest >>= 1) {
    hash = node_hash(edges_.back(), hash);
    edges_.pop_back();
  }
  edges_.push_back(hash);
  ++size_;
}

Hash Frontier::root() const {
  if (edges_.empty()) return empty_root();
  Hash hash = edges_.back();
  for (std::size_t i = edges_.size() - 1; i > 0; --i) hash = node_hash(edges_[i - 1], hash);
  return hash;
}

void Tree::reserve(std::uint64_t leaves) {
  for (std::size_t level = 0; leaves > 0; ++level, leaves >>= 1) {
    if (levels_.size() <= level) levels_.emplace_back();
    levels_[level].reserve(leaves);
  }
}

void Tree::append(const Hash& leaf_hash) {
  Hash hash = leaf_hash;
  for (std::size_t level = 0;; ++level) {
    if (levels_.size() <= level) levels_.emplace_back();
    auto& row = levels_[level];
    row.push_back(hash);
    if (row.size() % 2 != 0) return;
    hash = node_hash(row[row.size() - 2], row.back());
  }
}

Hash Tree::root(std::uint64_t n) const { return TreeAt(*this, n).root(); }

std::optional<std::vector<Hash>> Tree::inclusion(std::uint64_t index, std::uint64_t n) const {
  return n > size() ? std::nullopt : TreeAt(*this, n).inclusion(index);
}

std::optional<std::vector<Hash>> Tree::consistency(std::uint64_t from, std::uint64_t to) const {
  return to > size() ? std::nullopt : TreeAt(*this, to).consistency(from);
}

Frontier Tree::frontier(std::uint64_t n) const {
  std::vector<Hash> edges;
  std::uint64_t begin = 0;
  for (std::uint64_t rest = n; rest > 0;) {
    const std::uint64_t width = std::bit_floor(rest);
    const auto level = static_cast<std::size_t>(std::countr_zero(width));
    edges.push_back(node(level, begin >> level));
    begin += width;
    rest -= width;
  }
  return *Frontier::from(n, std::move(edges));
}

TreeAt::TreeAt(const Tree& tree, std::uint64_t n) : tree_(tree), n_(n) {
  edge_.reserve(static_cast<std::size_t>(std::popcount(n)));
  for (std::uint64_t begin = 0; begin < n;) {
    const auto level = static_cast<std::size_t>(std::bit_width(n - begin) - 1);
    edge_.push_back({begin, level, tree.node(level, begin >> level)});
    begin += std::uint64_t{1} << level;
  }
  // RFC 6962 §2.1: each of them stands left of all that follows.
  for (std::size_t i = edge_.size(); i-- > 1;) edge_[i - 1].onward = node_hash(edge_[i - 1].onward, edge_[i].onward);
}

/// RFC 6962 §2.1.1 PATH of the complete subtree `index` of this level, from its sibling up. Requires: it is within n.
void TreeAt::path(std::size_t level, std::uint64_t index, std::vector<Hash>& proof) const {
  std::size_t mine = 0;
  while (mine + 1 < edge_.size() && edge_[mine + 1].begin <= index << level) ++mine;
  for (; level < edge_[mine].level; ++level, index >>= 1) proof.push_back(tree_.node(level, index ^ 1));
  if (mine + 1 < edge_.size()) proof.push_back(edge_[mine + 1].onward);
  for (std::size_t i = mine; i-- > 0;) proof.push_back(tree_.node(edge_[i].level, edge_[i].begin >> edge_[i].level));
}

std::optional<std::vector<Hash>> TreeAt::inclusion(std::uint64_t index) const {
  if (index >= n_) return std::nullopt;
  std::vector<Hash> proof;
  proof.reserve(edge_[0].level + 1);
  path(0, index, proof);
  return proof;
}

// RFC 6962 §2.1.2 SUBPROOF: what both trees have in common ends in the largest complete subtree that ends at `from`;
// the rest is that one's way up. The verifier knows it where it is the whole old tree.
std::optional<std::vector<Hash>> TreeAt::consistency(std::uint64_t from) const {
  if (from == 0 || from > n_) return std::nullopt;
  std::vector<Hash> proof;
  if (from == n_) return proof;
  const auto level = static_cast<std::size_t>(std::countr_zero(from));
  const std::uint64_t index = (from >> level) - 1;
  proof.reserve(edge_[0].level + 2);
  if (index != 0) proof.push_back(tree_.node(level, index));
  path(level, index, proof);
  return proof;
}

bool verify_inclusion(const Hash& leaf_hash, std::uint64_t index, std::uint64_t size, const Hash& root,
                      std::span<const Hash> proof) {
  // RFC 9162 §2.1.3.2, step by step.
  if (index >= size) return false;
  std::uint64_t fn = index;
  std::uint64_t sn = size - 1;
  Hash hash = leaf_hash;
  for (const Hash& step : proof) {
    if (sn == 0) return false;
    if ((fn & 1) != 0 || fn == sn) {
      hash = node_hash(step, hash);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      hash = node_hash(hash, step);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && hash == root;
}

bool verify_consistency(std::uint64_t from, const Hash& from_root, std::uint64_t to, const Hash& to_root,
                        std::span<const Hash> proof) {
  // RFC 9162 §2.1.4.2, step by step.
  if (from == 0 || from > to) return false;
  if (from == to) return proof.empty() && from_root == to_root;
  std::vector<Hash> path(proof.begin(), proof.end());
  if (std::has_single_bit(from)) path.insert(path.begin(), from_root);
  if (path.empty()) return false;
  std::uint64_t fn = from - 1;
  std::uint64_t sn = to - 1;
  while ((fn & 1) != 0) {
    fn >>= 1;
    sn >>= 1;
  }
  Hash fr = path[0];
  Hash sr = path[0];
  for (std::size_t i = 1; i < path.size(); ++i) {
    if (sn == 0) return false;
    if ((fn & 1) != 0 || fn == sn) {
      fr = node_hash(path[i], fr);
      sr = node_hash(path[i], sr);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      sr = node_hash(sr, path[i]);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && fr == from_root && sr == to_root;
}

}  // namespace kasane::crypto
