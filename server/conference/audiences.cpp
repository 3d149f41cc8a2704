#include "server/conference/audiences.hpp"

#include <algorithm>

namespace kasane::conference {

Audiences::Audience& Audiences::reckon(const policy::World& world, const log::Units& units, log::UnitNumber unit,
                                       policy::Instant at) {
  if (audiences_.size() < units.size()) audiences_.resize(units.size());
  Audience& audience = audiences_[unit];
  if (audience.until) untils_.erase({*audience.until, unit});
  audience = {true, {}, std::nullopt};
  const auto parsed = policy::parse_unit(units[unit].name);
  if (!parsed) return audience;  // the writer names units by Unit::name alone
  const policy::Readers readers = policy::readers(world, *parsed, at);
  for (const auto& person : readers.persons) audience.persons.push_back(world.persons.find(person));
  std::ranges::sort(audience.persons);
  audience.until = readers.until;
  if (audience.until) untils_.insert({*audience.until, unit});
  return audience;
}

const std::vector<policy::PersonId>& Audiences::of(const policy::World& world, const log::Units& units,
                                                   log::UnitNumber unit, policy::Instant at) {
  if (unit < audiences_.size() && audiences_[unit].known) return audiences_[unit].persons;
  return reckon(world, units, unit, at).persons;
}

bool Audiences::reads(const policy::World& world, const log::Units& units, log::UnitNumber unit,
                      policy::PersonId person, policy::Instant at) {
  return std::ranges::binary_search(of(world, units, unit, at), person);
}

std::vector<Audiences::Change> Audiences::renew(const policy::World& world, const log::Units& units,
                                                std::span<const log::UnitNumber> touched, policy::Instant at) {
  std::vector<Change> changes;
  for (const log::UnitNumber unit : touched) {
    if (unit >= audiences_.size() || !audiences_[unit].known) continue;
    const std::vector<policy::PersonId> before = std::move(audiences_[unit].persons);
    const auto& after = reckon(world, units, unit, at).persons;
    Change change{unit, {}, {}};
    std::ranges::set_difference(after, before, std::back_inserter(change.opened));
    std::ranges::set_difference(before, after, std::back_inserter(change.closed));
    if (!change.opened.empty() || !change.closed.empty()) changes.push_back(std::move(change));
  }
  return changes;
}

std::vector<log::UnitNumber> Audiences::due(policy::Instant at) const {
  std::vector<log::UnitNumber> units;
  for (const auto& [until, unit] : untils_) {
    if (until > at) break;
    units.push_back(unit);
  }
  std::ranges::sort(units);
  return units;
}
std::optional<policy::Instant> Audiences::next_due() const {
  return untils_.empty() ? std::nullopt : std::optional(untils_.begin()->first);
}
void Audiences::forget() {
  audiences_.clear();
  untils_.clear();
}

std::vector<log::UnitNumber> touched_units(const policy::World& world, const log::Units& units,
                                           std::span<const policy::Statement> batch) {
  std::vector<log::UnitNumber> numbers;
  if (batch.empty()) return numbers;
  const policy::Touched touched = policy::touched(world, batch);
  if (touched.everything) {
    for (log::UnitNumber unit = 0; unit < units.size(); ++unit) numbers.push_back(unit);
    return numbers;
  }
  const auto add = [&](const policy::Unit& unit) {
    if (const auto number = units.find(unit.name())) numbers.push_back(*number);
  };
  for (const policy::Unit& unit : touched.units) add(unit);
  for (const policy::CaseId in_case : touched.cases) {
    for (const policy::Unit& unit : policy::units_of(world, in_case)) add(unit);
    for (const auto& one : world.cases[in_case].subjects)  // their units are there before their first entry
      add({policy::UnitKind::subject, std::string(world.subjects.name(one.subject)), {}, {}});
  }
  std::ranges::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

}  // namespace kasane::conference
