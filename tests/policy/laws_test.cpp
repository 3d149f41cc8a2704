#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "policy/action.hpp"
#include "policy/fields.hpp"
#include "policy/readers.hpp"
#include "policy/verdict.hpp"
#include "tests/policy/random_town.hpp"

// The laws of policy.md §11 over drawn ledgers.
namespace {

using namespace kasane::policy;
using kasane::tests::RandomTown;

constexpr std::uint32_t ledgers = 60;
constexpr int tries = 160;

/// Everything that can be asked with `see` of one ledger.
template <class Visit>
void each_question(const RandomTown& drawn, Visit visit) {
  for (const auto& person : drawn.persons)
    for (const auto& record : drawn.records) {
      visit(person, record, std::string());
      for (const auto& item : drawn.items) visit(person, record, item);
    }
}

Decision ask(const World& world, const std::string& person, const std::string& record, const std::string& item,
             Instant at) {
  return see(world, {record, person, {}, item}, at);
}

}  // namespace

TEST_CASE("gates asked in any order permit the same") {
  std::mt19937 random(7);
  std::size_t permits = 0;
  for (std::uint32_t seed = 1; seed <= ledgers; ++seed) {
    const RandomTown drawn(seed, tries);
    const World& world = drawn.town().world();
    std::vector<Gate> gates(item_gates().begin(), item_gates().end());
    each_question(drawn, [&](const std::string& person, const std::string& record, const std::string& item) {
      if (item.empty()) return;
      const Question q = question_of(world, record, person, {}, item);
      if (!q.record.known() || world.persons[q.who].ended()) return;
      Moment moment(drawn.town().now());
      Scene scene{world,
                  moment,
                  q.who,
                  q.record,
                  q.item,
                  world.seat(q.item, q.who),
                  world.in_force(world.items[q.item].basis, moment)};
      std::shuffle(gates.begin(), gates.end(), random);
      const bool permit = std::none_of(gates.begin(), gates.end(), [&](Gate gate) { return gate(scene).has_value(); });
      const auto judged = judge(world, q, moment);
      permits += permit ? 1 : 0;
      REQUIRE(permit == (judged.permit && judged.ground != Ground::EMERGENCY));
    });
  }
  CHECK(permits > 100);
}

TEST_CASE("a decision changes in time only at its until") {
  std::size_t changes = 0;
  for (std::uint32_t seed = 1; seed <= ledgers; ++seed) {
    const RandomTown drawn(seed, tries);
    const World& world = drawn.town().world();
    each_question(drawn, [&](const std::string& person, const std::string& record, const std::string& item) {
      const Instant at = drawn.town().now();
      const Decision now = ask(world, person, record, item, at);
      const Instant horizon = now.until ? *now.until : at + 4 * 60 * minute_ms;
      for (Instant then = at; then < horizon; then += 7 * minute_ms)
        REQUIRE(ask(world, person, record, item, then).same_verdict(now));
      if (!now.until) return;
      ++changes;
      REQUIRE(ask(world, person, record, item, *now.until - 1).same_verdict(now));
      REQUIRE_FALSE(ask(world, person, record, item, *now.until).same_verdict(now));
    });
  }
  CHECK(changes > 20);
}

TEST_CASE("list and who and room are see, asked one by one") {
  for (std::uint32_t seed = 1; seed <= ledgers; ++seed) {
    const RandomTown drawn(seed, tries);
    const World& world = drawn.town().world();
    const Instant at = drawn.town().now();
    for (const auto& person : drawn.persons)
      for (const std::string item : {"", "g1", "g2"}) {
        const auto listed = list(world, person, item, {}, at);
        std::size_t found = 0;
        for (const auto& record : drawn.records) {
          const auto decision = ask(world, person, record, item, at);
          const auto one =
              std::find_if(listed.begin(), listed.end(), [&](const Listed& l) { return l.record == record; });
          REQUIRE((one != listed.end()) == !decision.hidden);
          if (one == listed.end()) continue;
          ++found;
          REQUIRE(one->decision.same_verdict(decision));
          REQUIRE(one->decision.cites == decision.cites);
        }
        REQUIRE(found == listed.size());
      }
    for (const auto& record : drawn.records)
      for (const auto& item : drawn.items)
        for (const auto& seated : who(world, record, item, false, at))
          REQUIRE(seated.decision.same_verdict(ask(world, seated.person, record, item, at)));
    for (const auto& item : drawn.items) {
      const std::vector<std::string> present{"aki", "dan"};
      const auto shown = room(world, item, present, at);
      for (const auto& record : drawn.records) {
        const bool both = std::all_of(present.begin(), present.end(), [&](const std::string& person) {
          return ask(world, person, record, item, at).permit;
        });
        REQUIRE(both == (std::find(shown.begin(), shown.end(), record) != shown.end()));
      }
    }
  }
}

TEST_CASE("whom see permits is in wrap, and epoch holds nobody recused, unseated or unacknowledged") {
  for (std::uint32_t seed = 1; seed <= ledgers; ++seed) {
    const RandomTown drawn(seed, tries);
    const World& world = drawn.town().world();
    const Instant at = drawn.town().now();
    for (const auto& record : drawn.records) {
      const auto wrapped = wrap(world, record, at);
      for (const auto& person : drawn.persons)
        for (const std::string item : {"", "g1", "g2"})
          if (ask(world, person, record, item, at).permit)
            REQUIRE(std::binary_search(wrapped.begin(), wrapped.end(), person));
    }
    for (const auto& item : drawn.items)
      for (const auto& person : epoch(world, item, at)) {
        const auto who = world.persons.find_defined(person);
        const auto where = world.items.find_defined(item);
        const Seated* seated = world.seat(where, who);
        REQUIRE(seated != nullptr);
        REQUIRE(world.acknowledged(where, who));
        if (is_professional(seated->seat)) REQUIRE_FALSE(recused(world, world.items[where].in_case, who));
      }
  }
}

TEST_CASE("a record learned without consent reaches no item that requires it, save in an emergency") {
  for (std::uint32_t seed = 1; seed <= ledgers; ++seed) {
    const RandomTown drawn(seed, tries);
    const World& world = drawn.town().world();
    for (const auto& record : drawn.records) {
      const auto id = world.records.find_defined(record);
      if (!id.known() || !world.records[id].origin.known() || world.bases.name(world.records[id].origin) != "SWA106_6")
        continue;
      for (const auto& person : drawn.persons) {
        const auto decision = ask(world, person, record, "g2", drawn.town().now());
        REQUIRE((!decision.permit || decision.ground == Ground::EMERGENCY));
      }
    }
  }
}

TEST_CASE("whereabouts reach an opponent of a live protection on no path") {
  std::size_t asked = 0;
  for (std::uint32_t seed = 1; seed <= ledgers; ++seed) {
    const RandomTown drawn(seed, tries);
    const World& world = drawn.town().world();
    each_question(drawn, [&](const std::string& person, const std::string& record, const std::string& item) {
      const auto id = world.records.find_defined(record);
      if (!id.known() || !world.records[id].categories.has(Category::PADR)) return;
      const auto& subjects = world.records[id].subjects;
      const bool opponent = std::any_of(subjects.begin(), subjects.end(), [&](SubjectId one) {
        return opposing(world, world.persons.find_defined(person), one) != nullptr;
      });
      if (!opponent) return;
      ++asked;
      const auto decision = ask(world, person, record, item, drawn.town().now());
      REQUIRE_FALSE(decision.permit);
      REQUIRE(decision.hidden);
    });
  }
  CHECK(asked > 20);
}

TEST_CASE("a refusal opens nothing, and a grant closes nothing") {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    const RandomTown drawn(seed, tries);
    const World& world = drawn.town().world();
    const Instant at = drawn.town().now();
    for (const ConsentState state : {ConsentState::refused, ConsentState::granted}) {
      Statement word;
      word.kind = Kind::consent_record;
      word.by = "doi";
      word.consent = "d-new";
      word.case_id = "c1";
      word.subject = "s1";
      word.giver = "self";
      word.state = state;
      word.categories.named = {Category::HOU, Category::MED};
      word.recipients.all = true;
      word.purpose = "support";
      word.method = ConsentMethod::written;
      word.evidence = "e";
      word.at_ms = at;
      World after = world;
      if (after.accept(word, after.next_index())) continue;  // doi lost the office in this ledger
      each_question(drawn, [&](const std::string& person, const std::string& record, const std::string& item) {
        const bool before = ask(world, person, record, item, at).permit;
        const bool now = ask(after, person, record, item, at).permit;
        // A claim REBASE is lost where the record may flow no better; it never is by a grant.
        if (state == ConsentState::refused) REQUIRE((before || !now));
        if (state == ConsentState::granted) REQUIRE((!before || now));
      });
    }
  }
}
