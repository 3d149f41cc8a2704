#include <algorithm>
#include <set>
#include <string_view>

#include "policy/consent_cell.hpp"
#include "policy/verdict.hpp"

// policy.md §7: the only way across the border from what was learned without consent.
namespace kasane::policy {
namespace {

bool takes_part_in_protection(const Record& record) { return record.categories.meets(protective()); }

/// Agencies with a professional seat at the item other than the label's, by id.
std::vector<AgencyId> agencies_seated(const World& world, ItemId item, AgencyId label) {
  std::vector<AgencyId> agencies;
  for (const auto& seated : world.items[item].seats) {
    const AgencyId agency = world.persons[seated.person].agency;
    if (!is_professional(seated.seat) || !agency.known() || agency == label) continue;
    if (std::find(agencies.begin(), agencies.end(), agency) == agencies.end()) agencies.push_back(agency);
  }
  std::sort(agencies.begin(), agencies.end(),
            [&](AgencyId a, AgencyId b) { return world.agencies.name(a) < world.agencies.name(b); });
  return agencies;
}

std::optional<CellState> first_not_granted(const World& world, const Record& record,
                                           const std::vector<AgencyId>& agencies, Moment& moment) {
  const PurposeId purpose = world.support();
  for (const auto subject : record.subjects)
    for (const auto category : record.category_list)
      for (const auto agency : agencies) {
        const auto cell = consent_cell(world, {record.in_case, subject, category, {agency, {}}, purpose}, moment);
        if (cell.state != CellState::GRANTED) return cell.state;
      }
  return std::nullopt;
}

}  // namespace

std::optional<Reason> rebase_stop(const World& world, PersonId chair, RecordId source, ItemId item, Moment& moment) {
  const Item& target = world.items[item];
  const Record& record = world.records[source];
  if (!target.defined || !record.defined) return Reason::UNKNOWN;  // not held never opens (policy.md §12)
  if (!world.is_chair(item, chair)) return Reason::NOT_AUTHORISED;
  const BasisVersion* basis = world.in_force(target.basis, moment);
  if (basis == nullptr || !basis->consent_required || !flow_stop(world, source, target.basis, basis).known())
    return Reason::REBASE_NOT_NEEDED;
  if (record.in_case != target.in_case) return Reason::WRONG_CASE;
  if (target.closed()) return Reason::ITEM_CLOSED;

  std::vector<RecordId> line{source};
  each_ancestor(world, record.parents, [&](RecordId parent) {
    line.push_back(parent);
    return true;
  });
  const auto any = [&](auto holds) {
    return std::any_of(line.begin(), line.end(), [&](RecordId one) { return holds(world.records[one]); });
  };
  if (any([](const Record& one) { return !one.defined; })) return Reason::UNKNOWN;
  if (any([](const Record& one) { return one.withdrawn(); })) return Reason::WITHDRAWN;
  if (any(takes_part_in_protection)) return Reason::REBASE_PROTECTED;
  if (record.has_hold && world.persons[chair].agency != record.agency) return Reason::REBASE_ORIGINATOR_HOLD;

  const auto agencies = agencies_seated(world, item, record.agency);
  for (const auto one : line)
    if (const auto state = first_not_granted(world, world.records[one], agencies, moment))
      return rebase_reason_of(*state);
  return std::nullopt;
}

}  // namespace kasane::policy
