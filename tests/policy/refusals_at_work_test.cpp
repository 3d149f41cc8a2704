#include <catch2/catch.hpp>

#include "tests/policy/refusals.hpp"

using kasane::tests::in_session;
using kasane::tests::refuse;
using kasane::tests::Town;

TEST_CASE("a record is shared where it may flow") {
  Town t = in_session();
  t.says(
      R"({"kind":"record.share","by":"dan","record":"r-padr","case":"c1","item":"g1","label":{"subjects":["s1"],"categories":["PADR"],"kind":"FACT","agency":"care","origin":"INTAKE"}})");
  t.says(
      R"({"kind":"record.share","by":"dan","record":"r-hold","case":"c1","item":"g1","label":{"subjects":["s1"],"categories":["MED"],"kind":"FACT","agency":"care","origin":"INTAKE","hold":["dis"]}})");
  refuse(
      t,
      {
          {"another's agency",
           R"({"kind":"record.share","by":"dan","record":"r","case":"c1","item":"g1","label":{"subjects":["s1"],"categories":["HOU"],"kind":"FACT","agency":"dis","origin":"INTAKE"}})",
           "NOT_AUTHORISED"},
          {"by an observer",
           R"({"kind":"record.share","by":"obe","record":"r","case":"c1","item":"g1","label":{"subjects":["s1"],"categories":["HOU"],"kind":"FACT","agency":"home","origin":"INTAKE"}})",
           "NOT_AUTHORISED"},
          {"to an item of another case",
           R"({"kind":"record.share","by":"dan","record":"r","case":"c2","item":"g1","label":{"subjects":["s9"],"categories":["HOU"],"kind":"FACT","agency":"care","origin":"INTAKE"}})",
           "WRONG_CASE"},
          {"from without consent to with",
           R"({"kind":"record.share","by":"dan","record":"r","case":"c1","item":"g2","label":{"subjects":["s1"],"categories":["HOU"],"kind":"FACT","agency":"care","origin":"SWA106_6"}})",
           "FLOW"},
          {"by its parent likewise",
           R"({"kind":"record.share","by":"dan","record":"r","case":"c1","item":"g2","label":{"subjects":["s1"],"categories":["HOU"],"kind":"FACT","agency":"care","origin":"INTAKE","parents":["r1"]}})",
           "FLOW"},
          {"a foreign basis at a statutory item",
           R"({"kind":"record.share","by":"dan","record":"r","case":"c1","item":"g1","label":{"subjects":["s1"],"categories":["HOU"],"kind":"FACT","agency":"care","origin":"LAYERED"}})",
           "FLOW"},
          {"whereabouts left out of the child",
           R"({"kind":"record.share","by":"dan","record":"r","case":"c1","item":"g1","label":{"subjects":["s1"],"categories":["HOU"],"kind":"FACT","agency":"care","origin":"INTAKE","parents":["r-padr"]}})",
           "PROTECTED_PARENT"},
          {"a hold dropped by the child",
           R"({"kind":"record.share","by":"dan","record":"r","case":"c1","item":"g1","label":{"subjects":["s1"],"categories":["MED"],"kind":"FACT","agency":"care","origin":"INTAKE","parents":["r-hold"]}})",
           "PROTECTED_PARENT"},
      });
  t.says(R"({"kind":"item.close","by":"aki","item":"g1"})");
  CHECK(
      t.would(
          R"({"kind":"record.share","by":"dan","record":"r","case":"c1","item":"g1","label":{"subjects":["s1"],"categories":["HOU"],"kind":"FACT","agency":"care","origin":"INTAKE"}})") ==
      "ITEM_CLOSED");
  CHECK(
      t.would(
           R"({"kind":"record.share","by":"nita","record":"r","case":"c1","item":"g1","label":{"subjects":["s1"],"categories":["HOU"],"kind":"MIN","agency":"dis","origin":"SWA106_6"}})")
          .empty());
}

TEST_CASE("a record is withdrawn once and destroyed by two") {
  Town t = Town::founded();
  CHECK(t.would(R"({"kind":"record.withdraw","by":"nita","record":"r1"})") == "NOT_AUTHORISED");
  CHECK(t.would(R"({"kind":"record.destroy","by":"aki","record":"r1","with":"aoi"})") == "SECOND_PERSON");
  CHECK(t.would(R"({"kind":"record.destroy","by":"dan","record":"r1","with":"kura"})") == "NOT_AUTHORISED");
  t.says(R"({"kind":"record.withdraw","by":"dan","record":"r2"})");
  CHECK(t.would(R"({"kind":"record.withdraw","by":"aki","record":"r2"})") == "DUPLICATE");
  t.says(R"({"kind":"record.destroy","by":"aki","record":"r1","with":"kura"})");
  CHECK(t.would(R"({"kind":"record.destroy","by":"aki","record":"r1","with":"kura"})") == "DUPLICATE");
  CHECK(t.would(R"({"kind":"recovery.open","by":"kura","record":"r1"})") == "WITHDRAWN");
  CHECK(t.would(R"({"kind":"recovery.open","by":"dan","record":"r2"})") == "NOT_AUTHORISED");
}

TEST_CASE("a rebase is refused for the first thing that stands against it") {
  Town t = Town::founded();
  t.says(
      R"({"kind":"record.share","by":"aki","record":"r-own","case":"c1","item":"g1","label":{"subjects":["s1"],"categories":["SRC"],"kind":"FACT","agency":"city","origin":"SWA106_6"}})");
  const auto rebase = [](const std::string& source, const std::string& item, const std::string& by = "aki") {
    return R"({"kind":"record.rebase","by":")" + by + R"(","record":"n","source":")" + source + R"(","item":")" + item +
           "\"}";
  };
  const std::string grant =
      R"({"kind":"consent.record","by":"doi","case":"c1","subject":"s1","giver":"self","state":"granted","categories":["HOU"],"purpose":"support","method":"written","evidence":"e",)";
  CHECK(t.would(rebase("r1", "g2", "nita")) == "NOT_AUTHORISED");
  CHECK(t.would(rebase("r2", "g2")) == "REBASE_NOT_NEEDED");
  CHECK(t.would(rebase("r1", "g1")) == "REBASE_NOT_NEEDED");
  CHECK(t.would(rebase("r-own", "g2")) == "REBASE_PROTECTED");
  CHECK(t.would(rebase("r1", "g2")) == "REBASE_NO_CONSENT");
  t.says(grant + R"("consent":"d1","recipients":["city","dis"]})");
  CHECK(t.would(rebase("r1", "g2")) == "REBASE_CONSENT_NOT_COVERING");
  t.says(grant + R"("consent":"d2","recipients":"*"})");
  CHECK(t.would(rebase("r1", "g2")).empty());
  CHECK(t.would(R"({"kind":"record.rebase","by":"aki","record":"n","source":"r1","item":"g2","case":"c2"})") ==
        "MALFORMED");
  t.says(R"({"kind":"record.withdraw","by":"dan","record":"r1"})");
  CHECK(t.would(rebase("r1", "g2")) == "WITHDRAWN");
}

TEST_CASE("orders, tasks and decisions stay within their item") {
  Town t = in_session();
  t.says(
      R"({"kind":"record.share","by":"nita","record":"r-dec","case":"c1","item":"g1","label":{"subjects":["s1"],"categories":["HOU"],"kind":"DEC","agency":"dis","origin":"SWA106_6"}})");
  refuse(
      t,
      {
          {"an order without a reason",
           R"({"kind":"record.order","by":"aki","item":"g1","person":"dan","categories":["MED"],"reason":""})",
           "REASON_MISSING"},
          {"an order for one not seated",
           R"({"kind":"record.order","by":"aki","item":"g1","person":"ban","categories":["MED"],"reason":"task"})",
           "SEAT_NOT_ALLOWED"},
          {"an order by a member",
           R"({"kind":"record.order","by":"dan","item":"g1","person":"dan","categories":["MED"],"reason":"task"})",
           "NOT_AUTHORISED"},
          {"a task for an observer",
           R"({"kind":"task.assign","by":"aki","task":"t","item":"g1","person":"obe","records":["r1"]})",
           "SEAT_NOT_ALLOWED"},
          {"a task at an item not open",
           R"({"kind":"task.assign","by":"aki","task":"t","item":"g2","person":"dan","records":["r2"]})",
           "ITEM_NOT_OPEN"},
          {"a decision by a member",
           R"({"kind":"decision.record","by":"dan","decision":"x","item":"g1","decision_kind":"new","record":"r1","rests_on":[]})",
           "NOT_AUTHORISED"},
          {"a decision on another's text",
           R"({"kind":"decision.record","by":"aki","decision":"x","item":"g1","decision_kind":"new","record":"r-dec","rests_on":[]})",
           "WRONG_CASE"},
          {"a decision on what is no decision",
           R"({"kind":"decision.record","by":"nita","decision":"x","item":"g1","decision_kind":"new","record":"r1","rests_on":[]})",
           "WRONG_CASE"},
      });
  t.says(
      R"({"kind":"decision.record","by":"nita","decision":"x","item":"g1","decision_kind":"new","record":"r-dec","rests_on":["r1"]})");
  CHECK(t.would(R"({"kind":"decision.confirm","by":"nita","decision":"x"})") == "SECOND_PERSON");
  CHECK(t.would(R"({"kind":"decision.confirm","by":"dan","decision":"x"})") == "NOT_AUTHORISED");
  t.says(R"({"kind":"decision.confirm","by":"aki","decision":"x"})");
  CHECK(t.would(R"({"kind":"decision.confirm","by":"aki","decision":"x"})") == "DUPLICATE");
  t.says(R"({"kind":"task.assign","by":"aki","task":"t1","item":"g1","person":"dan","records":["r1"]})");
  CHECK(t.would(R"({"kind":"task.end","by":"sawa","task":"t1"})") == "NOT_AUTHORISED");
  CHECK(t.would(R"({"kind":"task.end","by":"dan","task":"t1"})").empty());
}

TEST_CASE("an emergency is approved in time, by another of another agency") {
  Town t = Town::founded();
  const std::string invoke =
      R"({"kind":"emergency.invoke","case":"c1","person":"out","categories":["HOU"],"ground":"life","minutes":30,"protective":false,)";
  CHECK(t.would(invoke + R"("by":"out","emergency":"e1"})") == "NOT_AUTHORISED");
  t.says(invoke + R"("by":"nita","emergency":"e1"})");
  CHECK(t.would(R"({"kind":"emergency.approve","by":"nita","emergency":"e1"})") == "SECOND_PERSON");
  CHECK(t.would(R"({"kind":"emergency.approve","by":"out","emergency":"e1"})") == "NOT_AUTHORISED");
  CHECK(t.would(R"({"kind":"emergency.review","by":"aki","emergency":"e1","upheld":true})") == "NOT_AUTHORISED");
  Town late = t;
  late.at("2026-04-01T01:00:00Z");
  CHECK(late.would(R"({"kind":"emergency.approve","by":"dan","emergency":"e1"})") == "TOO_LATE");
  t.says(R"({"kind":"emergency.approve","by":"kan","emergency":"e1"})");
  CHECK(t.would(R"({"kind":"emergency.approve","by":"dan","emergency":"e1"})") == "DUPLICATE");
  CHECK(t.would(R"({"kind":"emergency.review","by":"kan","emergency":"e1","upheld":true})") == "SECOND_PERSON");
  t.at("2026-04-08T00:00:00.001Z");
  CHECK(t.would(invoke + R"("by":"nita","emergency":"e2"})") == "REVIEW_OVERDUE");
}

TEST_CASE("talk is for who sits and has acknowledged, while the item is open") {
  Town t = in_session();
  t.says(R"({"kind":"device.add","by":"kiri","device":"d-dan","person":"dan"})");
  t.says(R"({"kind":"message.post","by":"dan","item":"g1","message":"m1"})");
  refuse(t, {
                {"a message from an observer", R"({"kind":"message.post","by":"obe","item":"g1","message":"m2"})",
                 "NOT_AUTHORISED"},
                {"a message at an item not open", R"({"kind":"message.post","by":"dan","item":"g2","message":"m2"})",
                 "ITEM_NOT_OPEN"},
                {"another's message withdrawn", R"({"kind":"message.withdraw","by":"sawa","message":"m1"})",
                 "NOT_AUTHORISED"},
                {"an epoch out of turn", R"({"kind":"epoch.commit","by":"aki","item":"g1","epoch":2})", "DUPLICATE"},
                {"the next epoch", R"({"kind":"epoch.commit","by":"aki","item":"g1","epoch":1})", ""},
                {"a key asked for another's device",
                 R"({"kind":"key.request","by":"nita","record":"r1","device":"d-dan"})", "NOT_AUTHORISED"},
                {"a key granted by an outsider", R"({"kind":"key.grant","by":"doi","record":"r1","device":"d-dan"})",
                 "UNKNOWN"},
                {"a device vouched for by who added it", R"({"kind":"device.vouch","by":"kiri","device":"d-dan"})",
                 "SECOND_PERSON"},
                {"attendance without a seat", R"({"kind":"attendance.join","by":"server","item":"g1","person":"ban"})",
                 "SEAT_NOT_ALLOWED"},
                {"an export by a member", R"({"kind":"export.made","by":"dan"})", "NOT_AUTHORISED"},
            });
  t.says(R"({"kind":"message.withdraw","by":"dan","message":"m1"})");
  CHECK(t.would(R"({"kind":"message.withdraw","by":"aki","message":"m1"})") == "DUPLICATE");
  t.says(R"({"kind":"device.revoke","by":"dan","device":"d-dan"})");
  CHECK(t.would(R"({"kind":"key.request","by":"dan","record":"r1","device":"d-dan"})") == "DEVICE_REVOKED");
  t.says(R"({"kind":"conflict.declare","by":"dan","case":"c1","person":"dan"})");
  CHECK(t.would(R"({"kind":"message.post","by":"dan","item":"g1","message":"m9"})") == "NOT_AUTHORISED");
}
