#include "crypto/tile.hpp"

#include <catch2/catch.hpp>

#include "crypto/sha256.hpp"

using namespace kasane::crypto;

namespace {
Tree tree_of(std::uint64_t size) {
  Tree tree;
  for (std::uint64_t i = 0; i < size; ++i) tree.append(leaf_hash(u64_be(i)));
  return tree;
}
}  // namespace

TEST_CASE("a tile's path is that of C2SP's example and reads back") {
  const std::vector<std::pair<TileName, std::string>> names{
      {{false, 0, 0, 256}, "tile/0/000"},         {{false, 1, 1'234'067, 256}, "tile/1/x001/x234/067"},
      {{false, 0, 273, 112}, "tile/0/273.p/112"}, {{false, 63, 1'000, 1}, "tile/63/x001/000.p/1"},
      {{true, 0, 42, 256}, "tile/entries/042"},   {{true, 0, 1'042, 255}, "tile/entries/x001/042.p/255"},
  };
  for (const auto& [tile, path] : names) {
    CHECK(print(tile) == path);
    CHECK(parse_tile_name(path) == tile);
  }
}

TEST_CASE("a tile's path has one spelling") {
  for (const char* path : {"",
                           "tile",
                           "tile/",
                           "tile/0",
                           "tile/0/",
                           "tile/0/0",
                           "tile/0/00",
                           "tile/0/0000",
                           "tile/00/000",
                           "tile/64/000",
                           "tile/-1/000",
                           "tile/0/000/",
                           "tile/0/x000/000",
                           "tile/0/x001",
                           "tile/0/x001/",
                           "tile/0/001/000",
                           "tile/0/000.p",
                           "tile/0/000.p/",
                           "tile/0/000.p/0",
                           "tile/0/000.p/256",
                           "tile/0/000.p/01",
                           "tile/0/000.p/1/",
                           "tile/0/x001.p/1",
                           "/tile/0/000",
                           "tile/data/000",
                           "tile/entries",
                           "tile/entries/",
                           "tile/0/../000",
                           "tile/0/x999/x999/x999/x999/x999/x999/999",
                           "tile/0/0a0",
                           "tile/entries/0/000",
                           "tile/0/000?x=1"}) {
    INFO(path);
    CHECK_FALSE(parse_tile_name(path));
  }
}

TEST_CASE("a tree of 70,000 leaves has the tiles that C2SP counts") {
  const auto tiles = tiles_of(70'000);
  CHECK(tiles.size() == 273 + 1 + 1 + 1 + 1);
  CHECK(tiles[273] == TileName{false, 0, 273, 112});
  CHECK(tiles[274] == TileName{false, 1, 0, 256});
  CHECK(tiles[275] == TileName{false, 1, 1, 17});
  CHECK(tiles[276] == TileName{false, 2, 0, 1});
  CHECK(tiles_of(256) == std::vector<TileName>{{false, 0, 0, 256}, {false, 1, 0, 1}});
  CHECK(tiles_of(0).empty());
}

TEST_CASE("a tile holds the roots of the subtrees that it stands for, as far as the tree has them") {
  const auto tree = tree_of(600);
  const auto first = hash_tile(tree, {false, 0, 0, 256});
  REQUIRE(first);
  CHECK(View(*first).first(32).size() == 32);
  CHECK(fixed<Hash>(View(*first).subspan(32 * 255)) == tree.leaf(255));
  const auto above = hash_tile(tree, {false, 1, 0, 2});
  REQUIRE(above);
  CHECK(fixed<Hash>(View(*above).first(32)) == tree_of(256).root());
  const auto partial = hash_tile(tree, {false, 0, 2, 88});
  REQUIRE(partial);
  CHECK(partial->size() == 88 * 32);
  // What an earlier, smaller tree had is served too; what this one has not yet is not.
  CHECK(hash_tile(tree, {false, 0, 2, 3}) == Bytes(partial->begin(), partial->begin() + 96));
  CHECK_FALSE(hash_tile(tree, {false, 0, 2, 89}));
  CHECK_FALSE(hash_tile(tree, {false, 0, 2, 256}));
  CHECK_FALSE(hash_tile(tree, {false, 0, 3, 1}));
  CHECK_FALSE(hash_tile(tree, {false, 1, 0, 3}));
  CHECK_FALSE(hash_tile(tree, {false, 2, 0, 1}));
  CHECK_FALSE(hash_tile(tree, {false, 63, 0, 1}));
  CHECK_FALSE(hash_tile(tree, {false, 0, 9'007'199'254'740'991, 1}));
  CHECK_FALSE(hash_tile(tree, {true, 0, 0, 256}));
}

TEST_CASE("the leaves of an entry bundle read back, and nothing else is read") {
  Leaf leaf{1'700'000'000'000, UnitTag{{1}}, 3, Hash{{2}}, Hash{{4}}};
  Bytes bundle;
  append_entry(bundle, leaf);
  leaf.position = 4;
  append_entry(bundle, leaf);
  const auto read = read_entry_bundle(bundle, 2);
  REQUIRE(read);
  CHECK((*read)[0].position == 3);
  CHECK((*read)[1] == leaf);
  CHECK_FALSE(read_entry_bundle(bundle, 1));
  CHECK_FALSE(read_entry_bundle(bundle, 3));
  CHECK_FALSE(read_entry_bundle({}, 0));
  auto broken = bundle;
  broken[1] ^= 1;
  CHECK_FALSE(read_entry_bundle(broken, 2));
  broken = bundle;
  broken[2] = 2;  // another version of the leaf
  CHECK_FALSE(read_entry_bundle(broken, 2));
  broken.pop_back();
  CHECK_FALSE(read_entry_bundle(broken, 2));
}
