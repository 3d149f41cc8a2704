#include <catch2/catch.hpp>
#include <ctime>

#include "policy/action.hpp"
#include "tests/policy/town.hpp"

using kasane::tests::Town;
namespace policy = kasane::policy;

// What a record rests on is asked of its parents, however many stand above them.
namespace {

std::string link(int number) { return "l" + std::to_string(number); }

policy::Statement share(Town& town, int number, std::string_view item, const char* origin) {
  auto statement = kasane::tests::statement_of(
      R"({"kind":"record.share","by":"dan","record":"r","case":"c1","label":{"subjects":["s1"],"categories":["HOU"],
          "kind":"FACT","agency":"care","origin":"INTAKE"}})");
  statement.record = link(number);
  statement.item = item;
  statement.label->origin = origin;
  if (number > 0) statement.label->parents = {link(number - 1)};
  statement.at_ms = town.now();
  return statement;
}

/// Seconds for a line of so many records, each the parent of the next, all accepted at an item.
double taken_in(int length) {
  Town town = Town::founded();
  policy::World world = town.world();
  const auto began = std::clock();
  for (int i = 0; i < length; ++i)
    if (world.accept(share(town, i, "g2", "INTAKE"), world.next_index())) return -1;
  const auto last = policy::see(world, {link(length - 1), "nita", {}, "g1"}, town.now());
  if (last.reason != policy::Reason::ITEM_NOT_OPEN) return -2;  // not stopped by what it rests on
  return static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
}

}  // namespace

TEST_CASE("a line of 100,000 records, each the parent of the next, is taken in as fast by the record as a short one") {
  const double few = taken_in(10'000), many = taken_in(100'000);
  REQUIRE(few > 0);
  REQUIRE(many > 0);
  CHECK(many < 40 * few);  // ten times as many; were each one's line walked, a hundred times as long
}

TEST_CASE("what needed no consent stops, through any number of parents, where consent is required") {
  Town town = Town::founded();
  policy::World world = town.world();
  for (int i = 0; i < 50; ++i)
    REQUIRE(!world.accept(share(town, i, i == 0 ? "g1" : "", i == 0 ? "SWA106_6" : "INTAKE"), world.next_index()));
  CHECK(world.check(share(town, 50, "g2", "INTAKE")) == policy::Reason::FLOW);
  const auto denied = policy::see(world, {link(49), "dan", {}, "g2"}, town.now());
  CHECK(denied.reason == policy::Reason::FLOW);
  CHECK(denied.hidden);
  // The record itself, and the ancestor that stops it.
  const auto index_of = [&](int number) { return world.records[world.records.find(link(number))].index; };
  CHECK(denied.cites == policy::Cites{index_of(0), index_of(49)});
}
