// Everything of the log that comes from outside as text or bytes: what parses prints back to the same bytes, and what
// nobody signed verifies for nobody.
#include <cstdlib>

#include "crypto/cosignature.hpp"
#include "crypto/log_proof.hpp"
#include "crypto/tile.hpp"
#include "server/log/add_checkpoint.hpp"
#include "server/log/quorum.hpp"
#include "server/log/witness.hpp"
#include "server/log/witness_policy.hpp"
#include "server/log/witness_url.hpp"

using namespace kasane;

namespace {

struct Nothing final : log::WitnessMemory {
  std::optional<crypto::Checkpoint> newest(const std::string&) override { return std::nullopt; }
  bool keep(const crypto::Checkpoint&) override { std::abort(); }
};

void must(bool holds) {
  if (!holds) std::abort();
}

/// What a witness may say that is none of ours: it never makes a quorum.
void ask_witness(std::string_view answer) {
  static const auto key = crypto::signing_generate();
  const crypto::VerifierKey witness{"w.example", key.public_key, crypto::NoteKeyType::cosigner};
  static const auto note = crypto::sign_checkpoint({"town.example/0123456789abcdef", 7, {}}, key.private_key);
  log::Quorum quorum({{}, {{"w", witness, {}}}, {}, "w"}, [](auto, auto) { return std::vector<crypto::Hash>(); });
  for (const unsigned status : {200U, 409U, 409U, 409U, 500U}) {
    must(quorum.questions(note, {1'700'000'000'000, 0}).size() <= 1);
    must(!quorum.answered(0, status, "text/x.tlog.size", answer, {1'700'000'000'000, 0}));
  }
  must(!quorum.head() && quorum.answering() == 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const auto key = crypto::signing_generate();
  if (const auto proof = crypto::parse_log_proof(text)) {
    must(print(*proof) == text);
    const auto note = crypto::parse_checkpoint(proof->checkpoint);
    must(note && !verify_log_proof(*proof, crypto::Hash{}, note->checkpoint.origin, key.public_key));
  }
  if (const auto tile = crypto::parse_tile_name(text)) must(print(*tile) == text);
  if (const auto vkey = crypto::parse_verifier_key(text))
    must(crypto::note_verifier_key(vkey->name, vkey->key, vkey->type) == text);
  if (const auto request = log::parse_add_checkpoint(text)) must(print(*request) == text);
  if (const auto lines = log::parse_cosignatures(text)) {
    std::string again;
    for (const auto& line : *lines) again += print(line);
    must(again == text);
  }
  std::string why;
  if (const auto policy = log::parse_policy(text, why)) {
    must(log::parse_policy(log::print_policy(*policy), why) == policy);
    must(log::least_cosigners(*policy) <= policy->witnesses.size());
  } else {
    must(!why.empty());
  }
  if (const auto url = log::parse_witness_url(text, why))
    must(url->port > 0 && url->target.ends_with("/add-checkpoint") && url->target.starts_with('/'));
  ask_witness(text);
  const auto width = static_cast<unsigned>(size / (2 + crypto::leaf_bytes));
  if (const auto leaves = crypto::read_entry_bundle({data, size}, width)) {
    crypto::Bytes again;
    for (const auto& leaf : *leaves) append_entry(again, leaf);
    must(crypto::text(again) == text);
  }
  static Nothing memory;
  static log::Witness witness("w.example", crypto::signing_generate(),
                              {{"town.example/0123456789abcdef", key.public_key, crypto::NoteKeyType::log}}, memory);
  must(witness.add_checkpoint(text, 1).status != 200);
  return 0;
}
