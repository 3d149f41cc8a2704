#include "policy/law.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "policy/basis_defaults.hpp"
#include "tests/policy/town.hpp"

using namespace kasane;
using namespace kasane::policy;

TEST_CASE("every basis that ships is dated, has its source and can be registered") {
  CHECK(law_bases().size() >= 19);  // domain.md §3
  std::set<std::string_view> codes;
  for (const auto& row : law_bases()) {
    INFO(row.code);
    CHECK(codes.insert(row.code).second);
    CHECK(parse_instant(std::string(row.as_of) + "T00:00:00Z"));
    CHECK_FALSE(row.source.empty());
    CHECK((row.from.empty() || parse_instant(row.from)));
    CHECK((row.to.empty() || parse_instant(row.to)));
    CHECK((row.consent == "not_required" || row.consent == "required" || row.consent == "desirable"));
    CHECK(code_of<Reading>(row.reading));
    CHECK_FALSE(row.texts[0].empty());
    // A duty of the conference's own law is the law's to impose, and its breach has a penalty to be told of.
    if (row.duty) CHECK((row.statutory && !row.texts[2].empty() && !row.texts[4].empty() && !row.texts[8].empty()));

    World world = tests::Town::founded().world();
    Statement statement = registration(row);
    statement.by = "kiri";
    statement.at_ms = *world.clock();
    CHECK(well_formed(statement));
    CHECK_FALSE(world.accept(statement, world.next_index()));
  }
}

TEST_CASE("two bases are in force from the start") {
  std::vector<std::string> codes;
  for (const auto& statement : shipped_bases()) {
    codes.push_back(statement.basis);
    CHECK(statement.from == 0);
    CHECK_FALSE(statement.to);
  }
  CHECK(codes == std::vector<std::string>{"SWA106_6", "LAYERED"});
  const World world;
  CHECK_FALSE(world.bases.find_defined("NPA9").known());
}

TEST_CASE("every agency type has its needs in the data, none with what is protective") {
  CHECK(law_needs().size() == agency_type_count);
  for (std::size_t i = 0; i < agency_type_count; ++i) {
    const auto type = static_cast<AgencyType>(i);
    INFO(name_of(type));
    const auto named = [&](const LawNeeds& row) { return row.agency_type == name_of(type); };
    CHECK(std::count_if(law_needs().begin(), law_needs().end(), named) == 1);
    CHECK(shipped_needs(type).has(Category::ID));
    CHECK_FALSE(shipped_needs(type).meets(protective()));
  }
}
