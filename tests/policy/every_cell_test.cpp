#include <catch2/catch.hpp>
#include <cstdio>
#include <ctime>
#include <map>

#include "tests/policy/compare.hpp"
#include "tests/policy/nightly.hpp"
#include "tests/policy/town.hpp"

// policy.md §8: every short history of one cell, asked of the product and of the oracle.
namespace {

using namespace kasane;
using policy::Category;
using policy::ConsentState;
using policy::Instant;
using policy::Kind;
using policy::Statement;

const Instant day = policy::parse_instant("2026-07-01T00:00:00Z").value();

/// One thing that may be said; the history gives it its id and its hour.
struct Word {
  const char* giver;
  ConsentState state;
  const char* categories;  ///< `HOU`, `MED`, or `*`
  std::optional<Instant> from, to;
};

std::vector<Word> words() {
  using enum ConsentState;
  std::vector<Word> all;
  for (const char* categories : {"HOU", "*"}) {
    for (const auto state : {granted, refused, revoked, unable, asked_no_answer})
      all.push_back({"self", state, categories, {}, {}});
    for (const char* giver : {"parent", "guardian"})
      for (const auto state : {granted, refused}) all.push_back({giver, state, categories, {}, {}});
  }
  all.push_back({"parent", unable, "*", {}, {}});
  all.push_back({"guardian", unable, "*", {}, {}});
  all.push_back({"curator", granted, "HOU", {}, {}});
  all.push_back({"curator", refused, "*", {}, {}});
  all.push_back({"self", granted, "MED", {}, {}});
  all.push_back({"self", granted, "HOU", {}, day + 9 * policy::minute_ms});
  all.push_back({"self", granted, "HOU", day + 11 * policy::minute_ms, {}});
  return all;
}

Statement statement_of(const Word& word, std::size_t place) {
  Statement s;
  s.kind = Kind::consent_record;
  s.by = "doi";
  s.consent = "n" + std::to_string(place);
  s.case_id = "c1";
  s.subject = "s";
  s.giver = word.giver;
  s.state = word.state;
  s.categories.all = *word.categories == '*';
  if (!s.categories.all) s.categories.named = {*policy::code_of<Category>(word.categories)};
  s.recipients.all = true;
  s.purpose = "support";
  s.method = policy::ConsentMethod::written;
  s.evidence = "e";
  s.from = word.from;
  s.to = word.to;
  s.at_ms = day + static_cast<Instant>(place + 1) * policy::minute_ms;
  return s;
}

/// A town with one subject, and what may be true of them: an age to consent, majority, an authority in conflict or
/// over.
tests::Town town_of(int own_consent, bool of_age, int conflict, bool term_over) {
  constexpr const char* ages[] = {"", R"(,"own_consent_at":"2026-06-01T00:00:00Z")",
                                  R"(,"own_consent_at":"2026-07-01T00:01:30Z")",
                                  R"(,"own_consent_at":"2027-01-01T00:00:00Z")"};
  tests::Town t;
  t.at("2026-06-30T00:00:00Z");
  t.says(
      R"({"kind":"tenant.found","by":"kiri","tenant":"town","person":"kiri","agency":"a","agency_type":"secretariat"})");
  t.says(R"({"kind":"person.add","by":"kiri","person":"doi","agency":"a","roles":["coordinator","consent_officer"]})");
  t.says(std::string(R"({"kind":"case.open","by":"doi","case":"c1","subjects":[{"subject":"s")") + ages[own_consent] +
         (of_age ? R"(,"majority_at":"2026-07-01T00:09:00Z")" : "") + "}]}");
  for (const std::string type : {"parent", "guardian", "curator"})
    t.says(R"({"kind":"authority.add","by":"doi","authority":")" + type +
           R"(","case":"c1","subject":"s","holder":"kin","type":")" + type + R"(","categories":)" +
           (type == "curator" ? R"(["HOU"])" : R"("*")") +
           (term_over && type == "guardian" ? R"(,"to":"2026-07-01T00:09:00Z")" : "") + "}");
  if (conflict != 0)
    t.says(std::string(R"({"kind":"authority.conflict","by":"doi","authority":")") +
           (conflict == 1 ? "parent" : "guardian") + R"(","conflict":true})");
  return t;
}

struct Tally {
  std::size_t histories = 0, cells = 0;
  std::map<std::string, std::size_t> states;
};

/// All histories that go on from here, `more` words longer.
void go_on(const policy::World& world, oracle::Ledger& ledger, std::vector<std::size_t>& history,
           const std::vector<Word>& said, const std::vector<std::vector<Statement>>& statements, std::size_t more,
           Tally& tally) {
  const Instant at = day + 10 * policy::minute_ms;
  ++tally.histories;
  for (const auto& cell : policy::consents(world, "c1", "s", "support", at)) {
    if (cell.category != Category::HOU && cell.category != Category::MED && cell.category != Category::PADR) continue;
    ++tally.cells;
    const auto state = oracle::state(ledger, {"c1", "s", cell.category, cell.recipient, "support"}, at);
    ++tally.states[state];
    if (state == name_of(cell.state)) continue;
    std::string told;
    for (const auto one : history)
      told += std::string(said[one].giver) + " " + std::string(name_of(said[one].state)) + " " + said[one].categories +
              (said[one].from ? " later"
               : said[one].to ? " over"
                              : "") +
              "; ";
    INFO(told << "about " << name_of(cell.category));
    CHECK(std::string(name_of(cell.state)) == state);
  }
  if (more == 0) return;
  for (std::size_t i = 0; i < said.size(); ++i) {
    const Statement& next = statements[history.size()][i];
    policy::World then = world;
    REQUIRE_FALSE(then.accept(next, static_cast<policy::Index>(ledger.size())));
    ledger.push_back(&next);
    history.push_back(i);
    go_on(then, ledger, history, said, statements, more - 1, tally);
    history.pop_back();
    ledger.pop_back();
  }
}

}  // namespace

TEST_CASE("in every short history a cell is in the same state for the product and the oracle") {
  const auto began = std::clock();
  const auto said = words();
  std::vector<std::vector<Statement>> statements(4);  // by place in the history
  for (std::size_t place = 0; place < statements.size(); ++place)
    for (const auto& word : said) statements[place].push_back(statement_of(word, place));
  Tally tally;
  for (int own_consent = 0; own_consent < 4; ++own_consent)
    for (const bool of_age : {false, true})
      for (int conflict = 0; conflict < 3; ++conflict)
        for (const bool term_over : {false, true}) {
          const std::size_t length = tests::nightly() ? 4 : 3;
          const auto town = town_of(own_consent, of_age, conflict, term_over);
          auto ledger = tests::as_said(town.accepted());
          std::vector<std::size_t> history;
          INFO("own consent " << own_consent << ", of age " << of_age << ", conflict " << conflict << ", over "
                              << term_over);
          go_on(town.world(), ledger, history, said, statements, length, tally);
        }
  std::printf("%zu histories of a subject's consents, %zu cells, in %.1f s of computing\n", tally.histories,
              tally.cells, static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC);
  for (const auto& [state, count] : tally.states) std::printf("  %s: %zu\n", state.c_str(), count);
  CHECK(tally.states.size() == 11);  // all but ENDED_DEATH, which the small worlds have
}
