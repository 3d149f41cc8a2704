#include "server/diagnostics.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "server/wire/json.hpp"

using namespace kasane;

TEST_CASE("no text, however made, ends a line of diagnostics, begins another, or moves what a screen shows") {
  using namespace std::string_view_literals;
  for (const auto text : {
           "two\nlines"sv,
           "\"},{\"event\":\"forged"sv,
           "\x1b[2J\x1b[31mred"sv,
           "back\b\b\b\b\rover"sv,
           "a\0b"sv,
           "\xe2\x80\xae"
           "gnp.exe"sv,  // U+202E turns the direction
           "\xff\xfe not UTF-8"sv,
           "{} %s %n {0}"sv,
           "\\"sv,
           "重ね"sv,
       }) {
    const auto line = diagnostics::members("tried", {{"what", text}, {"count", std::int64_t{7}}});
    INFO(line);
    CHECK(std::all_of(line.begin(), line.end(), [](char c) { return c >= 0x20 && c < 0x7f; }));
    const auto read = wire::read_json("{" + line + "}");
    REQUIRE(read);
    CHECK(read->members().size() == 3);
    CHECK(*read->find("event")->text() == "tried");
    CHECK(*read->find("count")->integer() == 7);
  }
}
