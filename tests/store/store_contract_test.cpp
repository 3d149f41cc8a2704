// What every Store must do (server/conference/ports.hpp), run against SQLite in memory and in a file.
#include <catch2/catch.hpp>

#include "crypto/sha256.hpp"
#include "tests/store/folder.hpp"

using namespace kasane;
using conference::Commit;

namespace {

Commit entry(std::int64_t index, std::int64_t unit, std::int64_t position, std::string text) {
  Commit commit;
  commit.entries.push_back(
      {{index, 1'000 + index, unit, position, crypto::Nonce{{static_cast<std::uint8_t>(index)}}, crypto::sha256(text)},
       std::move(text)});
  commit.checkpoints.push_back({index + 1, "note " + std::to_string(index + 1)});
  return commit;
}

void contract(conference::Store& store) {
  SECTION("an empty store holds nothing") {
    CHECK(store.size() == 0);
    CHECK_FALSE(store.last_checkpoint());
    CHECK_FALSE(store.envelope(0));
    CHECK_FALSE(store.blob(crypto::Hash{}));
    CHECK(store.wraps(crypto::Hash{}).empty());
  }
  SECTION("entries come back in order, with their leaves, units and the newest checkpoint") {
    Commit first = entry(0, 0, 0, "zero");
    first.units.push_back({0, "directory", crypto::Salt{{9}}});
    store.commit(first);
    store.commit(entry(1, 0, 1, "one"));
    CHECK(store.size() == 2);
    CHECK(store.envelope(1) == "one");
    CHECK(store.last_checkpoint() == "note 2");
    std::vector<std::string> texts;
    store.each_envelope(0, [&](std::int64_t, std::string_view text) { texts.emplace_back(text); });
    CHECK(texts == std::vector<std::string>{"zero", "one"});
    std::vector<conference::LeafRow> leaves;
    store.each_leaf([&](const conference::LeafRow& row) { leaves.push_back(row); });
    REQUIRE(leaves.size() == 2);
    CHECK(leaves[1].time_ms == 1'001);
    CHECK(leaves[1].position == 1);
    CHECK(leaves[1].nonce.bytes[0] == 1);
    CHECK(leaves[1].leaf == crypto::sha256("one"));
    std::size_t units = 0;
    store.each_unit([&](const conference::UnitRow& row) {
      ++units;
      CHECK(row.name == "directory");
      CHECK(row.salt == crypto::Salt{{9}});
    });
    CHECK(units == 1);
  }
  SECTION("of each sort of cosigned head the newest is kept") {
    using Which = conference::CosignedRow::Which;
    CHECK_FALSE(store.cosigned(Which::quorum));
    for (const std::int64_t size : {7, 9}) {
      Commit commit;
      commit.cosigned.push_back({Which::quorum, size, "note " + std::to_string(size), "policy"});
      CHECK_FALSE(commit.empty());
      store.commit(commit);
    }
    CHECK_FALSE(store.cosigned(Which::own));
    const auto row = store.cosigned(Which::quorum);
    REQUIRE(row);
    CHECK(row->size == 9);
    CHECK(row->note == "note 9");
    CHECK(row->policy == "policy");
  }
  SECTION("a commit that fails has written nothing") {
    store.commit(entry(0, 0, 0, "zero"));
    Commit twice = entry(1, 0, 1, "one");
    twice.blobs.push_back({crypto::sha256("blob"), "blob"});
    twice.entries.push_back(twice.entries.front());  // the same index again
    CHECK_THROWS_AS(store.commit(twice), conference::StoreError);
    CHECK(store.size() == 1);
    CHECK_FALSE(store.blob(crypto::sha256("blob")));
    store.commit(entry(1, 0, 1, "one"));
    CHECK(store.size() == 2);
  }
  SECTION("ciphertexts and lists of wraps are found by digest and root until they are dropped") {
    Commit commit;
    const auto digest = crypto::sha256("sealed"), root = crypto::sha256("root");
    commit.blobs.push_back({digest, "sealed"});
    commit.blobs.push_back({digest, "sealed"});
    commit.wraps.push_back({root, {{"d-a", std::string("\0w", 2)}, {"d-b", ""}}});
    store.commit(commit);
    CHECK(store.blob(digest) == "sealed");
    const auto wraps = store.wraps(root);
    REQUIRE(wraps.size() == 2);
    CHECK(wraps[0].device == "d-a");
    CHECK(wraps[0].bytes == std::string("\0w", 2));
    Commit drop;
    drop.dropped_blobs.push_back(digest);
    drop.dropped_wraps.push_back(root);
    store.commit(drop);
    CHECK_FALSE(store.blob(digest));
    CHECK(store.wraps(root).empty());
  }
  SECTION("the newest grant of a record to a device counts") {
    Commit commit;
    commit.grants.push_back({"r-1", "d-a", 4, "old"});
    commit.grants.push_back({"r-1", "d-a", 9, "new"});
    commit.grants.push_back({"r-1", "d-b", 10, "other"});
    store.commit(commit);
    REQUIRE(store.grant("r-1", "d-a"));
    CHECK(store.grant("r-1", "d-a")->wrap == "new");
    CHECK(store.grant("r-1", "d-a")->index == 9);
    CHECK_FALSE(store.grant("r-2", "d-a"));
    Commit drop;
    drop.destroyed_records.emplace_back("r-1");
    store.commit(drop);
    CHECK_FALSE(store.grant("r-1", "d-a"));
  }
  SECTION("the talk's ciphertexts go with their item, and only with it") {
    Commit commit;
    commit.frames.push_back({3, "i-1", "hello"});
    commit.frames.push_back({4, "i-2", "there"});
    store.commit(commit);
    CHECK(store.frame(3) == "hello");
    Commit forget;
    forget.forgotten_items.emplace_back("i-1");
    store.commit(forget);
    CHECK_FALSE(store.frame(3));
    CHECK(store.frame(4) == "there");
  }
  SECTION("half-signed envelopes wait for their person until they are completed or too late") {
    Commit commit;
    const auto payload = crypto::sha256("payload");
    commit.half_signed.push_back({payload, "yagi", "half", 5'000});
    store.commit(commit);
    REQUIRE(store.half_signed("yagi", 4'999).size() == 1);
    CHECK(store.half_signed("yagi", 4'999)[0].envelope == "half");
    CHECK(store.half_signed("yagi", 5'000).empty());
    CHECK(store.half_signed("mori", 0).empty());
    Commit done;
    done.completed.push_back(payload);
    store.commit(done);
    CHECK(store.half_signed("yagi", 0).empty());
  }
}

}  // namespace

TEST_CASE("SQLite in memory keeps the store's contract") {
  store::SqliteStore store;
  contract(store);
}

TEST_CASE("SQLite in a file keeps the store's contract") {
  const Folder folder;
  store::SqliteStore store(folder.path);
  contract(store);
}
