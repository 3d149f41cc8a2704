#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "server/wire/json.hpp"
#include "server/wire/scenario.hpp"

namespace {

using kasane::wire::Json;

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// policy.md §10: an object is a subset of the answer's, an array matches whole.
bool holds(const Json& expected, const Json& actual) {
  if (expected.is_object())
    return std::all_of(expected.members().begin(), expected.members().end(), [&](const Json::Member& one) {
      const Json* member = actual.find(one.first);
      return member != nullptr && holds(one.second, *member);
    });
  if (expected.is_array())
    return actual.is_array() && std::equal(expected.elements().begin(), expected.elements().end(),
                                           actual.elements().begin(), actual.elements().end(), holds);
  return expected.type() == actual.type() && kasane::wire::print_json(expected) == kasane::wire::print_json(actual);
}

void run(const std::filesystem::path& folder) {
  if (!std::filesystem::is_directory(folder)) {
    std::cout << "skipped: no scenarios in " << folder.lexically_normal().string() << '\n';
    return;
  }
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    ++files;
    INFO(entry.path().filename().string());
    const std::string text = read(entry.path());
    std::string why;
    const auto printed = kasane::wire::decide_scenario(text, false, &why);
    INFO(why);
    REQUIRE(printed);
    const kasane::wire::ReadLimits limits{.bytes = 1U << 26U, .depth = 64};
    const auto scenario = kasane::wire::read_document(text, limits);
    const auto answer = kasane::wire::read_document(*printed, limits);
    REQUIRE((scenario && answer));
    const Json* expect = scenario->find("expect");
    REQUIRE(expect != nullptr);
    const auto& answers = answer->find("answers")->elements();
    REQUIRE(expect->elements().size() == answers.size());
    for (std::size_t i = 0; i < answers.size(); ++i) {
      INFO("query " << i << ": " << kasane::wire::print_json(answers[i]));
      CHECK(holds(expect->elements()[i], answers[i]));
    }
    const Json* rejected = scenario->find("expect_rejected");
    CHECK(kasane::wire::print_json(*answer->find("rejected")) ==
          kasane::wire::print_json(rejected == nullptr ? Json::array() : *rejected));
  }
  CHECK(files > 0);
}

}  // namespace

TEST_CASE("every scenario of the house holds") {
  run(std::filesystem::path(KASANE_SOURCE_DIR) / "tests/policy/scenarios");
}
TEST_CASE("every scenario shared with us holds") {
  run(std::filesystem::path(KASANE_SOURCE_DIR) / "../shared/scenarios");
}

TEST_CASE("what is no scenario is refused with one line") {
  const std::string deep(1'000'000, '[');
  for (const std::string& text :
       {std::string("{"), std::string("[]"), std::string(R"({"title":"x","title":"y","statements":[],"queries":[]})"),
        std::string(R"({"title":"x","statements":[],"queries":[]} x)"),
        std::string("{\"title\":\"\xff\",\"statements\":[],\"queries\":[]}"),
        std::string(R"({"title":"x","statements":{},"queries":[]})"), deep}) {
    std::string why;
    CHECK_FALSE(kasane::wire::decide_scenario(text, false, &why));
    CHECK_FALSE(why.empty());
    CHECK(why.find('\n') == std::string::npos);
  }
}

TEST_CASE("a malformed statement or question leaves the rest standing") {
  const auto answer = kasane::wire::decide_scenario(
      R"({"title":"x","statements":[{"kind":"tenant.found","at":"2026-01-01T00:00:00Z","by":"a","tenant":"t","person":"a","agency":"c","agency_type":"police"},
          {"kind":"notice.publish","at":"2026-01-01T00:00:00Z","by":"a","basis":"LAYERED","version":1.5}],
          "queries":[{"see":1,"at":"2026-01-01T00:00:00Z"},{"entries":"a","at":"2026-01-01T00:00:00Z"}]})",
      false, nullptr);
  REQUIRE(answer);
  CHECK(
      *answer ==
      R"({"rejected":[{"index":1,"reason":"MALFORMED"}],"answers":[{"outcome":"deny","reason":"MALFORMED","hidden":true,"until":null,"cites":[],"obligations":[]},{"indices":[0]}]})"
      "\n");
}
