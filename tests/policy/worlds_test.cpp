#include "tests/policy/worlds.hpp"

#include <catch2/catch.hpp>
#include <cstdio>
#include <ctime>

#include "tests/policy/compare.hpp"
#include "tests/policy/nightly.hpp"

// Every small world, asked of the product and of the oracle.
using namespace kasane;

TEST_CASE("in every small world the product and the oracle see the same") {
  const auto began = std::clock();
  tests::Worlds worlds;
  std::size_t asked = 0, permits = 0, differences = 0;
  worlds.each(tests::nightly() ? tests::Worlds::Bounds{1, 2} : tests::Worlds::Bounds{0, 1}, [&](const auto& small) {
    for (const std::string person : {"vera", "waka"})
      for (const std::string record : {"r", "q"})
        for (const std::string item : {"", "g"}) {
          if (record == "q" && !small.world.records.find_defined("q").known()) continue;
          ++asked;
          const oracle::Question question{record, person, {}, item};
          // How long it lasts is asked of every ninth.
          const auto now = asked % 9 == 0 ? tests::difference(small.world, small.ledger, question, small.at)
                                          : tests::difference_now(small.world, small.ledger, question, small.at);
          permits += now.empty() && policy::see(small.world, {record, person, {}, item}, small.at).permit;
          if (now.empty() || ++differences > 200) continue;
          INFO(person << " about " << record << " at '" << item << "' in the world: " << small.name());
          CHECK(now == "");
        }
  });
  std::printf(
      "%zu small worlds (%zu more cannot be), %zu questions, %zu permits, %zu differences, in %.1f s of computing\n",
      worlds.possible, worlds.impossible, asked, permits, differences,
      static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC);
  for (const auto& [why, count] : worlds.refused) std::printf("  cannot be: %s (%zu)\n", why.c_str(), count);
  CHECK(worlds.possible > 800'000);  // a choice that has ceased to be possible would show here
  CHECK(differences == 0);
}
