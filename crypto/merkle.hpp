#pragma once
// Merkle trees, RFC 6962 §2.1 (verifiers: RFC 9162 §2.1.3.2, §2.1.4.2).
#include "crypto/bytes.hpp"

namespace kasane::crypto {

Hash leaf_hash(View leaf);                            // SHA-256(0x00 ‖ leaf)
Hash node_hash(const Hash& left, const Hash& right);  // SHA-256(0x01 ‖ left ‖ right)
Hash empty_root();                                    // SHA-256("")

/// The right edge of a growing tree: the roots of its perfect subtrees, largest first; as many as `size` has set bits.
class Frontier {
 public:
  Frontier() = default;
  /// Errors: none where the number of edges is not that of `size`.
  [[nodiscard]] static std::optional<Frontier> from(std::uint64_t size, std::vector<Hash> edges);
  void append(const Hash& leaf_hash);
  [[nodiscard]] Hash root() const;
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] const std::vector<Hash>& edges() const { return edges_; }

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> edges_;
};

/// All leaf hashes and, above them, the hash of every complete subtree: 64 bytes a leaf, roots and proofs of any
/// earlier size in logarithmic time.
class Tree {
 public:
  void append(const Hash& leaf_hash);
  void reserve(std::uint64_t leaves);
  [[nodiscard]] std::uint64_t size() const { return levels_.empty() ? 0 : levels_[0].size(); }
  /// Requires: n ≤ size().
  [[nodiscard]] Hash root(std::uint64_t n) const;
  [[nodiscard]] Hash root() const { return root(size()); }
  /// Requires: index < size().
  [[nodiscard]] const Hash& leaf(std::uint64_t index) const { return levels_[0][index]; }
  /// Of the complete subtree over the leaves [index·2^level, (index+1)·2^level). Requires: they are there.
  [[nodiscard]] const Hash& node(std::size_t level, std::uint64_t index) const { return levels_[level][index]; }
  /// One proof. Who wants several at one size asks a `TreeAt`. Errors: none unless index < n ≤ size().
  [[nodiscard]] std::optional<std::vector<Hash>> inclusion(std::uint64_t index, std::uint64_t n) const;
  /// Errors: none unless 1 ≤ from ≤ to ≤ size().
  [[nodiscard]] std::optional<std::vector<Hash>> consistency(std::uint64_t from, std::uint64_t to) const;
  /// Requires: n ≤ size().
  [[nodiscard]] Frontier frontier(std::uint64_t n) const;

 private:
  std::vector<std::vector<Hash>> levels_;  // levels_[k][i] covers leaves [i·2^k, (i+1)·2^k)
};

/// A tree as it stands, or stood, at one size: its ragged right edge is hashed once, after that a proof is copies
/// alone. Requires: the tree outlives it. Thread: whoever may read the tree.
class TreeAt {
 public:
  /// Requires: n ≤ tree.size().
  TreeAt(const Tree& tree, std::uint64_t n);
  [[nodiscard]] Hash root() const { return edge_.empty() ? empty_root() : edge_[0].onward; }
  /// RFC 6962 §2.1.1. Errors: none unless index < n.
  [[nodiscard]] std::optional<std::vector<Hash>> inclusion(std::uint64_t index) const;
  /// RFC 6962 §2.1.2. Errors: none unless 1 ≤ from ≤ n.
  [[nodiscard]] std::optional<std::vector<Hash>> consistency(std::uint64_t from) const;

 private:
  struct Perfect {  // the perfect subtrees, largest first: as many as n has set bits
    std::uint64_t begin = 0;
    std::size_t level = 0;
    Hash onward;  // over [begin, n)
  };
  void path(std::size_t level, std::uint64_t index, std::vector<Hash>& proof) const;
  const Tree& tree_;
  std::uint64_t n_;
  std::vector<Perfect> edge_;
};

[[nodiscard]] bool verify_inclusion(const Hash& leaf_hash, std::uint64_t index, std::uint64_t size, const Hash& root,
                                    std::span<const Hash> proof);
/// False for from = 0: an empty tree proves nothing (design decision, as transparency-dev does).
[[nodiscard]] bool verify_consistency(std::uint64_t from, const Hash& from_root, std::uint64_t to, const Hash& to_root,
                                      std::span<const Hash> proof);

}  // namespace kasane::crypto
