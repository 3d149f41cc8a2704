#include <catch2/catch.hpp>
#include <cstdio>

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
