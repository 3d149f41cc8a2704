#include "policy/stale.hpp"

#include <algorithm>

#include "policy/readers.hpp"

namespace kasane::policy {
namespace {

constexpr Effect neither{false, false}, narrows{true, false}, widens{false, true}, both{true, true};

Effect seat_effect(const World& world, const Statement& s) {
  if (!s.seat) return narrows;
  const auto item = world.items.find_defined(s.item);
  const auto person = world.persons.find_defined(s.person);
  const bool seated = item.known() && person.known() && world.seat(item, person) != nullptr;
  return seated ? both : widens;
}

/// The case that a statement speaks of, by itself, its item, its record, its task, its decision or its emergency.
CaseId case_of(const World& world, const Statement& s) {
  if (!s.case_id.empty()) return world.cases.find(s.case_id);
  const auto of_item = [&](ItemId item) { return item.known() ? world.items[item].in_case : CaseId{}; };
  if (!s.item.empty()) return of_item(world.items.find(s.item));
  if (!s.record.empty()) {
    const auto record = world.records.find(s.record);
    return record.known() ? world.records[record].in_case : CaseId{};
  }
  if (!s.task.empty()) {
    const auto task = world.tasks.find(s.task);
    return task.known() ? of_item(world.tasks[task].item) : CaseId{};
  }
  if (!s.decision.empty()) {
    const auto decision = world.decisions.find(s.decision);
    return decision.known() ? of_item(world.decisions[decision].item) : CaseId{};
  }
  if (!s.emergency.empty()) {
    const auto emergency = world.emergencies.find(s.emergency);
    return emergency.known() ? world.emergencies[emergency].in_case : CaseId{};
  }
  if (!s.authority.empty()) {
    const auto authority = world.authorities.find(s.authority);
    return authority.known() ? world.authorities[authority].in_case : CaseId{};
  }
  return {};
}

}  // namespace

Effect effect_of(const World& world, const Statement& s) {
  switch (s.kind) {
    case Kind::consent_record:
      if (s.state == ConsentState::granted) return widens;
      return s.state == ConsentState::refused || s.state == ConsentState::revoked ? narrows : neither;
    case Kind::item_seat:
      return seat_effect(world, s);
    case Kind::authority_conflict:
      return s.conflict ? narrows : widens;
    case Kind::emergency_review:
      return s.upheld ? neither : narrows;
    case Kind::protect_set:
    case Kind::conflict_declare:
    case Kind::person_end:
    case Kind::device_revoke:
    case Kind::record_withdraw:
    case Kind::record_destroy:
    case Kind::item_suspend:
    case Kind::item_close:
    case Kind::conference_close:
    case Kind::task_end:
      return narrows;
    case Kind::protect_lift:
    case Kind::conflict_lift:
    case Kind::item_add:
    case Kind::record_order:
    case Kind::task_assign:
    case Kind::record_rebase:
    case Kind::emergency_approve:
    case Kind::device_add:
    case Kind::device_vouch:
    case Kind::person_add:
      return widens;
    // Narrow for some and widen for others.
    case Kind::person_roles:
    case Kind::case_subject:
    case Kind::case_coordinator:
    case Kind::basis_register:
    case Kind::matrix_set:
    case Kind::authority_add:
      return both;
    default:
      return neither;
  }
}

bool extends_access(const World& world, const Statement& s) {
  return s.kind == Kind::record_share || s.kind == Kind::key_grant || s.kind == Kind::epoch_commit ||
         effect_of(world, s).widens;
}

std::vector<Unit> rests_on(const World& world, const Statement& s) {
  std::vector<Unit> units{{UnitKind::directory, {}, {}, {}}};
  const auto add = [&](Unit unit) {
    if (std::find(units.begin(), units.end(), unit) == units.end()) units.push_back(std::move(unit));
  };
  add(unit_of(world, s));
  if (!s.item.empty()) add({UnitKind::item, s.item, {}, {}});
  const CaseId in_case = case_of(world, s);
  if (in_case.known()) {
    add({UnitKind::household_case, std::string(world.cases.name(in_case)), {}, {}});
    for (const auto& entry : world.cases[in_case].subjects)
      add({UnitKind::subject, std::string(world.subjects.name(entry.subject)), {}, {}});
  }
  return units;
}

Instant allowed_age_ms(const World& world, const Statement& statement) {
  const Effect effect = effect_of(world, statement);
  return !statement.with.empty() || (effect.narrows && !effect.widens) ? day_ms : 2 * minute_ms;
}

}  // namespace kasane::policy
