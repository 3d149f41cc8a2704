#include "server/log/witness.hpp"

#include <catch2/catch.hpp>

#include "server/log/add_checkpoint.hpp"
#include "tests/log/example.hpp"

using namespace kasane;

namespace {

struct Memory final : log::WitnessMemory {
  std::map<std::string, crypto::Checkpoint> kept;
  bool disk_full = false;
  std::optional<crypto::Checkpoint> newest(const std::string& origin) override {
    const auto at = kept.find(origin);
    return at == kept.end() ? std::nullopt : std::optional(at->second);
  }
  bool keep(const crypto::Checkpoint& checkpoint) override {
    if (disk_full) return false;
    kept[checkpoint.origin] = checkpoint;
    return true;
  }
};

struct Watching {
  given::ExampleLog town{20};
  Memory memory;
  log::Witness witness{town.witness_name,
                       given::ExampleLog::key_of("witness"),
                       {{town.origin, town.key.public_key, crypto::NoteKeyType::log}},
                       memory};

  log::AddCheckpoint growth(std::uint64_t from, std::uint64_t to) const {
    return {from, from == 0 ? std::vector<crypto::Hash>() : *town.tree.consistency(from, to), town.note(to)};
  }
  log::WitnessAnswer ask(const log::AddCheckpoint& request) {
    return witness.add_checkpoint(print(request), given::ExampleLog::start_s + 100);
  }
  unsigned status(const log::AddCheckpoint& request) { return ask(request).status; }
};

}  // namespace

TEST_CASE("a witness cosigns a log's first checkpoint and each that extends the one before") {
  Watching given;
  for (const auto& [from, to] : {std::pair{0, 7}, {7, 7}, {7, 20}}) {
    const auto answer = given.ask(given.growth(static_cast<std::uint64_t>(from), static_cast<std::uint64_t>(to)));
    REQUIRE(answer.status == 200);
    const auto lines = log::parse_cosignatures(answer.text);
    REQUIRE(lines);
    const auto checkpoint = given.town.checkpoint(static_cast<std::uint64_t>(to));
    CHECK(crypto::verify_cosignature(checkpoint, lines->front(), given.town.witness_name,
                                     given.town.witness.public_key) == given::ExampleLog::start_s + 100);
    CHECK(given.memory.kept.at(given.town.origin) == checkpoint);
  }
}

TEST_CASE("a witness answers a log that went back, or forgot, with what it has cosigned") {
  Watching given;
  REQUIRE(given.status(given.growth(0, 20)) == 200);
  for (const auto& request : {given.growth(0, 7), given.growth(0, 20), given.growth(3, 7), given.growth(7, 20)}) {
    const auto answer = given.ask(request);
    CHECK(answer.status == 409);
    CHECK(answer.type == "text/x.tlog.size");
    CHECK(answer.text == "20\n");
  }
  CHECK(given.memory.kept.at(given.town.origin).size == 20);
}

TEST_CASE("a witness never cosigns two histories of one log") {
  Watching given;
  REQUIRE(given.status(given.growth(0, 7)) == 200);
  // The same key signs another past: the log itself is dishonest.
  given::ExampleLog fork(20);
  crypto::Tree other;
  for (std::uint64_t i = 0; i < 20; ++i) other.append(i == 5 ? crypto::Hash{{1}} : fork.tree.leaf(i));
  const auto sign = [&](std::uint64_t n) {
    return crypto::sign_checkpoint({fork.origin, n, other.root(n)}, fork.key.private_key);
  };
  CHECK(given.status({7, *other.consistency(7, 20), sign(20)}) == 422);
  CHECK(given.status({7, {}, sign(7)}) == 422);  // a fork of one size
  CHECK(given.memory.kept.at(fork.origin).root == fork.tree.root(7));
  CHECK(given.status(given.growth(7, 20)) == 200);
}

TEST_CASE("a witness refuses what is no request, of no log of its, or not signed by it") {
  Watching given;
  CHECK(given.witness.add_checkpoint("", 0).status == 400);
  CHECK(given.witness.add_checkpoint("old 0\n\nnothing\n", 0).status == 400);
  auto request = given.growth(0, 7);
  request.old_size = 8;
  CHECK(given.status(request) == 400);
  const auto other_key = crypto::signing_generate();
  CHECK(given.status({0, {}, crypto::sign_checkpoint({"other", 1, crypto::Hash{}}, other_key.private_key)}) == 404);
  CHECK(given.status({0, {}, crypto::sign_checkpoint(given.town.checkpoint(7), other_key.private_key)}) == 403);
  CHECK(given.status({0, {crypto::Hash{}}, given.town.note(7)}) == 422);
  CHECK(given.status(
            {0, {}, crypto::sign_checkpoint({given.town.origin, 0, crypto::Hash{}}, given.town.key.private_key)}) ==
        422);
  CHECK(given.memory.kept.empty());
}

TEST_CASE("a witness that cannot keep what it would sign signs nothing") {
  Watching given;
  given.memory.disk_full = true;
  const auto answer = given.ask(given.growth(0, 7));
  CHECK(answer.status == 503);
  CHECK_FALSE(log::parse_cosignatures(answer.text));
}

TEST_CASE("a request to a witness reads back and has one spelling") {
  Watching given;
  const auto request = given.growth(7, 20);
  const std::string text = print(request);
  CHECK(log::parse_add_checkpoint(text) == request);
  std::string many = "old 7\n";
  for (int i = 0; i < 64; ++i) many += crypto::base64(crypto::Hash{}) + "\n";
  for (const auto& bad : {std::string(), std::string("old 7"), std::string("old 7\n"), std::string("old 7\n\n"),
                          "old 07\n\n" + request.checkpoint, "old -7\n\n" + request.checkpoint,
                          "new 7\n\n" + request.checkpoint, "old 7\nAAAA\n\n" + request.checkpoint,
                          many + "\n" + request.checkpoint, std::string(log::add_checkpoint_bytes_max + 1, 'x')}) {
    INFO(bad);
    CHECK_FALSE(log::parse_add_checkpoint(bad));
  }
}
