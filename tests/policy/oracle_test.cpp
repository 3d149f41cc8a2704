#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <map>
#include <set>

#include "policy/readers.hpp"
#include "tests/policy/compare.hpp"
#include "tests/policy/nightly.hpp"
#include "tests/policy/random_town.hpp"

// The product and the oracle over drawn ledgers.
namespace {

using namespace kasane;
using tests::RandomTown;

std::uint32_t ledgers() { return tests::nightly() ? 4000 : 200; }

}  // namespace

TEST_CASE("over drawn ledgers the product and the oracle see the same, for as long") {
  std::size_t asked = 0;
  for (std::uint32_t seed = 1; seed <= ledgers(); ++seed) {
    const RandomTown drawn(seed, 160);
    const auto ledger = tests::as_said(drawn.town().accepted());
    for (const auto& person : drawn.persons)
      for (const auto& record : drawn.records)
        for (std::size_t i = 0; i <= drawn.items.size(); ++i) {
          const std::string item = i == 0 ? "" : drawn.items[i - 1];
          const std::string device = asked % 7 == 0 ? "v" + person : asked % 31 == 0 ? "vaki" : "";
          ++asked;
          INFO("seed " << seed << ": " << person << " about " << record << " at '" << item << "'");
          CHECK(tests::difference(drawn.town().world(), ledger, {record, person, device, item}, drawn.town().now()) ==
                "");
        }
  }
  std::printf("%zu questions over %u drawn ledgers asked of the product and of the oracle\n", asked, ledgers());
}

TEST_CASE("over drawn ledgers the product and the oracle find the same persons") {
  for (std::uint32_t seed = 1; seed <= ledgers(); ++seed) {
    const RandomTown drawn(seed, 160);
    const auto ledger = tests::as_said(drawn.town().accepted());
    const auto at = drawn.town().now();
    for (const auto& record : drawn.records) {
      INFO("seed " << seed << ": wrap of " << record);
      CHECK(policy::wrap(drawn.town().world(), record, at) == oracle::wrap(ledger, record, at));
    }
    for (const auto& item : drawn.items) {
      INFO("seed " << seed << ": epoch of " << item);
      CHECK(policy::epoch(drawn.town().world(), item, at) == oracle::epoch(ledger, item, at));
    }
  }
}

namespace {

/// What a drawn ledger seldom holds: an entry of every kind that a unit of its own, or another's, takes in.
tests::Town with_every_unit(const RandomTown& drawn) {
  tests::Town town = drawn.town();
  const auto say = [&](std::string text) {
    std::ranges::replace(text, '\'', '"');
    town.say(text);
  };
  say("{'kind':'ledger.heads','by':'server'}");
  for (const auto& person : drawn.persons) {
    say("{'kind':'export.made','by':'" + person + "'}");
    say("{'kind':'device.add','by':'kiri','device':'w" + person + "','person':'" + person + "'}");
  }
  for (const auto& record : drawn.records)
    for (const auto& person : drawn.persons) {
      const std::string of = "'by':'" + person + "','record':'" + record + "','device':'w" + person + "'}";
      say("{'kind':'key.request'," + of);
      say("{'kind':'opened'," + of);
      say("{'kind':'access.denied','by':'server','record':'" + record + "','person':'" + person + "'}");
    }
  for (const auto& item : drawn.items)
    for (const auto& person : drawn.persons) {
      say("{'kind':'attendance.leave','by':'server','item':'" + item + "','person':'" + person + "'}");
      say("{'kind':'message.post','by':'" + person + "','item':'" + item + "','message':'w" + item + person + "'}");
      say("{'kind':'message.withdraw','by':'" + person + "','message':'w" + item + person + "'}");
      say("{'kind':'request.make','by':'" + person + "','item':'" + item + "','request':'w" + item + person + "'}");
      say("{'kind':'request.answer','by':'" + person + "','request':'w" + item + person + "'}");
      say("{'kind':'task.assign','by':'" + person + "','task':'w" + item + person + "','item':'" + item +
          "','person':'" + person + "','records':['" + drawn.records.front() + "']}");
      say("{'kind':'task.end','by':'" + person + "','task':'w" + item + person + "'}");
    }
  return town;
}

}  // namespace

TEST_CASE("over drawn ledgers the product and the oracle give every person the same entries to read") {
  const std::uint32_t count = tests::nightly() ? 2000 : 100;
  std::map<policy::UnitKind, std::size_t> read, withheld;
  for (std::uint32_t seed = 1; seed <= count; ++seed) {
    const RandomTown drawn(seed, 160);
    const tests::Town town = with_every_unit(drawn);
    const auto ledger = tests::as_said(town.accepted());
    for (const auto& person : drawn.persons) {
      INFO("seed " << seed << ": " << person);
      const auto product = policy::entries(town.world(), person, town.now());
      const auto oracle = oracle::entries(ledger, person, town.now());
      CHECK(std::vector<std::size_t>(product.begin(), product.end()) == oracle);
      const std::set<std::size_t> mine(oracle.begin(), oracle.end());
      for (std::size_t i = 0; i < ledger.size(); ++i)
        ++(mine.contains(i) ? read : withheld)[policy::unit_of(town.world(), *ledger[i]).kind];
    }
  }
  for (const auto& [kind, times] : read) {  // every unit but everyone's was read by some and kept from others
    const bool everyones = kind == policy::UnitKind::directory || kind == policy::UnitKind::heads;
    CHECK((everyones || withheld[kind] > 0));
  }
  CHECK(read.size() == policy::unit_kind_count);
}
