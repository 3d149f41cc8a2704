#include <catch2/catch.hpp>

#include "policy/action.hpp"
#include "tests/policy/town.hpp"

using kasane::tests::Town;
namespace policy = kasane::policy;

// policy.md §4: a permit cites no registration of a basis without which it stands.
namespace {

/// Registers LAYERED anew and gives the index.
policy::Index layered(Town& town, const std::string& terms) {
  town.says(R"({"kind":"basis.register","by":"kiri","code":"LAYERED","consent":"required","statutory":false,)" + terms +
            "}");
  return town.world().next_index() - 1;
}
const std::string as_shipped = R"("duty":false,"subject_may_attend":true,"reading":"from_convening","cross_links":[])";
const std::string without_subjects =
    R"("duty":false,"subject_may_attend":false,"reading":"from_convening","cross_links":[])";

policy::Cites cites(const Town& town, std::string_view who, std::string_view record) {
  const auto decision = policy::see(town.world(), {record, who, {}, "g2"}, town.now());
  REQUIRE(decision.permit);
  return decision.cites;
}
bool holds(const policy::Cites& cites, policy::Index index) {
  return std::find(cites.begin(), cites.end(), index) != cites.end();
}

}  // namespace

TEST_CASE("a registration that says what ships is not cited") {
  Town town = Town::founded();
  const auto anew = layered(town, as_shipped);
  CHECK(!holds(cites(town, "dan", "r2"), anew));
}

TEST_CASE("a registration whose other terms do not matter here is not cited") {
  Town town = Town::founded();
  const auto anew = layered(town, without_subjects);  // `dan` sits as a member
  CHECK(!holds(cites(town, "dan", "r2"), anew));
}

TEST_CASE("of two registrations of which either would do the earlier is left, and then not even that") {
  Town town = Town::founded();
  const auto first = layered(town, without_subjects), second = layered(town, as_shipped);
  const auto cited = cites(town, "dan", "r2");
  CHECK(!holds(cited, first));
  CHECK(!holds(cited, second));
}

TEST_CASE("the registration in force is cited where without it none would be, and one before it is not") {
  Town town = Town::founded();
  town.says(R"({"kind":"basis.register","by":"kiri","code":"CARE","consent":"not_required","duty":true,"statutory":true,
      "subject_may_attend":false,"reading":"from_convening","cross_links":[]})");
  const auto first = town.world().next_index() - 1;
  town.says(R"({"kind":"item.add","by":"aki","item":"g3","conference":"k1","case":"c1","basis":"CARE","seats":{
      "aki":{"seat":"chair"},"dan":{"seat":"member"},"sawa":{"seat":"member"}}})");
  town.says(R"({"kind":"record.share","by":"dan","record":"r3","case":"c1","item":"g3","label":{"subjects":["s1"],
      "categories":["HOU"],"kind":"FACT","agency":"care","origin":"CARE"}})");
  town.says(R"({"kind":"basis.register","by":"kiri","code":"CARE","consent":"not_required","duty":true,"statutory":true,
      "subject_may_attend":false,"reading":"in_session","cross_links":[]})");
  const auto second = town.world().next_index() - 1;
  town.at("2026-07-08T05:00:00Z").says(R"({"kind":"item.open","by":"aki","item":"g3"})");
  const auto decision = policy::see(town.world(), {"r3", "sawa", {}, "g3"}, town.now());
  REQUIRE(decision.permit);
  CHECK(holds(decision.cites, second));
  CHECK(!holds(decision.cites, first));
}
