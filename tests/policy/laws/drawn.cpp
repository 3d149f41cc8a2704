#include "tests/policy/laws/drawn.hpp"

#include <cstdlib>
#include <iostream>

#include "server/wire/json.hpp"
#include "server/wire/payload.hpp"
#include "tests/policy/nightly.hpp"
#include "tests/policy/random_town.hpp"

namespace kasane::tests {
namespace {

/// Takes out of the ledger what does not serve; rapidcheck tries large pieces first.
rc::Seq<Drawn> smaller(const Drawn& drawn) {
  const policy::Instant now = drawn.now;
  std::vector<std::size_t> places(drawn.said.size());
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
  return rc::seq::map(rc::shrink::removeChunks(places), [now, said = drawn.said](const std::vector<std::size_t>& kept) {
    Drawn less{{}, now};
    for (const auto place : kept) less.said.push_back(said[place]);
    return less;
  });
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Drawn& drawn) {
  out << "at " << policy::print_instant(drawn.now) << " after\n";
  for (const auto& statement : Told(drawn).ledger)
    out << wire::print_json(wire::write_statement(statement, wire::StatementForm::scenario)) << '\n';
  return out;
}

rc::Gen<Drawn> drawn_ledger(int tries) {
  const auto seeds = rc::gen::noShrink(rc::gen::inRange<std::uint32_t>(1, 1U << 30U));
  return rc::gen::shrink(rc::gen::map(seeds,
                                      [tries](std::uint32_t seed) {
                                        const RandomTown town(seed, tries);
                                        return Drawn{town.town().accepted(), town.town().now()};
                                      }),
                         smaller);
}

Told::Told(const Drawn& drawn) : now(drawn.now), places{""} {
  using policy::Kind;
  for (const auto& statement : drawn.said) {
    if (world.accept(statement, static_cast<policy::Index>(ledger.size()))) continue;
    ledger.push_back(statement);
    if (statement.kind == Kind::tenant_found || statement.kind == Kind::person_add) persons.push_back(statement.person);
    if (statement.kind == Kind::record_share || statement.kind == Kind::record_rebase)
      records.push_back(statement.record);
    if (statement.kind == Kind::case_open) cases.push_back(statement.case_id);
    if (statement.kind != Kind::item_add) continue;
    items.push_back(statement.item);
    places.push_back(statement.item);
  }
}

std::string words(const std::string& person, const std::string& record, const std::string& item,
                  const policy::Decision& decision) {
  std::string out = person + " about " + record + (item.empty() ? " at the desk" : " at " + item) + ": ";
  if (decision.ground) out += std::string(name_of(*decision.ground));
  if (decision.reason) out += std::string(name_of(*decision.reason));
  return out + (decision.hidden ? " hidden" : "");
}

bool always(const char* law, int ledgers, const std::function<void(const Told&)>& property) {
  setenv("RC_PARAMS", "seed=20260708", 0);  // the same ledgers each time, unless it is given
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  params.maxSuccess = nightly() ? 20 * ledgers : ledgers;
  rc::detail::TestMetadata metadata;
  metadata.id = metadata.description = law;
  const auto result = rc::detail::checkTestable([&] { property(Told(*drawn_ledger())); }, metadata, params);
  if (result.template is<rc::detail::SuccessResult>()) return true;
  std::cerr << "- " << law << '\n';
  rc::detail::printResultMessage(result, std::cerr);
  std::cerr << std::endl;
  return false;
}

}  // namespace kasane::tests
