#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "policy/verdict.hpp"
#include "tests/policy/laws/drawn.hpp"

// The gates only choose the reason: in whatever order they are asked, the same is permitted.
namespace {

using namespace kasane::policy;
using kasane::tests::always;
using kasane::tests::each_question;
using kasane::tests::Told;
using kasane::tests::words;

}  // namespace

TEST_CASE("gates asked in any order give the same verdict") {
  std::mt19937 random(7);
  std::size_t permits = 0, denials = 0;
  CHECK(always("gates shuffled", 60, [&](const Told& told) {
    std::vector<Gate> gates(item_gates().begin(), item_gates().end());
    each_question(told, [&](const auto& person, const auto& record, const auto& item) {
      if (item.empty()) return;
      const Question q = question_of(told.world, record, person, {}, item);
      if (!q.record.known() || told.world.persons[q.who].ended()) return;
      Moment moment(told.now);
      const Scene scene{told.world,
                        moment,
                        q.who,
                        q.record,
                        q.item,
                        told.world.seat(q.item, q.who),
                        told.world.in_force(told.world.items[q.item].basis, moment)};
      std::shuffle(gates.begin(), gates.end(), random);
      const bool permit = std::none_of(gates.begin(), gates.end(), [&](Gate gate) { return gate(scene).has_value(); });
      const auto judged = judge(told.world, q, moment);
      (permit ? permits : denials) += 1;
      if (permit == (judged.permit && judged.ground != Ground::EMERGENCY)) return;
      RC_FAIL(words(person, record, item, told.see(person, record, item)) + ", shuffled " +
              (permit ? "permit" : "denial"));
    });
  }));
  CHECK(permits > 100);
  CHECK(denials > 1000);
}
