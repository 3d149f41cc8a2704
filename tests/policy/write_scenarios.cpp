// write_scenarios FOLDER COUNT: writes COUNT scenario files (policy.md §10) drawn by the seeds 1, 2, …: ledgers that
// could be, with repeated, reversed and malformed statements among them, and questions of every sort, some malformed.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "server/wire/payload.hpp"
#include "tests/policy/random_town.hpp"

namespace {

using kasane::policy::Instant;
using kasane::policy::print_instant;
using kasane::tests::RandomTown;

class Drawing {
 public:
  explicit Drawing(std::uint32_t seed) : random_(seed * 7'919U), town_(seed, 30 + static_cast<int>(seed % 5) * 40) {}
  std::string scenario();

 private:
  std::size_t draw(std::size_t below) { return random_() % below; }
  template <class List>
  const auto& one_of(const List& list) {
    return list[draw(list.size())];
  }
  std::string statements();
  std::string query();
  std::string supposed();

  std::mt19937 random_;
  RandomTown town_;
};

std::string text(const kasane::policy::Statement& statement) {
  return kasane::wire::print_json(kasane::wire::write_statement(statement, kasane::wire::StatementForm::scenario));
}

constexpr std::array malformed_statements = {
    R"({"kind":"person.end","at":"2026-07-08T05:00:00Z","by":"kiri","person":"dan","sure":true})",
    R"({"kind":"person.ends","at":"2026-07-08T05:00:00Z","by":"kiri","person":"dan"})",
    R"({"kind":"notice.publish","at":"2026-07-08T05:00:00Z","by":"kiri","basis":"SWA106_6","version":1.5})",
    R"({"kind":"notice.publish","at":"2026-07-08T05:00:00Z","by":"kiri","basis":"SWA106_6","version":9007199254740993})",
    R"({"kind":"item.open","at":"2026-02-30T05:00:00Z","by":"aki","item":"g1"})",
    R"({"kind":"item.open","at":"2026-07-08T05:00:00Z","by":"aki","item":"G 1"})",
    R"({"kind":"item.open","at":"2026-07-08T05:00:00Z","by":null,"item":"g1"})",
    R"({"kind":"item.open","by":"aki","item":"g1"})",
    R"(17)",
    R"([])",
    R"("item.open")",
};
constexpr std::array malformed_queries = {
    R"({"see":"r1","who":"dan"})",
    R"({"see":"r1","who":"dan","at":"2026-07-08"})",
    R"({"see":"r1","who":"dan","at":"2026-07-08T06:00:00Z","item":7})",
    R"({"see":"r1","who":"dan","at":"2026-07-08T06:00:00Z","why":"x"})",
    R"({"list":"Dan","at":"2026-07-08T06:00:00Z"})",
    R"({"wonder":"r1","at":"2026-07-08T06:00:00Z"})",
    R"({"may":1e3,"at":"2026-07-08T06:00:00Z"})",
    R"({"room":"g1","present":"dan","at":"2026-07-08T06:00:00Z"})",
    R"(null)",
};

std::string Drawing::statements() {
  std::string out;
  const auto add = [&](const std::string& one) { out += (out.empty() ? "" : ",\n") + one; };
  const auto& accepted = town_.town().accepted();
  for (const auto& statement : accepted) {
    add(text(statement));
    if (draw(25) == 0) add(one_of(malformed_statements));
    if (draw(25) == 0) {  // once more: a duplicate, or no change; by its time it may come too late
      auto again = one_of(accepted);
      if (draw(4) != 0) again.at_ms = statement.at_ms;
      add(text(again));
    }
  }
  return out;
}

std::string Drawing::supposed() {
  if (draw(6) == 0) return one_of(malformed_statements);
  return text(one_of(town_.town().accepted()));
}

std::string Drawing::query() {
  if (draw(12) == 0) return one_of(malformed_queries);
  const auto quoted = [](const std::string& word) { return '"' + word + '"'; };
  const auto sometimes_unknown = [&](const std::string& word) { return quoted(draw(25) == 0 ? "nobody" : word); };
  const std::string record = sometimes_unknown(one_of(town_.records)), who = sometimes_unknown(one_of(town_.persons)),
                    item = sometimes_unknown(one_of(town_.items));
  const Instant begin = *kasane::policy::parse_instant("2026-07-08T03:00:00Z");
  const auto span = static_cast<std::size_t>(town_.town().now() - begin) + 100 * kasane::policy::minute_ms;
  const std::string at = ",\"at\":" + quoted(print_instant(begin + static_cast<Instant>(draw(span)))) + "}";
  const std::string with = draw(2) == 0 ? "" : ",\"with\":[" + supposed() + "," + supposed() + "]";
  switch (draw(14)) {
    case 0:
      return "{\"list\":" + who + (draw(2) == 0 ? ",\"item\":" + item : std::string(",\"item\":null")) + at;
    case 1:
      return "{\"who\":" + record + ",\"item\":" + item + (draw(2) == 0 ? ",\"once_open\":true" : "") + with + at;
    case 2:
      return std::string("{\"consents\":\"s1\",\"case\":\"c1\"") + (draw(3) == 0 ? ",\"purpose\":\"study\"" : "") + at;
    case 3:
      return "{\"what_if\":[" + supposed() + "]" + (draw(2) == 0 ? ",\"item\":" + item : "") + at;
    case 4:
      return "{\"may\":" + supposed() + at;
    case 5:
      return "{\"wrap\":" + record + with + at;
    case 6:
      return "{\"epoch\":" + item + with + at;
    case 7:
      return "{\"room\":" + item + ",\"present\":[" + who + "," + sometimes_unknown(one_of(town_.persons)) + "]" + at;
    case 8:
      return "{\"entries\":" + who + at;
    case 9:
      return "{\"see\":" + record + ",\"who\":" + who + at;
    default:
      return "{\"see\":" + record + ",\"who\":" + who + ",\"item\":" + item + at;
  }
}

std::string Drawing::scenario() {
  std::string out = "{\"title\":\"drawn\",\"statements\":[" + statements() + "],\n\"queries\":[";
  for (int i = 0; i < 30; ++i) out += (i == 0 ? "\n" : ",\n") + query();
  return out + "]}\n";
}

}  // namespace

int main(int count, char** words) {
  const unsigned long files = count == 3 ? std::strtoul(words[2], nullptr, 10) : 0;
  if (files == 0) {
    std::fprintf(stderr, "write_scenarios FOLDER COUNT\n");
    return 2;
  }
  const std::filesystem::path folder(words[1]);
  std::filesystem::create_directories(folder);
  for (unsigned long seed = 1; seed <= files; ++seed) {
    std::ofstream file(folder / (std::to_string(seed) + ".json"), std::ios::binary);
    file << Drawing(static_cast<std::uint32_t>(seed)).scenario();
    if (!file.flush()) return 1;
  }
  return 0;
}
