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

// A claim of REBASE: what the chair needs, and no more.
namespace {

policy::Index said(Town& town, std::string_view statement) {
  town.says(statement);
  return town.world().next_index() - 1;
}
policy::Cites rebase_cites(const Town& town, std::string_view record) {
  const auto decision = policy::see(town.world(), {record, "aki", {}, {}}, town.now());
  REQUIRE(decision.permit);
  REQUIRE(decision.ground == policy::Ground::REBASE);
  return decision.cites;
}
constexpr std::string_view granted = R"({"kind":"consent.record","by":"doi","consent":"d9","case":"c1","subject":"s1",
    "giver":"self","state":"granted","categories":"*","recipients":"*","purpose":"support","method":"written",
    "evidence":"e"})";

}  // namespace

TEST_CASE("a seat that was taken away is cited only where its agency lacks what the cited grants give") {
  Town town = Town::founded();
  town.says(R"({"kind":"authority.add","by":"doi","authority":"a1","case":"c1","subject":"s1","holder":"dan",
      "type":"guardian","categories":"*"})");
  town.says(R"({"kind":"consent.record","by":"doi","consent":"d8","case":"c1","subject":"s1","giver":"a1",
      "state":"revoked","categories":"*","recipients":["dis"],"purpose":"support","method":"written","evidence":"e"})");
  const auto moved = said(town, R"({"kind":"item.seat","by":"aki","item":"g2","person":"nita","seat":"none"})");
  const auto grant = said(town, granted);
  const auto cites = rebase_cites(town, "r1");
  CHECK(holds(cites, grant));
  CHECK(!holds(cites, moved));  // without the refusal, which is not cited, the grant would do for `dis` too
}

TEST_CASE("a rebase of what was learned while no version was in force cites the registration that says so") {
  Town town = Town::founded();
  const auto ended = layered(town, as_shipped + R"(,"from":"2026-01-01T00:00:00Z","to":"2026-02-01T00:00:00Z")");
  town.says(R"({"kind":"record.share","by":"dan","record":"r9","case":"c1","label":{"subjects":["s1"],
      "categories":["HOU"],"kind":"FACT","agency":"care","origin":"LAYERED"}})");
  const auto again = layered(town, as_shipped);
  said(town, granted);
  const auto cites = rebase_cites(town, "r9");
  CHECK(holds(cites, ended));
  CHECK(holds(cites, again));
}

TEST_CASE("a rebase stands on the item that the record was shared at, where that would do, and not on another") {
  Town town = Town::founded();
  town.says(R"({"kind":"basis.register","by":"kiri","code":"SWA106_6","consent":"required","duty":true,
      "statutory":true,"subject_may_attend":false,"reading":"from_convening","cross_links":[]})");
  const auto other = said(town, R"({"kind":"item.add","by":"aki","item":"g9","conference":"k1","case":"c1",
      "basis":"SWA106_6","seats":{"aki":{"seat":"chair"},"dan":{"seat":"member"}}})");
  said(town, granted);
  town.at("2026-07-08T05:00:00Z").says(R"({"kind":"item.open","by":"aki","item":"g1"})");
  town.says(R"({"kind":"item.close","by":"aki","item":"g1"})");
  const auto cites = rebase_cites(town, "r1");
  const auto item = [&](std::string_view id) { return town.world().items[town.world().items.find_defined(id)].index; };
  CHECK(holds(cites, item("g1")));  // closed since, but nothing that is cited says so
  CHECK(!holds(cites, item("g2")));
  CHECK(!holds(cites, other));
}

TEST_CASE(
    "where an earlier grant was refused to one recipient and given anew, the one grant that serves all is cited") {
  Town town = Town::founded();
  const auto ended_for_one = said(town, granted);
  const auto consent = [&](const std::string& id, const std::string& state, const std::string& rest) {
    return said(town, R"({"kind":"consent.record","by":"doi","consent":")" + id +
                          R"(","case":"c1","subject":"s1","giver":"self","purpose":"support","method":"written",
                          "evidence":"e","state":")" +
                          state + R"(",)" + rest + "}");
  };
  const std::string categories = R"("categories":"*",)", dis = R"("recipients":["dis"])", all = R"("recipients":"*")";
  consent("d10", "refused", categories + dis);
  const auto anew = consent("d11", "granted", R"("categories":["HOU"],)" + dis);
  CHECK(holds(rebase_cites(town, "r1"), ended_for_one));  // there is no other for the rest
  CHECK(holds(rebase_cites(town, "r1"), anew));
  const auto for_all = consent("d12", "granted", categories + all);
  const auto cites = rebase_cites(town, "r1");
  CHECK(holds(cites, for_all));
  CHECK(!holds(cites, ended_for_one));
  CHECK(!holds(cites, anew));  // where the refusal is not cited the first grant would do for `dis` too
}

TEST_CASE("of two categories too, one of them refused and given anew, the one grant that serves both is cited") {
  Town town = Town::founded();
  town.says(R"({"kind":"record.share","by":"dan","record":"r7","case":"c1","item":"g2","label":{"subjects":["s1"],
      "categories":["HOU","ID"],"kind":"FACT","agency":"care","origin":"INTAKE"}})");
  const auto consent = [&](const std::string& id, const std::string& state, const std::string& categories) {
    return said(town, R"({"kind":"consent.record","by":"doi","consent":")" + id +
                          R"(","case":"c1","subject":"s1","giver":"self","purpose":"support","method":"written",
                          "evidence":"e","recipients":"*","state":")" +
                          state + R"(","categories":)" + categories + "}");
  };
  consent("d10", "granted", R"("*")");
  consent("d11", "refused", R"(["HOU"])");
  consent("d12", "granted", R"(["HOU"])");
  const auto for_both = consent("d13", "granted", R"(["HOU","ID"])");
  const auto cited = cites(town, "sawa", "r7");
  CHECK(holds(cited, for_both));
  CHECK(!holds(cited, for_both - 1));
  CHECK(!holds(cited, for_both - 3));
}

// Consents refused and given anew. What is cited says nothing of the refusal.
namespace {

policy::Index consent(Town& town, std::string_view id, std::string_view state, std::string_view categories,
                      std::string_view recipients) {
  return said(town,
              R"({"kind":"consent.record","by":"doi","case":"c1","subject":"s1","giver":"self","purpose":"support",
      "method":"written","evidence":"e","consent":")" +
                  std::string(id) + R"(","state":")" + std::string(state) + R"(","categories":)" +
                  std::string(categories) + R"(,"recipients":)" + std::string(recipients) + "}");
}

}  // namespace

TEST_CASE("a rebase stands on the item whose agencies one grant serves, where at an earlier one a second is needed") {
  Town town = Town::founded();
  const auto wide = consent(town, "d1", "granted", R"("*")", R"("*")");
  const auto other = said(town, R"({"kind":"item.add","by":"aki","item":"g9","conference":"k1","case":"c1",
      "basis":"LAYERED","seats":{"aki":{"seat":"chair"},"dan":{"seat":"member"}}})");
  consent(town, "d2", "refused", R"("*")", R"(["home"])");
  const auto anew = consent(town, "d3", "granted", R"(["HOU"])", R"(["home"])");
  const auto cited = rebase_cites(town, "r1");
  CHECK(holds(cited, other));
  CHECK(holds(cited, wide));
  CHECK(!holds(cited, anew));
}

TEST_CASE("where the window needs an order for the record, no matrix is cited for the need to know") {
  Town town = Town::founded();
  const auto matrix = said(town, R"({"kind":"matrix.set","by":"kiri","agency_type":"housing",
      "categories":["HOU","MED"]})");
  town.says(R"({"kind":"record.share","by":"dan","record":"r3","case":"c1","label":{"subjects":["s1"],
      "categories":["MED"],"kind":"FACT","agency":"care","origin":"INTAKE"}})");
  const auto order = said(town, R"({"kind":"record.order","by":"aki","item":"g1","person":"sawa","records":["r3"],
      "reason":"task"})");
  const auto decision = policy::see(town.world(), {"r3", "sawa", {}, "g1"}, town.now());
  REQUIRE(decision.permit);
  CHECK(holds(decision.cites, order));
  CHECK(!holds(decision.cites, matrix));
}

TEST_CASE("a registration that only a later seat needs is not cited where the first seat would do") {
  Town town = Town::founded();
  const std::string terms = R"({"kind":"basis.register","by":"kiri","code":"SWA106_6","consent":"not_required",
      "duty":true,"statutory":true,"subject_may_attend":true,"reading":"in_session","cross_links":[]})";
  const auto first = said(town, terms);
  const auto seat = said(town, R"({"kind":"item.seat","by":"aki","item":"g1","person":"dan","seat":"family"})");
  const auto second = said(town, terms);
  town.at("2026-07-08T05:00:00Z").says(R"({"kind":"item.open","by":"aki","item":"g1"})");
  const auto decision = policy::see(town.world(), {"r1", "dan", {}, "g1"}, town.now());
  REQUIRE(decision.permit);
  CHECK(!holds(decision.cites, seat));
  CHECK(!holds(decision.cites, first));
  CHECK(!holds(decision.cites, second));
}
