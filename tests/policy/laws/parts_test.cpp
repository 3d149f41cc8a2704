#include "tests/policy/laws/parts.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "policy/readers.hpp"
#include "tests/policy/compare.hpp"
#include "tests/policy/oracle/facts.hpp"

// Laws 8 and 12 of policy.md §11: what a part of the ledger says.
namespace {

using namespace kasane;
using namespace kasane::policy;
using kasane::tests::always;
using kasane::tests::each_question;
using kasane::tests::Told;
using kasane::tests::words;

bool permits(const World& world, const std::string& person, const std::string& record, const std::string& item,
             Instant at) {
  return see(world, {record, person, {}, item}, at).permit;
}

/// What is needed only because of statements that a permit does not cite, be it that these deny without an emergency.
template <class Stands>
bool needed_in_all(const Told& told, Index cited, Stands stands) {
  std::set<Index> all;
  for (std::size_t index = 0; index < told.ledger.size(); ++index) all.insert(static_cast<Index>(index));
  all.erase(cited);
  return !stands(all);
}

/// A statement that is needed only because of refusals, which no permit cites: a consent given anew after one, beside
/// an older and wider one that the refusal ended in part. Only where no single consent would do in their stead.
template <class Stands>
bool needed_since_refused(const Told& told, const Cites& cites, Index cited, Stands stands) {
  const auto is = [&](Index index, bool grant) {
    const auto& s = told.ledger[static_cast<std::size_t>(index)];
    return s.kind == Kind::consent_record &&
           (grant ? s.state == ConsentState::granted
                  : s.state == ConsentState::refused || s.state == ConsentState::revoked);
  };
  std::vector<Index> grants, others;  // what is cited and every refusal, without the grants
  for (Index index = 0; index < static_cast<Index>(told.ledger.size()); ++index) {
    if (is(index, true)) grants.push_back(index);
    const bool in = std::find(cites.begin(), cites.end(), index) != cites.end();
    if (is(index, false) || (in && !is(index, true))) others.push_back(index);
  }
  const auto with = [&](std::vector<Index> more) {
    more.insert(more.end(), others.begin(), others.end());
    return tests::closure(told.ledger, more);
  };
  std::vector<Index> mine;
  std::copy_if(cites.begin(), cites.end(), std::back_inserter(mine), [&](Index one) { return is(one, true); });
  auto less = with(mine);
  less.erase(cited);
  return !stands(less) && std::none_of(grants.begin(), grants.end(), [&](Index one) { return stands(with({one})); });
}

}  // namespace

TEST_CASE("law 8: a permit stands on its citations, and on no smaller part of them") {
  std::map<Ground, int> seen;
  CHECK(always("law 8", 60, [&](const Told& told) {
    std::map<Ground, int> here;
    each_question(told, [&](const auto& person, const auto& record, const auto& item) {
      const auto decision = told.see(person, record, item);
      if (!decision.permit || ++here[*decision.ground] > 6) return;
      ++seen[*decision.ground];
      const auto held = tests::closure(told.ledger, decision.cites);
      const auto stands = [&](const std::set<Index>& part) {
        return permits(tests::fold(told.ledger, part), person, record, item, told.now);
      };
      const auto told_as = words(person, record, item, decision);
      if (!stands(held)) RC_FAIL(told_as + ", but not by its citations alone");
      for (const auto cited : decision.cites) {
        auto less = held;
        less.erase(cited);
        if (stands(less) && !needed_in_all(told, cited, stands) &&
            !needed_since_refused(told, decision.cites, cited, stands))
          RC_FAIL(told_as + ", also without " + std::to_string(cited));
      }
    });
  }));
  CHECK(seen.size() >= 7);  // SELF and DEIDENTIFIED come seldom
}

TEST_CASE("law 12: a reader's fold never permits to anybody what the whole ledger denies") {
  std::size_t found = 0;
  CHECK(always("law 12, never more", 60, [&](const Told& told) {
    for (const auto& reader : told.persons) {
      const auto part = tests::part_of(told, reader);
      std::optional<World> apart;  // the server's facts apart
      each_question(told, [&](const auto& person, const auto& record, const auto& item) {
        const auto id = told.world.records.find_defined(record);
        const std::string in_case(told.world.cases.name(told.world.records[id].in_case));
        if (!may_read(told.world, reader, {UnitKind::household_case, in_case, {}, {}}, told.now)) return;
        if (!permits(part, person, record, item, told.now)) return;
        ++found;
        if (permits(told.world, person, record, item, told.now)) return;
        if (!apart) apart = tests::without_the_servers_facts(told, reader);
        if (permits(*apart, person, record, item, told.now)) return;
        RC_FAIL("by the fold of " + reader + " " +
                words(person, record, item, see(part, {record, person, {}, item}, told.now)) + ", by the whole " +
                words(person, record, item, told.see(person, record, item)));
      });
    }
  }));
  CHECK(found > 1000);
}

TEST_CASE("law 12: who sits professionally gets the same answers about themself from their own fold") {
  std::size_t asked = 0;
  CHECK(always("law 12, the same", 60, [&](const Told& told) {
    const auto ledger = tests::as_said(told.ledger);
    for (const auto& reader : told.persons) {
      std::optional<World> part, apart;
      for (const auto& item : told.items) {
        if (!oracle::in_professional_seat(ledger, item, reader) || oracle::has_ended(ledger, reader)) continue;
        if (oracle::stage_of(ledger, item) == oracle::Stage::closed) continue;
        if (oracle::recused_for_case(ledger, oracle::item_added(ledger, item)->case_id, reader)) continue;
        if (!part) part = tests::part_of(told, reader);
        for (const auto& record : told.records) {
          ++asked;
          const Ask ask{record, reader, {}, item};
          const auto whole = told.see(reader, record, item), held = see(*part, ask, told.now);
          // What is hidden they do not hold: to them it is as if it did not exist (law 11).
          if (whole.hidden ? held.hidden : held.same_verdict(whole)) continue;
          if (!apart) apart = tests::without_the_servers_facts(told, reader);
          const auto other = see(*apart, ask, told.now);
          if (other.hidden ? held.hidden : held.same_verdict(other)) continue;
          RC_FAIL("by their own fold " + words(reader, record, item, held) + ", by the whole " +
                  words(reader, record, item, whole));
        }
      }
    }
  }));
  CHECK(asked > 1000);
}

TEST_CASE("law 12: a parent that is not held stops the flow") {
  std::size_t asked = 0;
  CHECK(always("law 12, parents", 60, [&](const Told& told) {
    const auto ledger = tests::as_said(told.ledger);
    for (const auto& record : told.records) {
      const auto row = *oracle::record_of(ledger, record);
      const auto parents = oracle::parents_of(row);
      if (parents.empty()) continue;
      World part;
      for (std::size_t i = 0; i < told.ledger.size(); ++i)
        if (told.ledger[i].record != parents.front())
          part.fold(tests::as_in_ledger(told.world, told.ledger[i]), static_cast<Index>(i));
      for (const auto& person : told.persons)
        for (const auto& item : told.places) {
          ++asked;
          const auto decision = see(part, {record, person, {}, item}, told.now);
          if (!decision.permit || *decision.ground == Ground::EMERGENCY) continue;
          if (item.empty() && (row.author == person || *decision.ground == Ground::OFFICE)) continue;
          RC_FAIL(words(person, record, item, decision) + " without its parent");
        }
    }
  }));
  CHECK(asked > 1000);
}
