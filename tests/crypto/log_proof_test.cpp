#include "crypto/log_proof.hpp"

#include <catch2/catch.hpp>

#include "crypto/sha256.hpp"

using namespace kasane::crypto;

namespace {
const std::string origin = "town/0123456789abcdef";
struct Proven {
  SigningKeyPair log = signing_generate();
  Tree tree;
  LogProof proof;
  Proven() {
    for (std::uint64_t i = 0; i < 7; ++i) tree.append(leaf_hash(u64_be(i)));
    proof = {2, tree.inclusion(2, 7).value(), sign_checkpoint({origin, 7, tree.root()}, log.private_key)};
  }
  bool good(const LogProof& one, std::uint64_t leaf = 2) const {
    return verify_log_proof(one, leaf_hash(u64_be(leaf)), origin, log.public_key);
  }
};
std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}
}  // namespace

TEST_CASE("a proof file reads back and shows that the leaf is in the log") {
  const Proven given;
  const std::string text = print(given.proof);
  CHECK(text.starts_with("c2sp.org/tlog-proof@v1\nindex 2\n"));
  CHECK(text.ends_with("\n\n" + given.proof.checkpoint));
  CHECK(parse_log_proof(text) == given.proof);
  CHECK(given.good(given.proof));
}

TEST_CASE("the proof of the only entry has no hashes") {
  const auto log = signing_generate();
  const Hash leaf = leaf_hash(u64_be(9));
  const auto text = print(LogProof{0, {}, sign_checkpoint({origin, 1, leaf}, log.private_key)});
  const auto proof = parse_log_proof(text);
  REQUIRE(proof);
  CHECK(verify_log_proof(*proof, leaf, origin, log.public_key));
}

TEST_CASE("a proof of another leaf, place, path, log or key shows nothing") {
  const Proven given;
  CHECK_FALSE(given.good(given.proof, 3));
  auto proof = given.proof;
  proof.index = 3;
  CHECK_FALSE(given.good(proof));
  proof = given.proof;
  proof.path[0].bytes[0] ^= 1;
  CHECK_FALSE(given.good(proof));
  proof.path = given.proof.path;
  proof.path.pop_back();
  CHECK_FALSE(given.good(proof));
  proof = given.proof;
  proof.checkpoint = sign_checkpoint({origin, 7, given.tree.root()}, signing_generate().private_key);
  CHECK_FALSE(given.good(proof));
  CHECK_FALSE(verify_log_proof(given.proof, leaf_hash(u64_be(2)), "other/0123456789abcdef", given.log.public_key));
}

TEST_CASE("a proof file has one spelling and bounds") {
  const Proven given;
  const std::string good = print(given.proof), hash = base64(given.proof.path[0]) + "\n";
  std::string many;
  for (std::size_t i = 0; i <= proof_hashes_max; ++i) many += hash;
  for (const auto& text :
       {std::string(), good.substr(0, good.size() - 1), good + "\n", good.substr(1), replaced(good, "@v1", "@v2"),
        replaced(good, "@v1\n", "@v1\r\n"), replaced(good, "index 2", "index 02"),
        replaced(good, "index 2", "index -2"), replaced(good, "index 2", "index 7"), replaced(good, "index 2", "index"),
        replaced(good, "index 2\n", "extra AAAA\nindex 2\n"), replaced(good, hash, "AAAA\n"),
        replaced(good, hash, many), replaced(good, "\n\n", "\n"), std::string(log_proof_bytes_max + 1, 'x')}) {
    INFO(text);
    CHECK_FALSE(parse_log_proof(text));
  }
}
