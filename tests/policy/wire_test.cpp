#include <catch2/catch.hpp>

#include "policy/readers.hpp"
#include "server/wire/payload.hpp"
#include "server/wire/query.hpp"
#include "server/wire/snapshot.hpp"
#include "server/wire/unit.hpp"
#include "tests/policy/random_town.hpp"
#include "tests/policy/town.hpp"

using namespace kasane;
using kasane::tests::RandomTown;
using kasane::tests::Town;

TEST_CASE("what a statement prints reads back to the same") {
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    const RandomTown drawn(seed, 160);
    for (const auto& statement : drawn.town().accepted()) {
      const auto printed = wire::print_json(wire::write_statement(statement, wire::StatementForm::scenario));
      const auto json = wire::read_json(printed);
      REQUIRE(json);
      const auto back = wire::read_statement(*json, wire::StatementForm::scenario);
      INFO(printed);
      REQUIRE(back);
      REQUIRE(wire::print_json(wire::write_statement(*back, wire::StatementForm::scenario)) == printed);
    }
  }
}

namespace {

wire::Payload payload() {
  wire::Payload out;
  out.v = 1;
  out.log = "town/0123456789abcdef";
  out.unit = "directory";
  out.seen = {3, std::string(64, 'a')};
  out.signed_at_ms = 1'800'000'000'000;
  out.nonce = std::string(32, 'b');
  out.device = "d-kiri";
  out.statement.kind = policy::Kind::person_end;
  out.statement.by = "kiri";
  out.statement.person = "dan";
  out.body = wire::Json::object().add("note", "x");
  return out;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("a payload is read as it was printed") {
  const auto text = wire::print_payload(payload());
  const auto back = wire::parse_payload(text);
  REQUIRE(back);
  CHECK(wire::print_payload(*back) == text);
  CHECK(back->statement.signed_with == "d-kiri");
  CHECK(back->statement.at_ms == 0);
}

TEST_CASE("a payload that is not exactly one is refused") {
  const auto good = wire::print_payload(payload());
  for (const auto& [what, by] : std::initializer_list<std::pair<const char*, const char*>>{
           {"\"v\":1", "\"v\":1.0"},
           {"\"v\":1", "\"v\":1,\"v\":1"},
           {"\"v\":1", "\"v\":1,\"w\":1"},
           {"\"v\":1", "\"v\":9007199254740992"},
           {"\"size\":3", "\"size\":-3"},
           {"\"by\":\"kiri\"", "\"by\":\"kiri\",\"at\":\"2026-01-01T00:00:00Z\""},
           {"\"by\":\"kiri\"", "\"by\":\"kiri\",\"signed_with\":\"d-kiri\""},
           {"\"note\":\"x\"", "\"note\":1e3"},
           {"\"note\":\"x\"", "\"note\":\"\xff\""},
           {"bbbb", "BBBB"},
           {"\"person\":\"dan\"", "\"person\":null"}})
    CHECK_FALSE(wire::parse_payload(replaced(good, what, by)));
  CHECK_FALSE(wire::parse_payload(good + " x"));
  CHECK_FALSE(wire::parse_payload("\xef\xbb\xbf" + good));
  CHECK_FALSE(wire::parse_payload(good.substr(0, good.size() - 1)));
  CHECK_FALSE(wire::parse_payload(replaced(good, "\"x\"", "\"" + std::string(wire::payload_bytes_max, 'x') + "\"")));
  CHECK_FALSE(wire::parse_payload(replaced(good, "\"x\"", std::string(17, '[') + std::string(17, ']'))));
}

TEST_CASE("a rebase in the ledger carries its case and label") {
  const auto bare = wire::read_json(R"({"kind":"record.rebase","by":"aki","record":"n","source":"r1","item":"g2"})");
  CHECK(wire::read_statement(*bare, wire::StatementForm::hypothetical));
  CHECK_FALSE(wire::read_statement(*bare, wire::StatementForm::ledger));
}

TEST_CASE("the unit of every statement parses back from its name") {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    const RandomTown drawn(seed, 160);
    for (const auto& statement : drawn.town().accepted()) {
      const auto name = wire::unit_name(drawn.town().world(), statement);
      const auto unit = policy::parse_unit(name);
      REQUIRE(unit);
      REQUIRE(unit->name() == name);
    }
  }
  CHECK(policy::parse_unit("notice/k-7/SWA106_6/dan"));
  CHECK_FALSE(policy::parse_unit("notice/k-7/swa/dan"));
  CHECK_FALSE(policy::parse_unit("directory/x"));
  CHECK_FALSE(policy::parse_unit("item/"));
  CHECK_FALSE(policy::parse_unit("item/a/b"));
}

TEST_CASE("a snapshot is strict JSON that names the person who asks") {
  const RandomTown drawn(3, 160);
  const auto text = wire::print_json(wire::snapshot(drawn.town().world(), "aki", drawn.town().now()));
  const auto json = wire::read_json(text);
  REQUIRE(json);
  CHECK(*json->find("me")->find("person")->text() == "aki");
  for (const char* list : {"agencies", "persons", "devices", "bases", "needs", "cases", "authorities", "consents",
                           "conferences", "items", "orders", "records", "tasks", "decisions", "emergencies"})
    CHECK(json->find(list)->is_array());
}

TEST_CASE("a snapshot says until when an emergency may be approved and stays open, as the rules have it") {
  Town t = Town::founded();
  t.says(
      R"({"kind":"emergency.invoke","case":"c1","person":"out","categories":["HOU"],"ground":"life","minutes":30,"protective":false,"by":"nita","emergency":"e1"})");
  const auto told = [&](const char* member) {
    const auto drawn = wire::snapshot(t.world(), "nita", t.now());
    const wire::Json* time = drawn.find("emergencies")->elements().front().find(member);
    return time->text() ? std::string(*time->text()) : std::string();
  };
  const std::string approve = R"({"kind":"emergency.approve","by":"dan","emergency":"e1"})";
  const auto last = *policy::parse_instant(told("approvable_until"));
  CHECK(told("open_until").empty());
  Town in_time = t;
  in_time.at(policy::print_instant(last - 1));
  CHECK(in_time.would(approve).empty());
  in_time.at(policy::print_instant(last));
  CHECK(in_time.would(approve) == "TOO_LATE");
  t.says(approve);
  const auto end = *policy::parse_instant(told("open_until"));
  CHECK(end == t.now() + 30 * policy::minute_ms);
}

TEST_CASE("an instant is read with any offset and printed in UTC") {
  using policy::parse_instant;
  using policy::print_instant;
  CHECK(print_instant(*parse_instant("2026-09-01T00:00:00+09:00")) == "2026-08-31T15:00:00.000Z");
  CHECK(print_instant(*parse_instant("2024-02-29T23:59:59.9999Z")) == "2024-02-29T23:59:59.999Z");
  CHECK(print_instant(*parse_instant("1969-12-31T23:59:59.001Z")) == "1969-12-31T23:59:59.001Z");
  for (const char* text :
       {"2026-02-29T00:00:00Z", "2026-01-01", "2026-01-01T00:00:00", "2026-01-01T24:00:00Z", "2026-01-01T00:00:60Z",
        "2026-13-01T00:00:00Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00Z "})
    CHECK_FALSE(parse_instant(text));
}
