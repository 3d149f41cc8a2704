#include <catch2/catch.hpp>

#include "tests/policy/town.hpp"

using kasane::tests::text_of;
using kasane::tests::Town;

TEST_CASE("the empty ledger denies") {
  Town town;
  CHECK(town.sees("anybody", "anything") == "UNKNOWN hidden");
  CHECK(town.sees("anybody", "anything", "anywhere") == "UNKNOWN hidden");
  CHECK(kasane::wire::print_json(town.ask(R"({"list":"anybody"})")) == R"({"records":[]})");
  CHECK(kasane::wire::print_json(town.ask(R"({"wrap":"anything"})")) == R"({"persons":[]})");
  CHECK(kasane::wire::print_json(town.ask(R"({"epoch":"anywhere"})")) == R"({"persons":[]})");
  CHECK(kasane::wire::print_json(town.ask(R"({"entries":"anybody"})")) == R"({"indices":[]})");
  CHECK(kasane::wire::print_json(town.ask(R"({"room":"anywhere","present":["anybody"]})")) == R"({"records":[]})");
}

TEST_CASE("before the founding everything but the founding is refused") {
  Town town;
  CHECK(town.say(R"({"kind":"agency.add","by":"kiri","agency":"a","agency_type":"police"})") == "NOT_AUTHORISED");
  CHECK(
      town.say(
          R"({"kind":"tenant.found","by":"kiri","tenant":"t","person":"else","agency":"a","agency_type":"police"})") ==
      "NOT_AUTHORISED");
  CHECK(
      town.say(
              R"({"kind":"tenant.found","by":"kiri","tenant":"t","person":"kiri","agency":"a","agency_type":"police"})")
          .empty());
  CHECK(
      town.say(
          R"({"kind":"tenant.found","by":"kiri","tenant":"t","person":"kiri","agency":"a","agency_type":"police"})") ==
      "DUPLICATE");
}

TEST_CASE("a question of the wrong shape is answered with a hidden denial") {
  const Town town = Town::founded();
  for (const char* query :
       {R"({"see":"r1"})", R"({"see":"r1","who":"dan","more":1})", R"({"see":"R1","who":"dan"})",
        R"({"see":"r1","who":"dan","at":"yesterday"})", R"({"see":"r1","who":null})", R"({"nonsense":1})", R"([])",
        R"({"list":"dan","see":"r1"})", R"({"room":"g1","present":"dan"})", R"({"entries":1.5})"})
    CHECK(text_of(town.ask(query), "reason") == "MALFORMED");
}
