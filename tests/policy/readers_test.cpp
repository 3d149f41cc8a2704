#include "policy/readers.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "policy/action.hpp"
#include "tests/policy/random_town.hpp"

using namespace kasane;
using namespace kasane::policy;
using kasane::tests::RandomTown;

namespace {

using ReadBy = std::map<std::string, std::set<std::string>>;

/// Who may read each unit, asked of everybody one by one.
ReadBy everybody_asked(const World& world, Instant at) {
  ReadBy readers;
  for (std::uint32_t unit = 0; unit < world.units.size(); ++unit) {
    const Unit named = world.unit(UnitId{unit});
    auto& of = readers[named.name()];
    for (std::uint32_t row = 0; row < world.persons.size(); ++row) {
      const auto person = world.persons.name(PersonId{row});
      if (may_read(world, person, named, at)) of.emplace(person);
    }
  }
  return readers;
}

}  // namespace

TEST_CASE("the readers of a unit are all who may read it") {
  for (std::uint32_t seed = 1; seed <= 25; ++seed) {
    const RandomTown drawn(seed, 160);
    const World& world = drawn.town().world();
    INFO("seed " << seed);
    for (const auto& [unit, persons] : everybody_asked(world, drawn.town().now())) {
      INFO(unit);
      const auto found = readers(world, *parse_unit(unit), drawn.town().now()).persons;
      CHECK(std::set<std::string>(found.begin(), found.end()) == persons);
      CHECK(std::is_sorted(found.begin(), found.end()));
    }
  }
}

TEST_CASE("whoever a statement lets read, or no longer lets read, is found in the units it touches") {
  for (std::uint32_t seed = 1; seed <= 6; ++seed) {
    const RandomTown drawn(seed, 120);
    World world;
    ReadBy before;
    Index index = 0;
    for (const auto& statement : drawn.town().accepted()) {
      world.replay(statement, index++);
      // By time alone readers change at an `until`, and the server asks again then: so before is asked as of now.
      const auto batch = touched(world, {&statement, 1});
      std::set<std::string> units;
      for (const auto& unit : batch.units) units.insert(unit.name());
      for (const auto in_case : batch.cases) {
        for (const auto& unit : units_of(world, in_case)) units.insert(unit.name());
        for (const auto& entry : world.cases[in_case].subjects)
          units.insert("subject/" + std::string(world.subjects.name(entry.subject)));
      }
      auto after = everybody_asked(world, drawn.town().now());
      INFO("seed " << seed << ", statement " << index - 1 << ", " << name_of(statement.kind));
      for (const auto& [unit, persons] : after)
        if (!batch.everything && !units.contains(unit)) {
          INFO(unit);
          CHECK(before[unit] == persons);
        }
      before = std::move(after);
    }
  }
}

TEST_CASE("a unit's name is found again from its rows") {
  const RandomTown drawn(4, 160);
  const World& world = drawn.town().world();
  std::vector<Index> all;
  for (std::uint32_t unit = 0; unit < world.units.size(); ++unit) {
    REQUIRE(parse_unit(world.unit(UnitId{unit}).name()));
    const auto& entries = world.units[unit].entries;
    all.insert(all.end(), entries.begin(), entries.end());
  }
  std::sort(all.begin(), all.end());
  REQUIRE(all.size() == drawn.town().accepted().size());
  for (std::size_t i = 0; i < all.size(); ++i) REQUIRE(all[i] == static_cast<Index>(i));
}

TEST_CASE("a list gives each record the decision that it gets when asked by itself") {
  for (std::uint32_t seed = 1; seed <= 25; ++seed) {
    const RandomTown drawn(seed, 200);
    const World& world = drawn.town().world();
    for (const auto& person : drawn.persons)
      for (const std::string item : {"", "g1", "g2", "nowhere"})
        for (const Instant at : {drawn.town().now(), drawn.town().now() + 40 * minute_ms}) {
          INFO("seed " << seed << ", " << person << " at " << item);
          for (const auto& one : list(world, person, item, {}, at)) {
            const Decision alone = see(world, {one.record, person, {}, item}, at);
            CHECK((one.decision.same_verdict(alone) && one.decision.cites == alone.cites &&
                   one.decision.until == alone.until));
          }
        }
  }
}
