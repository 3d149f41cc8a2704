#include "crypto/merkle.hpp"

#include "crypto/sha256.hpp"
#include "crypto/wraps_root.hpp"
#include "tests/crypto/vectors.hpp"

using namespace kasane::crypto;

namespace {

/// A root or leaf hash of a vector. A few are words, not hashes ("don't care"): their SHA-256 stands for them, equal
/// where they are.
Hash hash64(const nlohmann::json& text) {
  const Bytes bytes = text.is_null() ? Bytes{} : unbase64(text.get<std::string>()).value();
  return fixed<Hash>(bytes).value_or(sha256(View(bytes)));
}

bool is_hash(const nlohmann::json& text) { return from_base64<Hash>(text.get<std::string>()).has_value(); }

std::vector<Hash> proof_of(const nlohmann::json& list, bool& fit) {
  std::vector<Hash> proof;
  if (list.is_null()) return proof;
  for (const auto& one : list) {
    const auto hash = from_base64<Hash>(one.get<std::string>());
    if (hash) {
      proof.push_back(*hash);
    } else {
      fit = false;  // a step of another length cannot even be said in our types
    }
  }
  return proof;
}

std::uint64_t number(const nlohmann::json& value) {
  return value.is_string() ? std::stoull(value.get<std::string>()) : value.get<std::uint64_t>();
}

Hash nth(std::uint64_t n) { return leaf_hash(u64_be(n)); }

/// RFC 6962 §2.1, word for word: slow and obvious.
Hash oracle(std::span<const Hash> leaves) {
  if (leaves.empty()) return empty_root();
  if (leaves.size() == 1) return leaves[0];
  std::size_t k = 1;
  while (k * 2 < leaves.size()) k *= 2;
  return node_hash(oracle(leaves.first(k)), oracle(leaves.subspan(k)));
}

}  // namespace

TEST_CASE("the tree of the classic eight leaves has the roots of RFC 6962's tests") {
  const auto file = vectors::load(vectors::shared("merkle/rfc6962_tree8_roots.json"));
  if (!file) return;
  Tree tree;
  Frontier frontier;
  for (std::size_t i = 0; i <= 8; ++i) {
    CHECK(hex(tree.root()) == file->at("roots_hex")[i]);
    CHECK(frontier.root() == tree.root());
    if (i == 8) break;
    const Hash leaf = leaf_hash(vectors::from_hex_text(file->at("leaves_hex")[i]));
    CHECK(hex(leaf) == file->at("leaf_hashes_hex")[i]);
    tree.append(leaf);
    frontier.append(leaf);
  }
}

TEST_CASE("inclusion proofs are judged as transparency-dev judges them") {
  const auto file = vectors::load(vectors::shared("merkle/rfc6962_inclusion.json"));
  if (!file) return;
  CHECK(file->size() == 98);
  for (const auto& one : *file) {
    INFO(one.at("name"));
    // A hash of another length cannot even be said in our types.
    bool fit = is_hash(one.at("leafHash")) && is_hash(one.at("root"));
    const auto proof = proof_of(one.at("proof"), fit);
    const bool holds = fit && verify_inclusion(hash64(one.at("leafHash")), number(one.at("leafIdx")),
                                               number(one.at("treeSize")), hash64(one.at("root")), proof);
    CHECK(holds == !one.at("wantErr").get<bool>());
  }
}

TEST_CASE("consistency proofs are judged as transparency-dev judges them, from size 0 refused") {
  const auto file = vectors::load(vectors::shared("merkle/rfc6962_consistency.json"));
  if (!file) return;
  CHECK(file->size() == 98);
  for (const auto& one : *file) {
    INFO(one.at("name"));
    bool fit = true;
    const auto proof = proof_of(one.at("proof"), fit);
    const bool holds = fit && verify_consistency(number(one.at("size1")), hash64(one.at("root1")),
                                                 number(one.at("size2")), hash64(one.at("root2")), proof);
    CHECK(holds == !one.at("wantErr").get<bool>());
  }
}

TEST_CASE("every proof of every tree up to 70 leaves holds, and for nothing else") {
  Tree tree;
  std::vector<Hash> leaves;
  Frontier frontier;
  for (std::uint64_t n = 1; n <= 70; ++n) {
    tree.append(nth(n - 1));
    frontier.append(nth(n - 1));
    leaves.push_back(nth(n - 1));
    REQUIRE(tree.root() == oracle(leaves));
    REQUIRE(frontier.root() == tree.root());
    for (std::uint64_t m = 1; m <= n; ++m) {
      REQUIRE(tree.root(m) == oracle(std::span(leaves).first(m)));
      REQUIRE(tree.frontier(m).root() == tree.root(m));
      auto proof = tree.consistency(m, n).value();
      REQUIRE(verify_consistency(m, tree.root(m), n, tree.root(n), proof));
      if (m < n) REQUIRE_FALSE(verify_consistency(m, tree.root(n), n, tree.root(n), proof));
      proof.push_back(nth(0));
      REQUIRE_FALSE(verify_consistency(m, tree.root(m), n, tree.root(n), proof));

      auto path = tree.inclusion(m - 1, n).value();
      REQUIRE(verify_inclusion(nth(m - 1), m - 1, n, tree.root(n), path));
      REQUIRE_FALSE(verify_inclusion(nth(m), m - 1, n, tree.root(n), path));
      if (n > 1) REQUIRE_FALSE(verify_inclusion(nth(m - 1), m % n, n, tree.root(n), path));
      path.push_back(nth(0));
      REQUIRE_FALSE(verify_inclusion(nth(m - 1), m - 1, n, tree.root(n), path));
    }
  }
}

TEST_CASE("a tree at one size proves the same while the tree grows beyond it") {
  Tree tree;
  for (std::uint64_t n = 1; n <= 23; ++n) tree.append(nth(n - 1));
  const TreeAt at(tree, 23), nothing(tree, 0);
  const Hash root = tree.root();
  for (std::uint64_t n = 24; n <= 70; ++n) {
    tree.append(nth(n - 1));
    REQUIRE(at.root() == root);
    for (std::uint64_t m = 1; m <= 23; ++m) {
      REQUIRE(verify_inclusion(nth(m - 1), m - 1, 23, root, at.inclusion(m - 1).value()));
      REQUIRE(verify_consistency(m, tree.root(m), 23, root, at.consistency(m).value()));
    }
    REQUIRE_FALSE(at.inclusion(23));
    REQUIRE_FALSE(at.consistency(24));
    REQUIRE_FALSE(at.consistency(0));
  }
  CHECK(nothing.root() == empty_root());
  CHECK_FALSE(nothing.inclusion(0));
  CHECK_FALSE(nothing.consistency(0));
  CHECK_FALSE(nothing.consistency(1));
}

TEST_CASE("a proof outside of the tree is not made") {
  Tree tree;
  tree.append(nth(0));
  CHECK_FALSE(tree.inclusion(1, 1));
  CHECK_FALSE(tree.inclusion(0, 2));
  CHECK_FALSE(tree.consistency(0, 1));
  CHECK_FALSE(tree.consistency(2, 1));
  CHECK_FALSE(verify_consistency(0, empty_root(), 1, tree.root(), {}));
  CHECK_FALSE(Frontier::from(3, {nth(0)}));
  CHECK(Frontier::from(0, {}));
}

TEST_CASE("nobody can substitute a wrap: wraps_root binds each device to its own") {
  std::vector<WrapDigest> wraps;
  for (std::uint64_t i = 0; i < 9; ++i) wraps.push_back({"d-" + std::to_string(9 - i), nth(i)});
  const Hash root = wraps_root(wraps).value();
  for (const auto& wrap : wraps) {
    const auto path = wrap_path(wraps, wrap.device).value();
    CHECK(verify_wrap(root, wrap, path));
    CHECK_FALSE(verify_wrap(root, {wrap.device, nth(100)}, path));
    CHECK_FALSE(verify_wrap(root, {"d-other", wrap.digest}, path));
  }
  CHECK_FALSE(wrap_path(wraps, "d-other"));
  wraps.push_back(wraps.front());
  CHECK_FALSE(wraps_root(wraps));
  CHECK(wraps_root({}) == empty_root());
}
