#include "server/wire/limits.hpp"
#include "server/wire/payload.hpp"
#include "tests/conference/town.hpp"

using namespace kasane;
using given::Said;
using given::Town;

namespace {

policy::Supposed grant_to_all(const std::string& by) {
  const auto json = wire::read_json(
      R"({"kind":"consent.record","by":")" + by +
      R"(","consent":"n-1","case":"c-1","subject":"s-1","giver":"self","state":"granted","categories":"*","recipients":"*","purpose":"support","method":"oral","witness":"doi"})");
  return wire::read_statement(*json, wire::StatementForm::hypothetical);
}

/// `count` adhoc seats of the clinic, which has no need of the record's category.
std::string seats(int from, int count) {
  std::string text;
  for (int i = from; i < from + count; ++i) text += ",\"p" + std::to_string(i) + R"(":{"seat":"adhoc"})";
  return text;
}

void item(Town& town, const std::string& id, const std::string& more) {
  town.does("aoki", {"item/" + id,
                     R"({"kind":"item.add","item":")" + id +
                         R"(","conference":"k-1","case":"c-1","basis":"LAYERED","seats":{"chiba":{"seat":"chair"})" +
                         more + "}}"});
}

}  // namespace

TEST_CASE("an officer is told what a consent would change, and that this is all of it") {
  Town town;
  town.convene();
  item(town, "i-2", R"(,"doi":{"seat":"adhoc"})");
  const auto record = town.record("r-1", "a-elder", {"chiba"}, "i-2");
  town.does("chiba", record.statement, record.blobs, record.wraps);
  const auto officer = town.connect("aoki", false);
  town.ask(officer, wire::WhatIfRequest{{grant_to_all("aoki")}, ""});
  const Said said = town.answer(officer);
  CHECK(said.at({"result", "flips"}).elements().size() == 1);
  CHECK_FALSE(*said.at({"result", "cut"}).boolean());
}

TEST_CASE("a question whose answer is too long is cut, says so, and leaves out changed reasons before changed access") {
  Town town;
  town.convene();
  const int many = static_cast<int>(wire::limits::what_if_flips) + 1, half = many / 2;
  const auto registrar = town.connect("mori", false);
  std::vector<std::string> some;
  for (int i = 0; i < many; ++i) {
    some.push_back(town.sign("mori", {"directory", R"({"kind":"person.add","person":"p)" + std::to_string(i) +
                                                       R"(","agency":"a-clinic","roles":[]})"}));
    if (some.size() < wire::limits::append_envelopes && i + 1 < many) continue;
    REQUIRE(town.append(registrar, some).has({"result"}));
    some.clear();
  }
  town.add_person("zeta", "a-city");  // the last by id, and the only one who will read
  item(town, "i-2", seats(0, half) + R"(,"zeta":{"seat":"adhoc"})");
  item(town, "i-3", seats(half, many - half));
  for (const std::string place : {"2", "3"}) {
    const auto record = town.record("r-" + place, "a-elder", {"chiba"}, "i-" + place);
    town.does("chiba", record.statement, record.blobs, record.wraps);
  }
  const auto officer = town.connect("aoki", false);
  town.ask(officer, wire::WhatIfRequest{{grant_to_all("aoki")}, ""});
  const Said said = town.answer(officer);
  const auto& flips = said.at({"result", "flips"}).elements();
  CHECK(flips.size() == wire::limits::what_if_flips);
  CHECK(*said.at({"result", "cut"}).boolean());
  REQUIRE_FALSE(flips.empty());
  CHECK(*flips.front().find("person")->text() == "zeta");
  CHECK(*flips.front().find("after")->find("outcome")->text() == "permit");
}
