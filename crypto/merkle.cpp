#include "crypto/merkle.hpp"

#include <algorithm>
#include <bit>

#include "crypto/sha256.hpp"

namespace kasane::crypto {

namespace {

constexpr std::array<std::uint8_t, 1> leaf_prefix{0x00};
constexpr std::uint8_t node_prefix = 0x01;

/// RFC 6962 §2.1: the largest power of two below n. Requires: n ≥ 2.
std::uint64_t split(std::uint64_t n) { return std::bit_floor(n - 1); }

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

/// The hash over [begin, end). Requires: begin < end, and [begin, end) one of the ranges that RFC 6962 splits into, so
/// that begin is a multiple of every power of two ≤ end − begin.
Hash Tree::subtree(std::uint64_t begin, std::uint64_t end) const {
  const std::uint64_t n = end - begin;
  if (std::has_single_bit(n)) {
    const auto level = static_cast<std::size_t>(std::countr_zero(n));
    return levels_[level][begin >> level];
  }
  const std::uint64_t k = split(n);
  return node_hash(subtree(begin, begin + k), subtree(begin + k, end));
}

Hash Tree::root(std::uint64_t n) const { return n == 0 ? empty_root() : subtree(0, n); }

/// RFC 6962 §2.1.1 PATH, over [begin, end).
void Tree::inclusion_path(std::uint64_t index, std::uint64_t begin, std::uint64_t end, std::vector<Hash>& proof) const {
  if (end - begin == 1) return;
  const std::uint64_t middle = begin + split(end - begin);
  if (index < middle) {
    inclusion_path(index, begin, middle, proof);
    proof.push_back(subtree(middle, end));
  } else {
    inclusion_path(index, middle, end, proof);
    proof.push_back(subtree(begin, middle));
  }
}

std::optional<std::vector<Hash>> Tree::inclusion(std::uint64_t index, std::uint64_t n) const {
  if (index >= n || n > size()) return std::nullopt;
  std::vector<Hash> proof;
  inclusion_path(index, 0, n, proof);
  return proof;
}

/// RFC 6962 §2.1.2 SUBPROOF over [begin, end); `whole` while the old tree is this whole subtree and so known to the
/// verifier.
void Tree::consistency_path(std::uint64_t from, std::uint64_t begin, std::uint64_t end, bool whole,
                            std::vector<Hash>& proof) const {
  if (from == end) {
    if (!whole) proof.push_back(subtree(begin, end));
    return;
  }
  const std::uint64_t middle = begin + split(end - begin);
  if (from <= middle) {
    consistency_path(from, begin, middle, whole, proof);
    proof.push_back(subtree(middle, end));
  } else {
    consistency_path(from, middle, end, false, proof);
    proof.push_back(subtree(begin, middle));
  }
}

std::optional<std::vector<Hash>> Tree::consistency(std::uint64_t from, std::uint64_t to) const {
  if (from == 0 || from > to || to > size()) return std::nullopt;
  std::vector<Hash> proof;
  consistency_path(from, 0, to, true, proof);
  return proof;
}

Frontier Tree::frontier(std::uint64_t n) const {
  std::vector<Hash> edges;
  std::uint64_t begin = 0;
  for (std::uint64_t rest = n; rest > 0;) {
    const std::uint64_t width = std::bit_floor(rest);
    edges.push_back(subtree(begin, begin + width));
    begin += width;
    rest -= width;
  }
  return *Frontier::from(n, std::move(edges));
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
