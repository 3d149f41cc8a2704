#include <catch2/catch.hpp>

#include "tests/policy/compare.hpp"
#include "tests/policy/laws/drawn.hpp"
#include "tests/policy/oracle/facts.hpp"
#include "tests/policy/town.hpp"

// Laws 3, 10, 13 and 14 of policy.md §11: what a further statement changes, and what it does not.
namespace {

using namespace kasane;
using namespace kasane::policy;
using kasane::tests::always;
using kasane::tests::each_question;
using kasane::tests::Told;
using kasane::tests::words;

Statement consent(const std::string& subject, const std::string& giver, ConsentState state, bool all, Instant at) {
  Statement s;
  s.kind = Kind::consent_record;
  s.by = "doi";
  s.consent = "further";
  s.case_id = "c1";
  s.subject = subject;
  s.giver = giver;
  s.state = state;
  s.categories.all = all;
  if (!all) s.categories.named = {Category::HOU, Category::MED, Category::PADR};
  s.recipients.all = all;
  if (!all) s.recipients.named = {"care", "dis", "home", "law", "person:kin", "person:self"};
  s.purpose = "support";
  s.method = ConsentMethod::written;
  s.evidence = "e";
  s.at_ms = at;
  return s;
}

/// Everything that two Worlds answer at an instant is the same, or what differs.
std::string first_change(const Told& told, const World& after) {
  std::string change;
  each_question(told, [&](const auto& person, const auto& record, const auto& item) {
    if (!change.empty()) return;
    const auto was = told.see(person, record, item), is = see(after, {record, person, {}, item}, told.now);
    if (!was.same_verdict(is) || was.until != is.until || was.cites != is.cites)
      change = words(person, record, item, was) + ", then " + words(person, record, item, is);
  });
  return change;
}

/// The statement of this kind at the item by its chair.
Statement by_chair(const oracle::Ledger& ledger, Kind kind, const std::string& item, Instant at) {
  Statement s;
  s.kind = kind;
  s.item = item;
  s.at_ms = at;
  for (const auto& seated : oracle::seated_at(ledger, item))
    if (seated.seat == Seat::chair && !oracle::has_ended(ledger, seated.person)) s.by = seated.person;
  return s;
}

}  // namespace

TEST_CASE("law 3: a refusal opens nothing, and a grant closes nothing") {
  std::size_t closed = 0, opened = 0;
  CHECK(always("law 3", 30, [&](const Told& told) {
    const auto ledger = tests::as_said(told.ledger);
    std::vector<std::pair<std::string, std::string>> givers{{"s1", "self"}, {"s2", "self"}};
    for (const Statement* s : ledger)
      if (s->kind == Kind::authority_add) givers.emplace_back(s->subject, s->authority);
    for (const auto& [subject, giver] : givers)
      for (const auto state : {ConsentState::refused, ConsentState::revoked, ConsentState::granted})
        for (const bool all : {false, true}) {
          World after = told.world;
          if (after.accept(consent(subject, giver, state, all, told.now), after.next_index())) continue;
          each_question(told, [&](const auto& person, const auto& record, const auto& item) {
            const bool was = told.see(person, record, item).permit;
            const auto is = see(after, {record, person, {}, item}, told.now);
            closed += was && !is.permit;
            opened += !was && is.permit;
            if (was == is.permit || is.permit == (state == ConsentState::granted)) return;
            RC_FAIL(words(person, record, item, is) + " after " + giver + " " + std::string(name_of(state)));
          });
        }
  }));
  CHECK(closed > 20);
  CHECK(opened > 20);
}

TEST_CASE("law 10: what is said of other things changes no decision") {
  const char* others[] = {
      R"({"kind":"agency.add","by":"kiri","agency":"x-agency","agency_type":"school"})",
      R"({"kind":"person.add","by":"kiri","person":"x-one","agency":"x-agency","roles":["coordinator","consent_officer","protection"]})",
      R"({"kind":"person.add","by":"kiri","person":"x-two","agency":"x-agency","roles":["compliance"]})",
      R"({"kind":"device.add","by":"kiri","device":"x-device","person":"x-two"})",
      R"({"kind":"basis.register","by":"kiri","code":"XBASIS","consent":"not_required","duty":true,"statutory":true,"subject_may_attend":true,"reading":"in_session","cross_links":["SWA106_6"]})",
      R"({"kind":"notice.publish","by":"kiri","basis":"XBASIS","version":9})",
      R"({"kind":"matrix.set","by":"kiri","agency_type":"school","categories":["HOU","MED"]})",
      R"({"kind":"case.open","by":"x-one","case":"x-case","subjects":[{"subject":"x-subject"}]})",
      R"({"kind":"authority.add","by":"x-one","authority":"x-authority","case":"x-case","subject":"x-subject","holder":"x-kin","type":"guardian","categories":"*"})",
      R"({"kind":"authority.conflict","by":"x-one","authority":"x-authority","conflict":true})",
      R"({"kind":"consent.record","by":"x-one","consent":"x-consent","case":"x-case","subject":"x-subject","giver":"self","state":"granted","categories":"*","recipients":"*","purpose":"support","method":"written","evidence":"e"})",
      R"({"kind":"consent.record","by":"x-one","consent":"x-no","case":"x-case","subject":"x-subject","giver":"self","state":"refused","categories":"*","recipients":"*","purpose":"support","method":"written","evidence":"e"})",
      R"({"kind":"protect.set","by":"x-one","case":"x-case","subject":"x-subject","opponents":["x-foe"]})",
      R"({"kind":"conference.convene","by":"x-one","conference":"x-conference","starts_at":"2026-07-08T05:00:00Z"})",
      R"({"kind":"item.add","by":"x-one","item":"x-item","conference":"x-conference","case":"x-case","basis":"XBASIS","seats":{"x-one":{"seat":"chair"}}})",
      R"({"kind":"notice.acknowledge","by":"x-one","conference":"x-conference","basis":"XBASIS","version":9})",
      R"({"kind":"record.share","by":"x-one","record":"x-record","case":"x-case","item":"x-item","label":{"subjects":["x-subject"],"categories":["HOU"],"kind":"FACT","agency":"x-agency","origin":"INTAKE"}})",
      R"({"kind":"record.order","by":"x-one","item":"x-item","person":"x-one","records":["x-record"],"reason":"role"})",
      R"({"kind":"emergency.invoke","by":"x-one","emergency":"x-emergency","case":"x-case","person":"x-two","records":["x-record"],"ground":"life","minutes":30,"protective":false})",
      R"({"kind":"conflict.declare","by":"x-two","case":"x-case","person":"x-two"})",
      R"({"kind":"conference.close","by":"x-one","conference":"x-conference"})",
  };
  std::size_t said = 0;
  CHECK(always("law 10", 40, [&](const Told& told) {
    World after = told.world;
    for (const auto* other : others) {
      auto statement = tests::statement_of(other);
      statement.at_ms = told.now;
      said += !after.accept(statement, after.next_index());
    }
    const auto change = first_change(told, after);
    if (!change.empty()) RC_FAIL(change);
  }));
  CHECK(said > 500);
}

TEST_CASE("law 13: whom see permits is in wrap, room is what each may see, and epoch holds only who sits and may") {
  std::size_t wrapped_persons = 0;
  CHECK(always("law 13", 40, [&](const Told& told) {
    const auto ledger = tests::as_said(told.ledger);
    for (const auto& record : told.records) {
      const auto wrapped = wrap(told.world, record, told.now);
      wrapped_persons += wrapped.size();
      for (const auto& person : told.persons)
        for (const auto& item : told.places)
          if (told.see(person, record, item).permit && !oracle::contains(wrapped, person))
            RC_FAIL(person + " sees " + record + " at '" + item + "' and is not in its wrap");
      for (const auto& item : told.items)
        for (const auto& seated : who(told.world, record, item, true, told.now))
          if (seated.decision.permit && !oracle::contains(wrapped, seated.person))
            RC_FAIL(seated.person + " will see " + record + " at " + item + " and is not in its wrap");
    }
    for (const auto& item : told.items) {
      const auto seated = oracle::seated_at(ledger, item);
      for (std::size_t i = 0; i + 1 < seated.size(); ++i) {
        const std::vector<std::string> present{seated[i].person, seated[i + 1].person};
        const auto shown = room(told.world, item, present, told.now);
        for (const auto& record : told.records) {
          const bool both = told.see(present[0], record, item).permit && told.see(present[1], record, item).permit;
          if (both != oracle::contains(shown, record)) RC_FAIL("room of " + item + " with " + record);
        }
      }
      for (const auto& person : epoch(told.world, item, told.now)) {
        RC_ASSERT(oracle::seat_of(ledger, item, person).has_value());
        RC_ASSERT(oracle::has_acknowledged(ledger, item, person));
        RC_ASSERT(!oracle::has_ended(ledger, person));
        const bool recused = oracle::recused_for_case(ledger, oracle::item_added(ledger, item)->case_id, person);
        if (oracle::in_professional_seat(ledger, item, person) && recused)
          RC_FAIL(person + " is in an epoch of " + item);
      }
    }
  }));
  CHECK(wrapped_persons > 500);
}

TEST_CASE("law 14: a break is as if the item had not been opened, and resuming brings all back") {
  std::size_t breaks = 0;
  CHECK(always("law 14", 80, [&](const Told& told) {
    const auto ledger = tests::as_said(told.ledger);
    for (const auto& item : told.items) {
      World paused = told.world;
      if (paused.accept(by_chair(ledger, Kind::item_suspend, item, told.now), paused.next_index())) continue;
      ++breaks;
      // The same ledger without the openings, taken as it stands.
      World unopened;
      bool notice_since = false, opened = false;
      for (std::size_t i = 0; i < told.ledger.size(); ++i) {
        const Statement& s = told.ledger[i];
        opened = opened || (s.kind == Kind::item_open && s.item == item);
        notice_since = notice_since || (opened && s.kind == Kind::notice_publish);
        if (s.item != item || (s.kind != Kind::item_open && s.kind != Kind::item_suspend))
          unopened.replay(s, static_cast<Index>(i));
      }
      World resumed = paused, closed = paused;
      const bool resumes = !resumed.accept(by_chair(ledger, Kind::item_open, item, told.now), resumed.next_index());
      const bool closes = !closed.accept(by_chair(ledger, Kind::item_close, item, told.now), closed.next_index());
      RC_ASSERT(resumes);
      RC_ASSERT(closes);
      RC_ASSERT(epoch(paused, item, told.now) == epoch(closed, item, told.now));
      RC_ASSERT(epoch(resumed, item, told.now) == epoch(told.world, item, told.now));
      for (const auto& person : told.persons)
        for (const auto& record : told.records) {
          const Ask ask{record, person, {}, item};
          const auto in_break = see(paused, ask, told.now), before = see(unopened, ask, told.now);
          if (!notice_since && !in_break.same_verdict(before))
            RC_FAIL(words(person, record, item, in_break) + " in the break, unopened " +
                    words(person, record, item, before));
          if (!see(resumed, ask, told.now).same_verdict(see(told.world, ask, told.now)))
            RC_FAIL(words(person, record, item, see(resumed, ask, told.now)) + " once resumed");
        }
    }
  }));
  CHECK(breaks > 20);
}
