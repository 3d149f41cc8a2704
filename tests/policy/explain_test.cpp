#include <catch2/catch.hpp>
#include <set>

#include "server/commands/explain/explanation.hpp"

using namespace kasane::policy;
using namespace kasane::commands::explain;

namespace {

/// A sentence, and one that says something else than all before it.
void says(std::set<std::string>& said, std::string text, Language language) {
  INFO(text);
  CHECK(text.size() > 2);
  CHECK((text.ends_with(language == Language::ja ? "。" : ".")));
  CHECK(said.insert(std::move(text)).second);
}

const char* const scenario = R"({"title":"x","statements":[
  {"kind":"tenant.found","at":"2026-04-01T00:00:00Z","by":"kiri","tenant":"town","person":"kiri","agency":"city","agency_type":"secretariat"},
  {"kind":"person.add","at":"2026-04-01T00:00:00Z","by":"kiri","person":"aki","agency":"city","roles":["coordinator"]},
  {"kind":"case.open","at":"2026-04-01T00:00:00Z","by":"aki","case":"c1","subjects":[{"subject":"s1"}]},
  {"kind":"record.share","at":"2026-04-02T00:00:00Z","by":"aki","record":"r1","case":"c1","label":{"subjects":["s1"],"categories":["HOU"],"kind":"FACT","agency":"city","origin":"INTAKE"}}],
 "queries":[
  {"see":"r1","who":"aki","at":"2026-08-31T15:00:00Z"},
  {"see":"r1","who":"kiri","at":"2026-08-31T15:00:00Z"},
  {"may":{"kind":"person.end","person":"aki","by":"aki"},"at":"2026-08-31T15:00:00Z"},
  {"see":"r1"},
  {"list":"aki","at":"2026-08-31T15:00:00Z"},{"who":"r1","item":"g","at":"2026-08-31T15:00:00Z"},
  {"consents":"s1","case":"c1","at":"2026-08-31T15:00:00Z"},{"what_if":[7],"at":"2026-08-31T15:00:00Z"},
  {"wrap":"r1","at":"2026-08-31T15:00:00Z"},{"epoch":"g","at":"2026-08-31T15:00:00Z"},
  {"room":"g","present":["aki"],"at":"2026-08-31T15:00:00Z"},{"entries":"aki","at":"2026-08-31T15:00:00Z"}]})";

std::string said(std::size_t query, Language language) {
  std::string why;
  const auto text = explain_scenario(scenario, query, language, &why);
  INFO(why);
  REQUIRE(text);
  return *text;
}

}  // namespace

TEST_CASE("every reason, ground, obligation and kind has its words in both languages") {
  for (const auto language : {Language::ja, Language::en}) {
    std::set<std::string> all;
    for (std::size_t i = 0; i < reason_count; ++i)
      says(all, reason_sentence(static_cast<Reason>(i), language), language);
    for (std::size_t i = 0; i <= static_cast<std::size_t>(Ground::EMERGENCY); ++i)
      says(all, std::string(ground_sentence(static_cast<Ground>(i), language)), language);
    for (std::size_t i = 0; i < obligation_count; ++i)
      says(all, std::string(obligation_sentence(static_cast<Obligation>(i), language)), language);
    says(all, until_sentence(std::nullopt, language), language);
    says(all, until_sentence(1'800'000'000'000, language), language);

    std::set<std::string_view> words;
    for (std::size_t i = 0; i < kind_count; ++i)
      CHECK((!kind_words(static_cast<Kind>(i), language).empty() &&
             words.insert(kind_words(static_cast<Kind>(i), language)).second));
    for (std::size_t i = 0; i < category_count; ++i)
      CHECK_FALSE(category_words(static_cast<Category>(i), language).empty());
    for (std::size_t i = 0; i <= static_cast<std::size_t>(Seat::aide); ++i)
      CHECK_FALSE(seat_words(static_cast<Seat>(i), language).empty());
    for (std::size_t i = 0; i <= static_cast<std::size_t>(CellState::NO_CONSENT); ++i)
      CHECK_FALSE(cell_words(static_cast<CellState>(i), language).empty());
  }
}

TEST_CASE("a decision is told as a person would say it, with the statements that it rests on") {
  CHECK(said(0, Language::en) ==
        "May this person see this record (2026-09-01 00:00 in Japan)\n"
        "  person: aki\n"
        "  record: r1\n"
        "Yes. It is the person's own record, or of the person's own agency. (OWN)\n"
        "  Viewing is recorded.\n"
        "Time alone does not change this.\n"
        "This rests on:\n"
        "  [1] a person was added: aki city (kiri, 2026-04-01 09:00 in Japan)\n"
        "  [2] a case was opened: c1 (aki, 2026-04-01 09:00 in Japan)\n"
        "  [3] a record was shared: r1 c1 (aki, 2026-04-02 09:00 in Japan)\n");
  CHECK(said(1, Language::ja) ==
        "この人はこの記録を見られるか（2026年9月1日 0時00分）\n"
        "  人：kiri\n"
        "  記録：r1\n"
        "見られません。この記録を見る席も、職務も、課題もありません。 (NOT_MEMBER)\n"
        "記録があることも示されません。\n"
        "時がたつだけでは変わりません。\n"
        "もとになった記載はありません。\n");
  CHECK(said(2, Language::en).ends_with("No. That person may not say this. (NOT_AUTHORISED)\n"));
  CHECK(said(3, Language::en) == "It is not in the right form. (MALFORMED)\n");
}

TEST_CASE("every sort of query can be explained") {
  for (std::size_t query = 4; query < 12; ++query)
    for (const auto language : {Language::ja, Language::en}) CHECK(said(query, language).size() > 20);
}

TEST_CASE("what cannot be explained is refused with one line") {
  std::string why;
  CHECK_FALSE(explain_scenario(scenario, 12, Language::ja, &why));
  CHECK(why == "no query 12: there are 12, counted from 0");
  CHECK_FALSE(explain_scenario("{", 0, Language::ja, &why));
  CHECK(why.find('\n') == std::string::npos);
}
