#include <catch2/catch.hpp>

#include "policy/readers.hpp"
#include "tests/policy/compare.hpp"
#include "tests/policy/laws/drawn.hpp"
#include "tests/policy/oracle/facts.hpp"
#include "tests/policy/town.hpp"

// Laws 1, 2, 4, 6, 7 and 9 of policy.md §11: what `see` permits, and for how long.
namespace {

using namespace kasane;
using namespace kasane::policy;
using kasane::tests::always;
using kasane::tests::each_question;
using kasane::tests::Told;
using kasane::tests::words;

bool in_approved_emergency(const oracle::Ledger& ledger, const std::string& person) {
  for (const Statement* invoked : ledger)
    if (invoked->kind == Kind::emergency_invoke && invoked->person == person)
      for (const Statement* approved : ledger)
        if (approved->kind == Kind::emergency_approve && approved->emergency == invoked->emergency) return true;
  return false;
}

/// The origin over the parents has a basis that, when it was shared, needed no consent.
bool learned_without_consent(const oracle::Ledger& ledger, const std::string& record) {
  auto line = oracle::ancestors_of(ledger, *oracle::record_of(ledger, record));
  line.push_back(*oracle::record_of(ledger, record));
  return std::any_of(line.begin(), line.end(), [&](const oracle::Record& one) {
    if (one.label.origin == "INTAKE") return false;
    const auto basis = oracle::basis_in_force(ledger, one.label.origin, ledger[one.place]->at_ms, one.place);
    return !basis || !basis->requires_consent;
  });
}

bool requires_consent(const oracle::Ledger& ledger, const std::string& item, Instant at) {
  const auto basis = oracle::basis_in_force(ledger, oracle::item_added(ledger, item)->basis, at);
  return !basis || basis->requires_consent;
}

}  // namespace

TEST_CASE("law 1: nothing is permitted without a seat, an own record, an office, a task or an approved emergency") {
  std::size_t permits = 0;
  CHECK(always("law 1", 40, [&](const Told& told) {
    const auto ledger = tests::as_said(told.ledger);
    each_question(told, [&](const auto& person, const auto& record, const auto& item) {
      const auto decision = told.see(person, record, item);
      if (!decision.permit) return;
      ++permits;
      bool founded = false;
      if (*decision.ground == Ground::EMERGENCY)
        founded = in_approved_emergency(ledger, person);
      else if (!item.empty())
        founded = oracle::seat_of(ledger, item, person).has_value();
      else if (*decision.ground == Ground::OWN)
        founded = oracle::record_of(ledger, record)->author == person ||
                  oracle::record_of(ledger, record)->label.agency == oracle::agency_of(ledger, person);
      else if (*decision.ground == Ground::TASK)
        founded = std::any_of(ledger.begin(), ledger.end(), [&](const Statement* s) {
          return s->kind == Kind::task_assign && s->person == person && oracle::contains(s->records, record);
        });
      else  // OFFICE and REBASE: the coordinator, or who sits at an item of the case
        founded = oracle::is_coordinator_of(ledger, oracle::record_of(ledger, record)->in_case, person) ||
                  std::any_of(told.items.begin(), told.items.end(), [&](const std::string& one) {
                    return oracle::in_professional_seat(ledger, one, person);
                  });
      if (!founded) RC_FAIL(words(person, record, item, decision));
    });
  }));
  CHECK(permits > 500);
}

TEST_CASE(
    "law 2: what was learned without consent reaches no item that requires it, nor by a task, save in an emergency") {
  std::size_t asked = 0;
  CHECK(always("law 2", 40, [&](const Told& told) {
    const auto ledger = tests::as_said(told.ledger);
    for (const auto& record : told.records) {
      if (!learned_without_consent(ledger, record)) continue;
      for (const auto& person : told.persons)
        for (const auto& item : told.items) {
          if (!requires_consent(ledger, item, told.now)) continue;
          ++asked;
          const auto decision = told.see(person, record, item);
          if (decision.permit && *decision.ground != Ground::EMERGENCY) RC_FAIL(words(person, record, item, decision));
        }
      // A task, even one that stands in the ledger without having been asked for, opens it at no such item's account.
      for (const auto& item : told.items) {
        if (!requires_consent(ledger, item, told.now)) continue;
        for (const auto& seated : oracle::seated_at(ledger, item)) {
          Statement task;
          task.kind = Kind::task_assign;
          task.by = "aki";
          task.task = "forged";
          task.item = item;
          task.person = seated.person;
          task.records = {record};
          task.at_ms = told.now;
          World forged = told.world;
          forged.replay(task, forged.next_index());
          const auto before = told.see(seated.person, record, "");
          const auto decision = see(forged, {record, seated.person, {}, {}}, told.now);
          if (decision.permit && *decision.ground == Ground::TASK && !before.permit)
            RC_FAIL(words(seated.person, record, "", decision));
        }
      }
    }
  }));
  CHECK(asked > 1000);
}

TEST_CASE("law 4: a record about several is permitted under consent only if each covers it, or by its own exceptions") {
  std::size_t permits = 0;
  CHECK(always("law 4", 100, [&](const Told& told) {
    const auto ledger = tests::as_said(told.ledger);
    for (const auto& record : told.records) {
      const auto row = *oracle::record_of(ledger, record);
      if (row.label.subjects.size() < 2) continue;
      for (const auto& item : told.items) {
        if (!requires_consent(ledger, item, told.now)) continue;
        for (const auto& person : told.persons) {
          const auto decision = told.see(person, record, item);
          if (!decision.permit || *decision.ground == Ground::EMERGENCY) continue;
          ++permits;
          const auto seat = *oracle::seat_of(ledger, item, person);
          const bool professional = oracle::in_professional_seat(ledger, item, person);
          const std::string agency = oracle::agency_of(ledger, person);
          if (professional && agency == row.label.agency) continue;
          if (seat.seat == Seat::observer || seat.seat == Seat::advisor) {
            RC_ASSERT(row.label.deidentified && oracle::ordered(ledger, item, person, record));
            continue;
          }
          for (const auto& subject : row.label.subjects) {
            if (seat.seat == Seat::person && seat.as == subject) continue;
            for (const Category category : row.label.categories)
              if (oracle::state(ledger, {row.in_case, subject, category, professional ? agency : "person:" + person},
                                told.now) != "GRANTED")
                RC_FAIL(words(person, record, item, decision) + " without " + subject);
          }
        }
      }
    }
  }));
  CHECK(permits > 50);
}

TEST_CASE("law 6: a decision changes in time only at its until") {
  std::size_t changes = 0;
  CHECK(always("law 6", 40, [&](const Told& told) {
    each_question(told, [&](const auto& person, const auto& record, const auto& item) {
      const auto asked = [&](Instant at) { return see(told.world, {record, person, {}, item}, at); };
      const auto decision = asked(told.now);
      const Instant horizon = decision.until ? *decision.until : told.now + 8 * 60 * minute_ms;
      for (Instant then = told.now; then < horizon; then += 11 * minute_ms)
        if (!asked(then).same_verdict(decision))
          RC_FAIL(words(person, record, item, decision) + " already at " + print_instant(then));
      if (!decision.until) return;
      ++changes;
      RC_ASSERT(asked(*decision.until - 1).same_verdict(decision));
      if (asked(*decision.until).same_verdict(decision))
        RC_FAIL(words(person, record, item, decision) + " still at " + print_instant(*decision.until));
    });
  }));
  CHECK(changes > 20);
}

TEST_CASE("law 7: whereabouts reach an opponent of a live protection, or who stands for one, on no path") {
  std::size_t asked = 0, emergencies = 0;
  CHECK(always("law 7", 100, [&](const Told& told) {
    const auto ledger = tests::as_said(told.ledger);
    for (const auto& record : told.records) {
      const auto label = oracle::record_of(ledger, record)->label;
      if (!oracle::contains(label.categories, Category::PADR)) continue;
      for (const auto& person : told.persons) {
        const bool opponent = std::any_of(label.subjects.begin(), label.subjects.end(), [&](const auto& subject) {
          return oracle::recused_by_protection(ledger, person, subject);
        });
        if (!opponent) continue;
        // Nor by an emergency for them, or an order.
        World pressed = told.world;
        const auto press = [&](std::string text) {
          for (const auto& [name, value] :
               {std::pair("RECORD", record), {"PERSON", person}, {"CASE", oracle::record_of(ledger, record)->in_case}})
            for (std::size_t at; (at = text.find(name)) != std::string::npos;)
              text.replace(at, std::string_view(name).size(), value);
          auto statement = tests::statement_of(text);
          statement.at_ms = told.now;
          return !pressed.accept(statement, pressed.next_index());
        };
        emergencies +=
            press(
                R"({"kind":"emergency.invoke","by":"aki","emergency":"pressed","case":"CASE","person":"PERSON","records":["RECORD"],"ground":"life","minutes":30,"protective":true})") &&
            press(R"({"kind":"emergency.approve","by":"mori","emergency":"pressed"})");
        for (const auto& item : told.items)
          press(R"({"kind":"record.order","by":"aki","item":")" + item +
                R"(","person":"PERSON","records":["RECORD"],"reason":"safety"})");
        for (const auto& item : told.places)
          for (const World* world : {&told.world, &std::as_const(pressed)}) {
            ++asked;
            const auto decision = see(*world, {record, person, {}, item}, told.now);
            if (decision.permit || !decision.hidden) RC_FAIL(words(person, record, item, decision));
            if (!item.empty()) RC_ASSERT(!oracle::contains(room(*world, item, std::vector{person}, told.now), record));
          }
        RC_ASSERT(!oracle::contains(wrap(pressed, record, told.now), person));
        RC_ASSERT(!oracle::contains(wrap(told.world, record, told.now), person));
      }
    }
  }));
  CHECK(asked > 100);
  CHECK(emergencies > 10);
}

TEST_CASE("law 9: what is unknown denies, and is no one's") {
  CHECK(always("law 9", 20, [&](const Told& told) {
    each_question(told, [&](const auto& person, const auto& record, const auto& item) {
      const auto unknown = [&](const Ask& ask) {
        const auto decision = see(told.world, ask, told.now);
        RC_ASSERT(!decision.permit);
        RC_ASSERT(decision.hidden);
        RC_ASSERT(*decision.reason == Reason::UNKNOWN);
        RC_ASSERT(decision.cites.empty());
        RC_ASSERT(!decision.until);
      };
      unknown({"nothing", person, {}, item});
      unknown({record, "nobody", {}, item});
      unknown({record, person, {}, "nowhere"});
      unknown({record, person, "no-device", item});
      unknown({item, record, {}, person.empty() ? "x" : person});
    });
    RC_ASSERT(wrap(told.world, "nothing", told.now).empty());
    RC_ASSERT(epoch(told.world, "nowhere", told.now).empty());
    RC_ASSERT(who(told.world, "nothing", told.items.front(), false, told.now).empty());
    RC_ASSERT(who(told.world, told.records.front(), "nowhere", true, told.now).empty());
    RC_ASSERT(list(told.world, "nobody", {}, {}, told.now).empty());
    RC_ASSERT(entries(told.world, "nobody", told.now).empty());
    RC_ASSERT(consents(told.world, "c1", "nobody", "support", told.now).empty());
    RC_ASSERT(room(told.world, told.items.front(), std::vector<std::string>{}, told.now).empty());
  }));
}
