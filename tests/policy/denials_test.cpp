#include <catch2/catch.hpp>

#include "tests/policy/town.hpp"

using kasane::tests::Town;

// One sentence for each reason of policy.md §5, and one for each ground.

TEST_CASE("who is unknown, ended, or on a revoked device sees nothing") {
  Town t = Town::founded();
  t.says(R"({"kind":"device.add","by":"kiri","device":"d-dan","person":"dan"})");
  CHECK(kasane::tests::text_of(t.ask(R"({"see":"r1","who":"dan","device":"d-dan"})"), "ground") == "OWN");
  CHECK(kasane::tests::text_of(t.ask(R"({"see":"r1","who":"nita","device":"d-dan"})"), "reason") == "UNKNOWN");
  t.says(R"({"kind":"device.revoke","by":"dan","device":"d-dan"})");
  CHECK(kasane::tests::text_of(t.ask(R"({"see":"r1","who":"dan","device":"d-dan"})"), "reason") == "DEVICE_REVOKED");
  t.says(R"({"kind":"person.end","by":"kiri","person":"dan"})");
  CHECK(t.sees("dan", "r1") == "PERSON_ENDED hidden");
}

TEST_CASE("a seat now, at an item of the case, opens; anything less hides") {
  Town t = Town::founded();
  t.says(R"({"kind":"case.subject","by":"aki","case":"c2","subject":"s1"})");
  t.says(
      R"({"kind":"item.add","by":"aki","item":"g9","conference":"k1","case":"c2","basis":"LAYERED","seats":{"aki":{"seat":"chair"},"dan":{"seat":"member"}}})");
  CHECK(t.sees("dan", "r2", "g9") == "WRONG_CASE hidden");
  CHECK(t.sees("ban", "r1", "g1") == "NOT_MEMBER hidden");
  CHECK(t.sees("dan", "r2", "g2") == "OWN");
  t.says(R"({"kind":"item.seat","by":"aki","item":"g2","person":"dan","seat":"none"})");
  CHECK(t.sees("dan", "r2", "g2") == "NOT_MEMBER hidden");
}

TEST_CASE("a basis that is over denies everything at its items, and private seats where subjects may not attend") {
  Town t = Town::founded();
  const std::string code =
      R"({"kind":"basis.register","by":"kiri","code":"LAYERED","consent":"required","duty":false,"statutory":false,"reading":"from_convening","cross_links":[],)";
  t.says(code + R"("subject_may_attend":false})");
  CHECK(t.sees("self", "r2", "g2") == "NOT_MEMBER hidden");
  t.says(code + R"("subject_may_attend":true,"to":"2026-05-01T00:00:00Z"})");
  CHECK(t.sees("dan", "r2", "g2") == "OWN");
  t.at("2026-05-01T00:00:00Z");
  CHECK(t.sees("dan", "r2", "g2") == "BASIS_NOT_IN_FORCE hidden");
  CHECK(t.would(R"({"kind":"item.seat","by":"aki","item":"g2","person":"kin","seat":"family"})") == "SEAT_NOT_ALLOWED");
}

TEST_CASE("a support conference is read in session alone, and after the notice") {
  Town t = Town::founded();
  CHECK(t.sees("nita", "r1", "g1") == "ITEM_NOT_OPEN");
  t.says(R"({"kind":"notice.publish","by":"kiri","basis":"SWA106_6","version":1})");
  t.at("2026-07-08T05:00:00Z").says(R"({"kind":"item.open","by":"aki","item":"g1"})");
  CHECK(t.sees("nita", "r1", "g1") == "NOT_ACKNOWLEDGED");
  t.says(R"({"kind":"notice.acknowledge","by":"nita","conference":"k1","basis":"SWA106_6","version":1})");
  CHECK(t.sees("nita", "r1", "g1") == "LAW");
  t.says(R"({"kind":"item.suspend","by":"aki","item":"g1"})");
  CHECK(t.sees("nita", "r1", "g1") == "ITEM_NOT_OPEN");
  t.says(R"({"kind":"record.withdraw","by":"dan","record":"r1"})");
  CHECK(t.sees("nita", "r1", "g1") == "WITHDRAWN");
  CHECK(t.sees("dan", "r1") == "WITHDRAWN hidden");
}

TEST_CASE("a conflict hides, whether declared, protected against, or by an authority") {
  Town t = Town::founded();
  t.says(R"({"kind":"conflict.declare","by":"nita","case":"c1","person":"nita"})");
  CHECK(t.sees("nita", "r2", "g2") == "RECUSED hidden");
  t.says(R"({"kind":"conflict.lift","by":"mori","case":"c1","person":"nita","with":"kan"})");
  CHECK(t.sees("nita", "r2", "g2") == "NO_CONSENT");
  t.says(R"({"kind":"protect.set","by":"mori","case":"c1","subject":"s1","opponents":["sawa","s9"]})");
  CHECK(t.sees("sawa", "r2", "g2") == "RECUSED hidden");
  SECTION("who holds an authority for the opponent, in whatever case") {
    t.says(
        R"({"kind":"authority.add","by":"doi","authority":"a9","case":"c2","subject":"s9","holder":"nita","type":"mandate","categories":"*","to":"2026-04-01T00:00:00Z"})");
    CHECK(t.sees("nita", "r2", "g2") == "RECUSED hidden");
  }
  SECTION("who is seated as the opponent, at any item") {
    t.says(
        R"({"kind":"item.add","by":"aki","item":"g9","conference":"k1","case":"c2","basis":"LAYERED","seats":{"aki":{"seat":"chair"},"kin":{"seat":"rep","as":"s9"}}})");
    CHECK(t.sees("kin", "r2", "g2") == "RECUSED hidden");
  }
  SECTION("who holds an authority in conflict") {
    t.says(
        R"({"kind":"authority.add","by":"doi","authority":"a1","case":"c1","subject":"s1","holder":"kin","type":"mandate","categories":"*"})");
    CHECK(t.sees("kin", "r2", "g2") == "NO_CONSENT");
    t.says(R"({"kind":"authority.conflict","by":"doi","authority":"a1","conflict":true})");
    CHECK(t.sees("kin", "r2", "g2") == "RECUSED hidden");
  }
}

TEST_CASE("whereabouts open to the protection office, the author and an order of another") {
  Town t = Town::founded();
  t.says(
      R"({"kind":"record.share","by":"dan","record":"r-padr","case":"c1","item":"g1","label":{"subjects":["s1"],"categories":["PADR"],"kind":"FACT","agency":"care","origin":"INTAKE"}})");
  t.says(R"({"kind":"item.seat","by":"aki","item":"g1","person":"mori","seat":"member"})");
  t.at("2026-07-08T05:00:00Z").says(R"({"kind":"item.open","by":"aki","item":"g1"})");
  CHECK(t.sees("dan", "r-padr", "g1") == "OWN");
  CHECK(t.sees("mori", "r-padr", "g1") == "LAW");
  CHECK(t.sees("nita", "r-padr", "g1") == "PROTECTED");
  t.says(R"({"kind":"record.order","by":"aki","item":"g1","person":"nita","categories":["PADR"],"reason":"safety"})");
  CHECK(t.sees("nita", "r-padr", "g1") == "PROTECTED");
  t.says(R"({"kind":"record.order","by":"aki","item":"g1","person":"nita","records":["r-padr"],"reason":"safety"})");
  CHECK(t.sees("nita", "r-padr", "g1") == "LAW");
  t.says(
      R"({"kind":"record.share","by":"dan","record":"r-desk","case":"c1","item":"g1","label":{"subjects":["s1"],"categories":["PADR"],"kind":"PLN","agency":"care","origin":"INTAKE"}})");
  CHECK(t.sees("aki", "r-desk") == "PROTECTED");
  t.says(R"({"kind":"protect.set","by":"mori","case":"c1","subject":"s1","opponents":["gya"]})");
  CHECK(t.sees("dan", "r-padr", "g1") == "PROTECTED hidden");
  CHECK(t.sees("mori", "r-padr", "g1") == "PROTECTED hidden");
  CHECK(t.sees("dan", "r-padr") == "PROTECTED hidden");
}

TEST_CASE("a reporter opens to the protection and abuse desks, never where consent is required") {
  Town t = Town::founded();
  const auto share = [](const std::string& record, const std::string& item) {
    return R"({"kind":"record.share","by":"dan","record":")" + record + R"(","case":"c1","item":")" + item +
           R"(","label":{"subjects":["s1"],"categories":["SRC"],"kind":"FACT","agency":"care","origin":"INTAKE"}})";
  };
  t.says(share("r-src", "g1")).says(share("r-src2", "g2"));
  t.at("2026-07-08T05:00:00Z").says(R"({"kind":"item.open","by":"aki","item":"g1"})");
  CHECK(t.sees("gya", "r-src", "g1") == "LAW");
  CHECK(t.sees("nita", "r-src", "g1") == "SOURCE_PROTECTED hidden");
  CHECK(t.sees("dan", "r-src2", "g2") == "SOURCE_PROTECTED hidden");
}

TEST_CASE("a hold, a withholding and an opinion keep their circle") {
  Town t = Town::founded();
  const auto share = [](const std::string& record, const std::string& rest) {
    return R"({"kind":"record.share","by":"dan","record":")" + record +
           R"(","case":"c1","item":"g2","label":{"subjects":["s1"],"categories":["HOU"],"agency":"care","origin":"INTAKE",)" +
           rest + "}}";
  };
  t.says(share("r-hold", R"("kind":"FACT","hold":["dis"])"));
  t.says(share("r-held", R"("kind":"FACT","hold":[])"));
  t.says(share("r-kept", R"("kind":"FACT","withhold_from_subject":true)"));
  t.says(share("r-opn", R"("kind":"OPN")"));
  t.says(share("r-deid", R"("kind":"FACT","deidentified":true)"));
  t.says(
      R"({"kind":"consent.record","by":"doi","consent":"d1","case":"c1","subject":"s1","giver":"self","state":"granted","categories":["HOU"],"recipients":"*","purpose":"support","method":"written","evidence":"e"})");
  CHECK(t.sees("nita", "r-hold", "g2") == "CONSENT");
  CHECK(t.sees("sawa", "r-hold", "g2") == "ORIGINATOR_HOLD");
  CHECK(t.sees("nita", "r-held", "g2") == "ORIGINATOR_HOLD");
  CHECK(t.sees("dan", "r-held", "g2") == "OWN");
  CHECK(t.sees("self", "r-kept", "g2") == "WITHHELD hidden");
  CHECK(t.sees("self", "r-opn", "g2") == "WITHHELD hidden");
  t.says(
      R"({"kind":"record.order","by":"aki","item":"g2","person":"self","records":["r-opn"],"reason":"with_person"})");
  CHECK(t.sees("self", "r-opn", "g2") == "SELF");
  CHECK(t.sees("obe", "r-deid", "g2") == "OBSERVER hidden");
  t.says(R"({"kind":"record.order","by":"aki","item":"g2","person":"obe","records":["r-deid","r2"],"reason":"study"})");
  CHECK(t.sees("obe", "r-deid", "g2") == "DEIDENTIFIED");
  CHECK(t.sees("obe", "r2", "g2") == "OBSERVER hidden");
}

TEST_CASE("what was learned without consent never flows to where consent is required") {
  const Town t = Town::founded();
  CHECK(t.sees("dan", "r1", "g2") == "FLOW hidden");
  CHECK(t.sees("aki", "r1", "g2") == "FLOW hidden");
}

TEST_CASE("need to know follows the agency, the matrix and the chair's order") {
  Town t = Town::founded();
  t.says(
      R"({"kind":"record.share","by":"dan","record":"r-med","case":"c1","item":"g2","label":{"subjects":["s1"],"categories":["MED"],"kind":"FACT","agency":"care","origin":"INTAKE"}})");
  t.says(
      R"({"kind":"consent.record","by":"doi","consent":"d1","case":"c1","subject":"s1","giver":"self","state":"granted","categories":"*","recipients":"*","purpose":"support","method":"written","evidence":"e"})");
  CHECK(t.sees("nita", "r-med", "g2") == "CONSENT");
  CHECK(t.sees("sawa", "r-med", "g2") == "NOT_NEEDED");
  SECTION("by an order") {
    t.says(R"({"kind":"record.order","by":"aki","item":"g2","person":"sawa","categories":["MED"],"reason":"task"})");
    CHECK(t.sees("sawa", "r-med", "g2") == "CONSENT");
  }
  SECTION("by the matrix") {
    t.says(R"({"kind":"matrix.set","by":"kiri","agency_type":"housing","categories":["MED"]})");
    CHECK(t.sees("sawa", "r-med", "g2") == "CONSENT");
    CHECK(t.sees("sawa", "r2", "g2") == "NOT_NEEDED");
  }
}

TEST_CASE("at one's own desk a claim opens, and nothing else") {
  Town t = Town::founded();
  CHECK(t.sees("dan", "r1") == "OWN");
  CHECK(t.sees("nita", "r1") == "NOT_MEMBER hidden");
  t.at("2026-07-08T05:00:00Z").says(R"({"kind":"item.open","by":"aki","item":"g1"})");
  t.says(
      R"({"kind":"task.assign","by":"aki","task":"t1","item":"g1","person":"nita","records":["r1"],"to":"2026-07-09T05:00:00Z"})");
  CHECK(t.sees("nita", "r1") == "TASK");
  t.says(
      R"({"kind":"record.share","by":"dan","record":"r-dec","case":"c1","item":"g1","label":{"subjects":["s1"],"categories":["HOU"],"kind":"DEC","agency":"care","origin":"SWA106_6"}})");
  CHECK(t.sees("aki", "r-dec") == "OFFICE");
  CHECK(t.sees("sawa", "r-dec") == "NOT_MEMBER hidden");
  t.says(
      R"({"kind":"consent.record","by":"doi","consent":"d1","case":"c1","subject":"s1","giver":"self","state":"granted","categories":["HOU"],"recipients":"*","purpose":"support","method":"written","evidence":"e"})");
  CHECK(t.sees("aki", "r1") == "REBASE");
  t.at("2026-07-09T05:00:00Z");
  CHECK(t.sees("nita", "r1") == "NOT_MEMBER hidden");
}

TEST_CASE("an emergency opens what it names, for its minutes, until it is not upheld") {
  Town t = Town::founded();
  t.says(
      R"({"kind":"emergency.invoke","by":"nita","emergency":"e1","case":"c1","person":"out","records":["r1"],"ground":"life","minutes":30,"protective":false})");
  CHECK(t.sees("out", "r1") == "NOT_MEMBER hidden");
  t.says(R"({"kind":"emergency.approve","by":"dan","emergency":"e1"})");
  CHECK(t.sees("out", "r1") == "EMERGENCY");
  CHECK(t.sees("out", "r1", "g1") == "EMERGENCY");
  CHECK(t.sees("out", "r2") == "NOT_MEMBER hidden");
  Town later = t;
  later.at("2026-04-01T00:30:00Z");
  CHECK(later.sees("out", "r1") == "NOT_MEMBER hidden");
  t.says(R"({"kind":"emergency.review","by":"kan","emergency":"e1","upheld":false})");
  CHECK(t.sees("out", "r1") == "NOT_MEMBER hidden");
}

TEST_CASE("an emergency that was not upheld before it was approved is not brought back by the approval") {
  Town t = Town::founded();
  t.says(
      R"({"kind":"emergency.invoke","by":"nita","emergency":"e1","case":"c1","person":"out","records":["r1"],"ground":"life","minutes":30,"protective":false})");
  t.says(R"({"kind":"emergency.review","by":"kan","emergency":"e1","upheld":false})");
  t.says(R"({"kind":"emergency.approve","by":"dan","emergency":"e1"})");
  CHECK(t.sees("out", "r1") == "NOT_MEMBER hidden");
}
