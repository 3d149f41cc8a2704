#pragma once

#include <string>
#include <vector>

#include "crypto/cosignature.hpp"
#include "crypto/log_proof.hpp"
#include "crypto/sha256.hpp"
#include "crypto/tile.hpp"

namespace kasane::given {

/// The log of FORMAT.md's examples: everything in it follows from its size.
struct ExampleLog {
  std::string origin = "town.example/0123456789abcdef", witness_name = "witness.example/one";
  crypto::SigningKeyPair key = key_of("log"), fresh = key_of("fresh"), witness = key_of("witness");
  std::vector<crypto::Leaf> leaves;
  crypto::Tree tree;

  static constexpr std::uint64_t start_s = 1'700'000'000;

  explicit ExampleLog(std::uint64_t size) {
    const auto tag = crypto::unit_tag(crypto::Salt{{7}}, "directory");
    crypto::Hash previous;
    for (std::uint64_t i = 0; i < size; ++i) {
      leaves.push_back({(start_s + i) * 1000, tag, i, previous, crypto::sha256("envelope " + std::to_string(i))});
      previous = crypto::hash_of(leaves.back());
      tree.append(previous);
    }
  }
  static crypto::SigningKeyPair key_of(const std::string& name) {
    const crypto::Hash seed = crypto::sha256("an example's key: " + name);
    return crypto::signing_from_seed(*crypto::Seed::from(seed));
  }
  crypto::Checkpoint checkpoint(std::uint64_t n) const { return {origin, n, tree.root(n)}; }
  /// Signed by the log, cosigned by the log's own clock and by a witness.
  std::string note(std::uint64_t n) const {
    auto note = *crypto::parse_checkpoint(crypto::sign_checkpoint(checkpoint(n), key.private_key));
    note.signatures.push_back(crypto::cosign(note.checkpoint, start_s + n, origin, fresh.private_key));
    note.signatures.push_back(crypto::cosign(note.checkpoint, start_s + n, witness_name, witness.private_key));
    return crypto::print(note);
  }
  std::string proof(std::uint64_t i, std::uint64_t n) const {
    return crypto::print(crypto::LogProof{i, *tree.inclusion(i, n), note(n)});
  }
};

}  // namespace kasane::given
