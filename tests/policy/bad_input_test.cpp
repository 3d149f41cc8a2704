#include <catch2/catch.hpp>

#include "server/wire/json.hpp"
#include "server/wire/scenario.hpp"

using namespace kasane;

namespace {

const std::string founding =
    R"({"kind":"tenant.found","at":"2026-01-01T00:00:00Z","by":"kiri","tenant":"town","person":"kiri","agency":"city","agency_type":"secretariat"})";
const std::string denied =
    R"({"outcome":"deny","reason":"MALFORMED","hidden":true,"until":null,"cites":[],"obligations":[]})";

/// The answers to one statement after the founding, and one query before a good one.
std::string decide(const std::string& statement, const std::string& query) {
  std::string why;
  const auto answers = wire::decide_scenario(
      R"({"title":"x","statements":[)" + founding + (statement.empty() ? "" : "," + statement) + R"(],"queries":[)" +
          query + (query.empty() ? "" : ",") + R"({"entries":"kiri","at":"2026-02-01T00:00:00Z"}]})",
      false, &why);
  INFO(statement << query << why);
  REQUIRE(answers);
  return *answers;
}

std::string with(std::string_view members) {
  return R"({"at":"2026-01-02T00:00:00Z","by":"kiri",)" + std::string(members) + "}";
}

std::string agencies(std::size_t count) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) list += (list.empty() ? "\"a" : ",\"a") + std::to_string(i) + "\"";
  return "[" + list + "]";
}

}  // namespace

TEST_CASE("a statement of the wrong shape is malformed and the rest is evaluated") {
  const std::string long_id(65, 'a');
  for (
      const auto& statement : {
          std::string("null"),
          std::string("[]"),
          std::string("{}"),
          std::string("\"person.end\""),
          std::string("1e2"),
          with(R"("person":"dan")"),                                            // no kind
          with(R"("kind":"person.ends","person":"dan")"),                       // an unknown kind
          with(R"("kind":["person.end"],"person":"dan")"),                      //
          with(R"("kind":"person.end")"),                                       // a missing field
          with(R"("kind":"person.end","person":"dan","case":"c1")"),            // another kind's field
          with(R"("kind":"person.end","person":"dan","body":[])"),              // a body that is no object
          with(R"("kind":"person.end","person":"dan","body":{"a":1.0})"),       // a float, even there
          with(R"("kind":"person.end","person":null)"),                         //
          with(R"("kind":"person.end","person":"")"),                           //
          with(R"("kind":"person.end","person":"Dan")"),                        // malformed ids
          with(R"("kind":"person.end","person":"-dan")"),                       //
          with("\"kind\":\"person.end\",\"person\":\"" + long_id + "\""),       //
          with(R"("kind":"person.end","person":"d\u0000an")"),                  //
          with(R"("kind":"person.end","person":"server")"),                     // a reserved word
          with(R"("kind":"notice.publish","basis":"SWA106_6","version":1.0)"),  // floats
          with(R"("kind":"notice.publish","basis":"SWA106_6","version":1e0)"),  //
          with(R"("kind":"notice.publish","basis":"SWA106_6","version":9007199254740992)"),
          with(R"("kind":"notice.publish","basis":"SWA106_6","version":"1")"),  //
          with(R"("kind":"notice.publish","basis":"swa","version":1)"),         //
          with(R"("kind":"conference.convene","conference":"k","starts_at":"2026-02-30T00:00:00Z")"),
          with(R"("kind":"conference.convene","conference":"k","starts_at":"2026-02-03T00:00:00")"),
          with(R"("kind":"conference.convene","conference":"k","starts_at":1770000000)"),
          with(R"("kind":"case.open","case":"c1","subjects":[])"),  // an empty list
          with(R"("kind":"case.open","case":"c1","subjects":[{"subject":"s1","age":3}])"),
          with(R"("kind":"person.roles","person":"dan","roles":["king"])"),             // an unknown code
          with(R"("kind":"matrix.set","agency_type":"school","categories":["PADR"])"),  //
          std::string(R"({"kind":"person.end","by":"kiri","person":"dan"})"),           // no time
          std::string(R"({"kind":"person.end","at":"yesterday","by":"kiri","person":"dan"})"),
          std::string(R"({"kind":"person.end","at":"2026-01-02T00:00:00Z","person":"dan"})"),
          with(
              R"("kind":"record.share","record":"r","case":"c","label":{"subjects":["s"],"categories":["ID"],"kind":"FACT","agency":"city","origin":"INTAKE","hold":)" +
              agencies(4'097) + "}"),  // a list without end
      })
    CHECK(decide(statement, {}) == R"({"rejected":[{"index":1,"reason":"MALFORMED"}],"answers":[{"indices":[0]}]})"
                                   "\n");
}

TEST_CASE("a query of the wrong shape is malformed and the rest is answered") {
  for (const std::string query : {"null",
                                  "[]",
                                  "{}",
                                  "7",
                                  R"("see")",
                                  R"({"at":"2026-02-01T00:00:00Z"})",
                                  R"({"see":"r1","who":"dan"})",
                                  R"({"see":"r1","at":"2026-02-01T00:00:00Z"})",
                                  R"({"see":"r1","who":"dan","at":1.5})",
                                  R"({"see":"r1","who":"dan","at":"2026-02-01T00:00:00"})",
                                  R"({"see":"r1","who":"dan","at":"2026-02-01T00:00:00Z","also":1})",
                                  R"({"see":"r1","who":"dan","list":"dan","at":"2026-02-01T00:00:00Z"})",
                                  R"({"see":"r1","who":"dan","item":"","at":"2026-02-01T00:00:00Z"})",
                                  R"({"see":"R1","who":"dan","at":"2026-02-01T00:00:00Z"})",
                                  R"({"list":null,"at":"2026-02-01T00:00:00Z"})",
                                  R"({"who":"r1","at":"2026-02-01T00:00:00Z"})",
                                  R"({"who":"r1","item":"g1","once_open":1,"at":"2026-02-01T00:00:00Z"})",
                                  R"({"consents":"s1","at":"2026-02-01T00:00:00Z"})",
                                  R"({"what_if":{},"at":"2026-02-01T00:00:00Z"})",
                                  R"({"room":"g1","present":["Dan"],"at":"2026-02-01T00:00:00Z"})",
                                  R"({"room":"g1","at":"2026-02-01T00:00:00Z"})",
                                  R"({"epoch":1.0,"at":"2026-02-01T00:00:00Z"})"})
    CHECK(decide({}, query) == R"({"rejected":[],"answers":[)" + denied + R"(,{"indices":[0]}]})" + "\n");
}

TEST_CASE("a supposed statement of the wrong shape is listed as malformed") {
  CHECK(decide({}, R"({"may":{"kind":"person.end","person":"kiri"},"at":"2026-02-01T00:00:00Z"})")
            .find(R"({"accepted":false,"reason":"MALFORMED"})") != std::string::npos);
  CHECK(decide({}, R"({"what_if":[7],"at":"2026-02-01T00:00:00Z"})")
            .find(R"({"rejected":[{"index":0,"reason":"MALFORMED"}],"flips":[]})") != std::string::npos);
}

TEST_CASE("a text of more values than its reader allows is refused") {
  std::string why;
  CHECK(wire::read_json("[1,2,3]", {.values = 4}));
  CHECK_FALSE(wire::read_json("[1,2,3]", {.values = 3}, &why));
  CHECK(why == "too many values");
  CHECK_FALSE(wire::read_json(R"({"a":1,"b":[{"c":1,"d":2,"c":3}]})", {}, &why));
  CHECK(why == "duplicate member");
}
