// Adding statements up to a World, and asking who reads what a batch has touched.
#include <algorithm>
#include <set>

#include "policy/readers.hpp"
#include "tests/bench/figures.hpp"
#include "tests/bench/municipality.hpp"

namespace kasane::bench {
namespace {

constexpr int chunk = 5'000;
constexpr int household_count = 500;

/// Sixty of a hundred are messages, thirty consents, ten records.
policy::Statement draw(const Municipality& town, std::mt19937& draw, std::size_t number) {
  const auto household = static_cast<int>(number % static_cast<std::size_t>(town.size().households));
  const auto kind = number % 10;
  if (kind >= 6 && kind < 9) {
    const Consent consent{household, static_cast<int>(draw() % agency_count), policy::Category::MED, draw() % 5 != 0};
    return consent_statement(consent, household, town.consents().size() + number);
  }
  policy::Statement statement;
  statement.by = Municipality::person(static_cast<int>(draw() % static_cast<unsigned>(town.size().persons)));
  if (kind < 6) {
    statement.kind = policy::Kind::message_post;
    statement.item = Municipality::item(household);
    statement.message = "m-" + std::to_string(number);
    return statement;
  }
  statement.kind = policy::Kind::record_share;
  statement.by = Municipality::person(0);
  statement.record = "x-" + std::to_string(number);
  statement.case_id = Municipality::household(household);
  policy::Label label;
  label.subjects = {Municipality::subject(household)};
  label.categories = {policy::Category::BEN};
  label.agency = Municipality::agency(0);
  label.origin = policy::intake_origin;
  statement.label = std::move(label);
  return statement;
}

/// Millions of statements a second. `checked`: as if they came now; otherwise a replay of what was accepted, as at a
/// start.
double fold(const Municipality& town, int statements, bool checked) {
  auto world = town.world();
  std::mt19937 numbers(11);
  auto index = world.next_index();
  double spent = 0;
  for (int done = 0; done < statements; done += chunk) {
    std::vector<policy::Statement> batch;
    for (int i = 0; i < chunk && done + i < statements; ++i) {
      batch.push_back(draw(town, numbers, static_cast<std::size_t>(done + i)));
      batch.back().at_ms = town.now();
    }
    const double before = own_cpu_us();
    for (const auto& statement : batch) {
      if (!checked) {
        world.replay(statement, index++);
      } else if (const auto reason = world.accept(statement, index++)) {
        fail("the policy refuses a statement: " + std::string(policy::name_of(*reason)));
      }
    }
    spent += own_cpu_us() - before;
  }
  return statements / spent;
}

/// After a batch of a consent and a new seat: which units it touched, and the readers of each.
struct Renewal {
  double ms;
  std::size_t units;
};
Renewal renew(const Municipality& town, const policy::World& before) {
  auto world = before;
  policy::Statement seat;
  seat.kind = policy::Kind::item_seat;
  seat.by = Municipality::person(0);
  seat.item = Municipality::item(1);
  seat.person = Municipality::person(town.size().persons - 1);
  seat.seat = policy::Seat::recorder;
  std::vector<policy::Statement> batch{
      consent_statement({0, 1, policy::Category::MED, true}, 0, town.consents().size()), seat};
  for (auto& statement : batch) {
    statement.at_ms = town.now();
    if (world.accept(statement, world.next_index())) fail("the policy refuses the batch");
  }
  const double began = own_cpu_us();
  const auto touched = policy::touched(world, batch);
  if (touched.everything) fail("a consent and a seat touch everything");
  std::vector<policy::Unit> units = touched.units;
  for (const auto in_case : touched.cases)
    for (auto& unit : policy::units_of(world, in_case)) units.push_back(std::move(unit));
  std::size_t readers = 0;
  for (const auto& unit : units) readers += policy::readers(world, unit, town.now()).persons.size();
  if (readers == 0) fail("nobody reads what was touched");
  return {(own_cpu_us() - began) / 1e3, units.size()};
}

void run(const Settings& settings) {
  pin(Core::generator);
  const Municipality seated({settings.sized(household_count, 5)});
  const Municipality many({settings.sized(100, 3), 1, settings.sized(1'000, 40), 20, 10});
  const auto world = many.world();
  for (int round = settings.first; round < settings.first + settings.rounds; ++round) {
    figure(round, "fold", "replay", fold(seated, settings.sized(1'000'000, 500), false));
    figure(round, "fold", "accept", fold(seated, settings.sized(200'000, 500), true));
    const auto renewal = renew(many, world);
    figure(round, "readers", "batch", renewal.ms);
    figure(round, "readers-units", "units", static_cast<double>(renewal.units));
  }
}

}  // namespace
}  // namespace kasane::bench

int main(int count, char** words) {
  kasane::bench::run(kasane::bench::settings(count, words));
  return 0;
}
