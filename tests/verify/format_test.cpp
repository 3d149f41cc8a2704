// FORMAT.md shows each format with an example; here they are made again and compared byte for byte.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "server/log/add_checkpoint.hpp"
#include "server/log/witness_policy.hpp"
#include "tests/log/example.hpp"

using namespace kasane;

namespace {

/// The fenced block after the line "Example `name`:".
std::string example(const std::string& name) {
  std::ifstream file(KASANE_SOURCE_DIR "/server/log/FORMAT.md");
  const std::string page{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const auto title = page.find("Example `" + name + "`:\n```\n");
  INFO(name);
  REQUIRE(title != std::string::npos);
  const auto begin = page.find("```\n", title) + 4;
  return page.substr(begin, page.find("```\n", begin) - begin);
}

const given::ExampleLog town(7);

}  // namespace

TEST_CASE("the page's checkpoint, with its cosignatures, is what the log and its cosigners write") {
  CHECK(example("checkpoint") == town.note(7));
  CHECK(crypto::print(crypto::parse_checkpoint(example("checkpoint")).value()) == example("checkpoint"));
}

TEST_CASE("the page's verifier keys are those of the example's keys") {
  CHECK(example("keys") ==
        crypto::note_verifier_key(town.origin, town.key.public_key) + "\n" +
            crypto::note_verifier_key(town.origin, town.fresh.public_key, crypto::NoteKeyType::cosigner) + "\n" +
            crypto::note_verifier_key(town.witness_name, town.witness.public_key, crypto::NoteKeyType::cosigner) +
            "\n");
}

TEST_CASE("the page's leaf, entry and tile are those of the example") {
  crypto::Bytes entry;
  crypto::append_entry(entry, town.leaves[1]);
  CHECK(example("entry") == crypto::hex(entry) + "\n");
  const auto tile = crypto::hash_tile(town.tree, {false, 0, 0, 7});
  REQUIRE(tile);
  std::string lines = "tile/0/000.p/7\n";
  for (std::size_t i = 0; i < 7; ++i) lines += crypto::hex(crypto::View(*tile).subspan(32 * i, 32)) + "\n";
  CHECK(example("tile") == lines);
}

TEST_CASE("the page's proof shows its leaf in its log") {
  CHECK(example("proof") == town.proof(2, 7));
  const auto proof = crypto::parse_log_proof(example("proof"));
  REQUIRE(proof);
  CHECK(crypto::verify_log_proof(*proof, town.tree.leaf(2), town.origin, town.key.public_key));
}

TEST_CASE("the page's request to a witness is one, and so is the policy file") {
  CHECK(example("add-checkpoint") ==
        print(log::AddCheckpoint{3, *town.tree.consistency(3, 7),
                                 crypto::sign_checkpoint(town.checkpoint(7), town.key.private_key)}));
  std::string why;
  const auto policy = log::parse_policy(example("policy"), why);
  INFO(why);
  REQUIRE(policy);
  CHECK(log::least_cosigners(*policy) == 1);
  CHECK(log::quorum_at(*policy, crypto::parse_checkpoint(town.note(7)).value()) == given::ExampleLog::start_s + 7);
}
