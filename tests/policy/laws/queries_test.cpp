#include <catch2/catch.hpp>
#include <map>

#include "tests/policy/compare.hpp"
#include "tests/policy/laws/drawn.hpp"
#include "tests/policy/oracle/facts.hpp"
#include "tests/policy/town.hpp"

// Laws 5 and 11 of policy.md §11, and the order of the gates.
namespace {

using namespace kasane;
using namespace kasane::policy;
using kasane::tests::always;
using kasane::tests::each_question;
using kasane::tests::Told;
using kasane::tests::words;

/// Some things that may be about to be said.
std::vector<std::vector<Supposed>> suppositions(const Told& told) {
  const std::string item = *rc::gen::noShrink(rc::gen::elementOf(told.items)),
                    record = *rc::gen::noShrink(rc::gen::elementOf(told.records)),
                    person = *rc::gen::noShrink(rc::gen::elementOf(told.persons));
  const auto one = [](const std::string& text) { return Supposed(tests::statement_of(text)); };
  return {
      {one(R"({"kind":"consent.record","by":"doi","consent":"w1","case":"c1","subject":"s1","giver":"self","state":"granted","categories":["HOU","MED","FAM","ID"],"recipients":"*","purpose":"support","method":"written","evidence":"e"})"),
       one(R"({"kind":"consent.record","by":"doi","consent":"w2","case":"c1","subject":"s2","giver":"self","state":"refused","categories":"*","recipients":"*","purpose":"support","method":"written","evidence":"e"})")},
      {one(R"({"kind":"item.seat","by":"aki","item":")" + item + R"(","person":")" + person + R"(","seat":"none"})"),
       one(R"({"kind":"item.seat","by":"aki","item":")" + item + R"(","person":"ban","seat":"member"})"), Supposed()},
      {one(R"({"kind":"item.open","by":"aki","item":")" + item + R"("})"),
       one(R"({"kind":"record.order","by":"aki","item":")" + item + R"(","person":")" + person + R"(","records":[")" +
           record + R"("],"reason":"task"})")},
      {one(R"({"kind":"item.close","by":"aki","item":")" + item + R"("})"),
       one(R"({"kind":"record.withdraw","by":"aki","record":")" + record + R"("})")}};
}

}  // namespace

TEST_CASE("law 5: list is see over all records, and who over all who sit") {
  CHECK(always("law 5", 30, [&](const Told& told) {
    for (const auto& person : told.persons)
      for (const auto& item : told.places) {
        const auto listed = list(told.world, person, item, {}, told.now);
        auto next = listed.begin();
        for (const auto& record : told.records) {  // in order of definition
          const auto decision = told.see(person, record, item);
          if (decision.hidden) continue;
          RC_ASSERT(next != listed.end());
          if (next->record != record || !next->decision.same_verdict(decision) ||
              next->decision.cites != decision.cites || next->decision.until != decision.until)
            RC_FAIL(words(person, record, item, decision) + ", listed as " +
                    words(person, std::string(next->record), item, next->decision));
          ++next;
        }
        RC_ASSERT(next == listed.end());
      }
    const auto ledger = tests::as_said(told.ledger);
    for (const auto& record : told.records)
      for (const auto& item : told.items) {
        const auto named = who(told.world, record, item, false, told.now);
        const auto seated = oracle::seated_at(ledger, item);
        RC_ASSERT(named.size() == seated.size());
        for (std::size_t i = 0; i < named.size(); ++i) {
          RC_ASSERT(named[i].person == seated[i].person);
          RC_ASSERT(named[i].seat == seated[i].seat);
          const auto decision = told.see(named[i].person, record, item);
          RC_ASSERT(named[i].decision.same_verdict(decision));
          RC_ASSERT(named[i].decision.cites == decision.cites);
        }
      }
  }));
}

TEST_CASE("law 5: what_if is what is true once it is said") {
  std::size_t flipped = 0;
  CHECK(always("law 5, what_if", 40, [&](const Told& told) {
    for (const auto& statements : suppositions(told)) {
      World after = told.world;
      std::vector<std::size_t> refused;
      std::vector<Statement> ledger = told.ledger;
      for (std::size_t i = 0; i < statements.size(); ++i) {
        auto statement = statements[i];
        if (statement) statement->at_ms = told.now;
        if (!statement || after.accept(*statement, after.next_index()))
          refused.push_back(i);
        else
          ledger.push_back(*statement);
      }
      const auto answer = what_if(told.world, statements, {}, told.now);
      RC_ASSERT(answer.rejected.size() == refused.size());
      for (std::size_t i = 0; i < refused.size(); ++i) RC_ASSERT(answer.rejected[i].index == refused[i]);
      std::map<std::array<std::string, 3>, std::pair<Decision, Decision>> expected;
      const auto before_said = tests::as_said(told.ledger), after_said = tests::as_said(ledger);
      for (const auto& item : told.items) {
        using oracle::Stage;
        if (oracle::stage_of(before_said, item) == Stage::closed && oracle::stage_of(after_said, item) == Stage::closed)
          continue;
        for (const auto& person : told.persons) {
          if (!oracle::seat_of(before_said, item, person) && !oracle::seat_of(after_said, item, person)) continue;
          for (const auto& record : told.records) {
            if (oracle::record_of(before_said, record)->in_case != oracle::item_added(before_said, item)->case_id)
              continue;
            const auto was = told.see(person, record, item), is = see(after, {record, person, {}, item}, told.now);
            if (was.permit != is.permit || was.ground != is.ground || was.reason != is.reason ||
                was.hidden != is.hidden)
              expected.try_emplace({item, person, record}, was, is);
          }
        }
      }
      flipped += expected.size();
      RC_ASSERT(answer.flips.size() == expected.size());
      auto next = answer.flips.begin();
      for (const auto& [names, decisions] : expected) {
        RC_ASSERT(next->item == names[0] && next->person == names[1] && next->record == names[2]);
        RC_ASSERT(next->before.same_verdict(decisions.first) && next->after.same_verdict(decisions.second));
        ++next;
      }
    }
  }));
  CHECK(flipped > 100);
}

TEST_CASE("law 11: a hidden record is to its viewer as one that does not exist") {
  std::size_t hidden_ones = 0;
  CHECK(always("law 11", 20, [&](const Told& told) {
    const auto ledger = tests::as_said(told.ledger);
    for (const auto& person : told.persons)
      for (const auto& record : told.records) {
        bool hidden = told.see(person, record, "").hidden;
        for (const auto& item : told.items)
          if (oracle::seat_of(ledger, item, person)) hidden = hidden && told.see(person, record, item).hidden;
        if (!hidden || oracle::has_ended(ledger, person)) continue;
        ++hidden_ones;
        const auto in_case = oracle::record_of(ledger, record)->in_case;
        const auto asked = [&](const std::string& text, const std::string& named) {
          auto said = text;
          for (std::size_t at; (at = said.find("RECORD")) != std::string::npos;) said.replace(at, 6, named);
          for (std::size_t at; (at = said.find("AUTHOR")) != std::string::npos;) said.replace(at, 6, person);
          for (std::size_t at; (at = said.find("CASE")) != std::string::npos;) said.replace(at, 4, in_case);
          return may(told.world, Supposed(tests::statement_of(said)), told.now);
        };
        std::vector<std::string> texts{
            R"({"kind":"record.share","by":"AUTHOR","record":"fresh","case":"CASE","label":{"subjects":["s1"],"categories":["HOU"],"kind":"FACT","agency":")" +
                (oracle::agency_of(ledger, person).empty() ? "city" : oracle::agency_of(ledger, person)) +
                R"(","origin":"INTAKE","parents":["RECORD"]}})",
            R"({"kind":"key.request","by":"AUTHOR","record":"RECORD","device":"vAUTHOR"})",
            R"({"kind":"key.grant","by":"AUTHOR","record":"RECORD","device":"vAUTHOR"})"};
        if (!oracle::is_coordinator_of(ledger, in_case, person))
          texts.push_back(R"({"kind":"record.withdraw","by":"AUTHOR","record":"RECORD"})");
        for (const auto& item : told.items) {
          if (!oracle::seat_of(ledger, item, person)) continue;
          texts.push_back(R"({"kind":"record.order","by":"AUTHOR","item":")" + item +
                          R"(","person":"dan","records":["RECORD"],"reason":"task"})");
          texts.push_back(R"({"kind":"task.assign","by":"AUTHOR","task":"fresh","item":")" + item +
                          R"(","person":"dan","records":["RECORD"]})");
          texts.push_back(R"({"kind":"decision.record","by":"AUTHOR","decision":"fresh","item":")" + item +
                          R"(","decision_kind":"new","record":"RECORD","rests_on":[]})");
          texts.push_back(R"({"kind":"record.rebase","by":"AUTHOR","record":"fresh","source":"RECORD","item":")" +
                          item + R"("})");
          RC_ASSERT(!oracle::contains(room(told.world, item, std::vector{person}, told.now), record));
        }
        for (const auto& text : texts)
          if (asked(text, record) != asked(text, "nothing")) RC_FAIL(person + " learns of " + record + " by " + text);
        for (const auto& item : told.places)
          for (const auto& one : list(told.world, person, item, {}, told.now)) RC_ASSERT(one.record != record);
      }
  }));
  CHECK(hidden_ones > 1000);
}
