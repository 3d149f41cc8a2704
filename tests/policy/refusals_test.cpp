#include "tests/policy/refusals.hpp"

#include <catch2/catch.hpp>

using kasane::tests::in_session;
using kasane::tests::refuse;
using kasane::tests::Town;

TEST_CASE("a statement of the wrong shape is malformed") {
  refuse(
      Town::founded(),
      {
          {"an unknown kind", R"({"kind":"agency.sell","by":"kiri"})", "MALFORMED"},
          {"a missing field", R"({"kind":"person.end","by":"kiri"})", "MALFORMED"},
          {"an unknown field", R"({"kind":"person.end","by":"kiri","person":"dan","why":"x"})", "MALFORMED"},
          {"a null", R"({"kind":"person.add","by":"kiri","person":"p","agency":null,"roles":[]})", "MALFORMED"},
          {"an unknown code", R"({"kind":"person.add","by":"kiri","person":"p","roles":["king"]})", "MALFORMED"},
          {"an upper-case id", R"({"kind":"person.add","by":"kiri","person":"P","roles":[]})", "MALFORMED"},
          {"a fraction", R"({"kind":"notice.publish","by":"kiri","basis":"LAYERED","version":1.5})", "MALFORMED"},
          {"minutes beyond sixty",
           R"({"kind":"emergency.invoke","by":"aki","emergency":"e","case":"c1","person":"out","categories":["MED"],"ground":"life","minutes":61,"protective":false})",
           "MALFORMED"},
          {"an epoch of zero", R"({"kind":"epoch.commit","by":"aki","item":"g1","epoch":0})", "MALFORMED"},
          {"an empty list of records",
           R"({"kind":"task.assign","by":"aki","task":"t","item":"g1","person":"dan","records":[]})", "MALFORMED"},
          {"an order of nothing", R"({"kind":"record.order","by":"aki","item":"g1","person":"dan","reason":"task"})",
           "MALFORMED"},
          {"the reserved person server", R"({"kind":"person.add","by":"kiri","person":"server","roles":[]})",
           "MALFORMED"},
          {"the reserved authority self",
           R"({"kind":"authority.add","by":"aki","authority":"self","case":"c1","subject":"s1","holder":"kin","type":"mandate","categories":"*"})",
           "MALFORMED"},
          {"the reserved basis INTAKE",
           R"({"kind":"basis.register","by":"kiri","code":"INTAKE","consent":"required","duty":false,"statutory":false,"subject_may_attend":true,"reading":"from_convening","cross_links":[]})",
           "MALFORMED"},
          {"an agency that looks like a person",
           R"({"kind":"agency.add","by":"kiri","agency":"person:dan","agency_type":"police"})", "MALFORMED"},
          {"whereabouts in a matrix",
           R"({"kind":"matrix.set","by":"kiri","agency_type":"police","categories":["PADR"]})", "MALFORMED"},
          {"a name in a deidentified record",
           R"({"kind":"record.share","by":"dan","record":"r","case":"c1","label":{"subjects":["s1"],"categories":["ID"],"kind":"FACT","agency":"care","origin":"INTAKE","deidentified":true}})",
           "MALFORMED"},
      });
}

TEST_CASE("the author and the device are asked before the rest") {
  Town t = Town::founded();
  t.says(R"({"kind":"device.add","by":"kiri","device":"d-dan","person":"dan"})");
  t.says(R"({"kind":"device.add","by":"kiri","device":"d-old","person":"dan"})");
  t.says(R"({"kind":"device.revoke","by":"dan","device":"d-old"})");
  t.says(R"({"kind":"person.end","by":"kiri","person":"out"})");
  refuse(
      t,
      {
          {"an unknown author", R"({"kind":"person.end","by":"nobody","person":"dan"})", "UNKNOWN"},
          {"an ended author", R"({"kind":"conflict.declare","by":"out","case":"c1","person":"out"})", "PERSON_ENDED"},
          {"another's device",
           R"({"kind":"case.open","by":"aki","signed_with":"d-dan","case":"c","subjects":[{"subject":"s"}]})",
           "NOT_AUTHORISED"},
          {"an unknown device",
           R"({"kind":"case.open","by":"aki","signed_with":"d-x","case":"c","subjects":[{"subject":"s"}]})",
           "NOT_AUTHORISED"},
          {"a revoked device",
           R"({"kind":"conflict.declare","by":"dan","signed_with":"d-old","case":"c1","person":"dan"})",
           "DEVICE_REVOKED"},
          {"a further device signed with a live one is accepted",
           R"({"kind":"device.add","by":"dan","signed_with":"d-dan","device":"d-new","person":"dan"})", ""},
          {"a further device without one", R"({"kind":"device.add","by":"dan","device":"d-new","person":"dan"})",
           "NOT_AUTHORISED"},
          {"a server's kind by a person", R"({"kind":"ledger.heads","by":"kiri"})", "NOT_AUTHORISED"},
          {"a person's kind by the server", R"({"kind":"person.end","by":"server","person":"dan"})", "NOT_AUTHORISED"},
      });
}

TEST_CASE("time does not go back") {
  Town t = Town::founded();
  t.at("2026-03-01T00:00:00Z");
  CHECK(t.would(R"({"kind":"person.end","by":"kiri","person":"dan"})") == "TIME_REVERSED");
}

TEST_CASE("an id is defined once, and before it is referred to") {
  refuse(
      Town::founded(),
      {
          {"a second agency of that id", R"({"kind":"agency.add","by":"kiri","agency":"care","agency_type":"police"})",
           "DUPLICATE"},
          {"a second record of that id",
           R"({"kind":"record.share","by":"dan","record":"r1","case":"c1","label":{"subjects":["s1"],"categories":["HOU"],"kind":"FACT","agency":"care","origin":"INTAKE"}})",
           "DUPLICATE"},
          {"a subject named twice",
           R"({"kind":"case.open","by":"aki","case":"c3","subjects":[{"subject":"s"},{"subject":"s"}]})", "DUPLICATE"},
          {"an unknown case", R"({"kind":"case.subject","by":"aki","case":"c7","subject":"s1"})", "UNKNOWN"},
          {"a subject of another case",
           R"({"kind":"protect.set","by":"mori","case":"c1","subject":"s9","opponents":[]})", "UNKNOWN"},
          {"an unknown recipient",
           R"({"kind":"consent.record","by":"doi","consent":"d","case":"c1","subject":"s1","giver":"self","state":"granted","categories":"*","recipients":["nowhere"],"purpose":"support","method":"written","evidence":"e"})",
           "UNKNOWN"},
          {"an unknown origin",
           R"({"kind":"record.share","by":"dan","record":"r","case":"c1","label":{"subjects":["s1"],"categories":["HOU"],"kind":"FACT","agency":"care","origin":"NPA9"}})",
           "UNKNOWN"},
          {"a record that is hidden from the author", R"({"kind":"key.request","by":"out","record":"r1","device":"d"})",
           "UNKNOWN"},
      });
}

TEST_CASE("the directory is the registrar's") {
  Town t = Town::founded();
  t.says(R"({"kind":"notice.publish","by":"kiri","basis":"SWA106_6","version":2})");
  refuse(t, {
                {"an agency by somebody else",
                 R"({"kind":"agency.add","by":"aki","agency":"x","agency_type":"police"})", "NOT_AUTHORISED"},
                {"one's own roles", R"({"kind":"person.roles","by":"kiri","person":"kiri","roles":["registrar"]})",
                 "NOT_AUTHORISED"},
                {"one's own end", R"({"kind":"person.end","by":"kiri","person":"kiri"})", "NOT_AUTHORISED"},
                {"compliance who coordinates",
                 R"({"kind":"person.roles","by":"kiri","person":"kan","roles":["compliance","coordinator"]})",
                 "INCOMPATIBLE_ROLES"},
                {"a registrar who protects",
                 R"({"kind":"person.add","by":"kiri","person":"x","roles":["registrar","protection"]})",
                 "INCOMPATIBLE_ROLES"},
                {"a notice not newer than the last",
                 R"({"kind":"notice.publish","by":"kiri","basis":"SWA106_6","version":2})", "STALE_NOTICE"},
                {"another's device revoked",
                 R"({"kind":"case.open","by":"dan","case":"c","subjects":[{"subject":"s"}]})", "NOT_AUTHORISED"},
                {"a coordinator without the role",
                 R"({"kind":"case.coordinator","by":"aki","case":"c1","person":"dan"})", "NOT_AUTHORISED"},
                {"a case handed on by one who does not hold it",
                 R"({"kind":"case.coordinator","by":"aoi","case":"c1","person":"aoi"})", "NOT_AUTHORISED"},
            });
}

TEST_CASE("a consent needs its proof, a lift its second person") {
  Town t = Town::founded();
  t.says(R"({"kind":"protect.set","by":"mori","case":"c1","subject":"s1","opponents":["aoi"]})");
  t.says(
      R"({"kind":"authority.add","by":"doi","authority":"a1","case":"c1","subject":"s1","holder":"aki","type":"mandate","categories":"*"})");
  const std::string consent =
      R"({"kind":"consent.record","by":"doi","consent":"d","case":"c1","subject":"s1","giver":"self","state":"granted","categories":"*","recipients":"*","purpose":"support",)";
  CHECK(t.would(consent + R"("method":"written"})") == "EVIDENCE_MISSING");
  CHECK(t.would(consent + R"("method":"oral"})") == "EVIDENCE_MISSING");
  CHECK(t.would(consent + R"("method":"oral","witness":"doi"})") == "EVIDENCE_MISSING");
  CHECK(t.would(consent + R"("method":"oral","witness":"aki"})").empty());
  refuse(
      t,
      {
          {"a consent by a member",
           R"({"kind":"consent.record","by":"dan","consent":"d","case":"c1","subject":"s1","giver":"self","state":"granted","categories":"*","recipients":"*","purpose":"support","method":"written","evidence":"e"})",
           "NOT_AUTHORISED"},
          {"a conflict undone by its holder",
           R"({"kind":"authority.conflict","by":"aki","authority":"a1","conflict":false})", "NOT_AUTHORISED"},
          {"a lift with oneself", R"({"kind":"protect.lift","by":"mori","case":"c1","subject":"s1","with":"mori"})",
           "SECOND_PERSON"},
          {"a lift with the opponent", R"({"kind":"protect.lift","by":"mori","case":"c1","subject":"s1","with":"aoi"})",
           "SECOND_PERSON"},
          {"a lift with two offices is accepted",
           R"({"kind":"protect.lift","by":"mori","case":"c1","subject":"s1","with":"kan"})", ""},
          {"a conflict lifted by whom it concerns",
           R"({"kind":"conflict.lift","by":"aki","case":"c1","person":"aki","with":"kan"})", "NOT_AUTHORISED"},
          {"a conflict lifted with whom it concerns",
           R"({"kind":"conflict.lift","by":"mori","case":"c1","person":"aki","with":"aki"})", "SECOND_PERSON"},
          {"a conflict declared for another by a member",
           R"({"kind":"conflict.declare","by":"dan","case":"c1","person":"aki"})", "NOT_AUTHORISED"},
      });
}

TEST_CASE("seats are taken as the basis allows") {
  refuse(
      Town::founded(),
      {
          {"the person at a support conference",
           R"({"kind":"item.seat","by":"aki","item":"g1","person":"self","seat":"person","as":"s1"})",
           "SEAT_NOT_ALLOWED"},
          {"a member without an agency",
           R"({"kind":"item.seat","by":"aki","item":"g2","person":"kin","seat":"member"})", "SEAT_NOT_ALLOWED"},
          {"a representative of nobody", R"({"kind":"item.seat","by":"aki","item":"g2","person":"kin","seat":"rep"})",
           "SUBJECT_MISSING"},
          {"the last chair gone", R"({"kind":"item.seat","by":"aki","item":"g2","person":"aki","seat":"none"})",
           "CHAIR_MISSING"},
          {"an item without a chair",
           R"({"kind":"item.add","by":"aki","item":"g9","conference":"k1","case":"c1","basis":"LAYERED","seats":{"dan":{"seat":"member"}}})",
           "CHAIR_MISSING"},
          {"a seat given by a member", R"({"kind":"item.seat","by":"dan","item":"g2","person":"ban","seat":"member"})",
           "NOT_AUTHORISED"},
      });
}

TEST_CASE("a sitting opens, breaks and closes in order") {
  Town early = Town::founded();
  early.at("2026-07-08T03:59:59Z");
  CHECK(early.would(R"({"kind":"item.open","by":"aki","item":"g1"})") == "TOO_EARLY");
  CHECK(early.would(R"({"kind":"item.suspend","by":"aki","item":"g1"})") == "ITEM_NOT_OPEN");
  CHECK(early.would(R"({"kind":"item.close","by":"aki","item":"g1"})") == "ITEM_NOT_OPEN");
  Town t = in_session();
  CHECK(t.would(R"({"kind":"item.open","by":"aki","item":"g2"})") == "OTHER_ITEM_OPEN");
  CHECK(t.would(R"({"kind":"item.open","by":"dan","item":"g1"})") == "NOT_AUTHORISED");
  CHECK(t.would(R"({"kind":"conference.close","by":"aki","conference":"k1"})") == "OTHER_ITEM_OPEN");
  CHECK(t.would(R"({"kind":"conference.move","by":"aki","conference":"k1","starts_at":"2026-07-09T05:00:00Z"})") ==
        "TOO_LATE");
  t.says(R"({"kind":"item.close","by":"aki","item":"g1"})");
  CHECK(t.would(R"({"kind":"item.open","by":"aki","item":"g1"})") == "ITEM_CLOSED");
  CHECK(t.would(R"({"kind":"item.seat","by":"aki","item":"g1","person":"ban","seat":"member"})") == "ITEM_CLOSED");
  t.says(R"({"kind":"conference.close","by":"aki","conference":"k1"})");
  CHECK(t.would(R"({"kind":"conference.close","by":"aki","conference":"k1"})") == "ITEM_CLOSED");
  CHECK(
      t.would(
          R"({"kind":"item.add","by":"aki","item":"g9","conference":"k1","case":"c1","basis":"LAYERED","seats":{"aki":{"seat":"chair"}}})") ==
      "ITEM_CLOSED");
}

TEST_CASE("a notice is acknowledged as it stands, by who is seated") {
  Town t = Town::founded();
  CHECK(t.would(R"({"kind":"notice.acknowledge","by":"dan","conference":"k1","basis":"SWA106_6","version":1})") ==
        "STALE_NOTICE");
  t.says(R"({"kind":"notice.publish","by":"kiri","basis":"SWA106_6","version":1})");
  refuse(
      t,
      {
          {"by who has no seat",
           R"({"kind":"notice.acknowledge","by":"out","conference":"k1","basis":"SWA106_6","version":1})",
           "NOT_AUTHORISED"},
          {"another version",
           R"({"kind":"notice.acknowledge","by":"dan","conference":"k1","basis":"SWA106_6","version":2})",
           "STALE_NOTICE"},
          {"attested for oneself",
           R"({"kind":"presence.attest","by":"aki","conference":"k1","basis":"SWA106_6","person":"aki","version":1,"how":"oral"})",
           "SECOND_PERSON"},
          {"attested for one not seated",
           R"({"kind":"presence.attest","by":"aki","conference":"k1","basis":"SWA106_6","person":"out","version":1,"how":"oral"})",
           "SEAT_NOT_ALLOWED"},
          {"attested by a member",
           R"({"kind":"presence.attest","by":"dan","conference":"k1","basis":"SWA106_6","person":"sawa","version":1,"how":"oral"})",
           "NOT_AUTHORISED"},
          {"a record before acknowledging",
           R"({"kind":"record.share","by":"dan","record":"r","case":"c1","item":"g1","label":{"subjects":["s1"],"categories":["HOU"],"kind":"FACT","agency":"care","origin":"SWA106_6"}})",
           "NOT_ACKNOWLEDGED"},
      });
}
