#include "policy/apply.hpp"

#include <algorithm>

#include "policy/kinds.hpp"

namespace kasane::policy {

void World::apply(const Statement& statement, Index index) {
  Apply applying(*this, statement, index);
  (applying.*row_of(statement.kind).apply)();
  clock_ = clock_ ? std::max(*clock_, statement.at_ms) : statement.at_ms;
  next_index_ = index + 1;
  UnitKey key;
  const auto fresh = static_cast<std::uint32_t>(units.size());
  UnitId& slot = unit_slot(statement, key);
  const UnitId unit = slot.known() ? slot : slot = UnitId{fresh};
  if (unit.row == fresh) units.push_back({key, {}});
  units.edit(unit.row).entries.push_back(index);
}

namespace {

UnitId& further(UnitsOf& units, const UnitKey& key) {
  for (auto& one : units.further)
    if (one.kind == key.kind && one.b == key.b && one.c == key.c) return one.unit;
  return units.further.emplace_back(UnitsOf::Further{key.kind, key.b, key.c, {}}).unit;
}

}  // namespace

/// Where the unit of an applied statement is kept; `unit_of` with rows in place of names.
UnitId& World::unit_slot(const Statement& s, UnitKey& key) {
  key.kind = row_of(s.kind).unit;
  const auto person = [&] { return persons.intern(s.person.empty() ? s.by : s.person).row; };
  const auto of = [&](auto& table, std::string_view name) -> UnitsOf& {
    const auto id = table.intern(name);
    key.a = id.row;
    return table.edit(id).units;
  };
  const auto of_item = [&](ItemId id) -> UnitsOf& {
    const ItemId item = id.known() ? id : items.intern({});
    key.a = item.row;
    return items.edit(item).units;
  };
  switch (key.kind) {
    case UnitKind::directory:
      return directory_;
    case UnitKind::heads:
      return heads_;
    case UnitKind::subject: {
      if (s.kind != Kind::authority_conflict) return of(subjects, s.subject).own;
      const SubjectId subject = authorities[authorities.intern(s.authority)].subject;
      return of(subjects, subjects.name(subject)).own;
    }
    case UnitKind::household_case:
      return of(cases, s.case_id).own;
    case UnitKind::emergency:
      return of(emergencies, s.emergency).own;
    case UnitKind::conference:
      return of(conferences, s.conference).own;
    case UnitKind::notice: {
      key.b = bases.intern(s.basis).row;
      key.c = person();
      return further(of(conferences, s.conference), key);
    }
    case UnitKind::item:
      return (s.kind == Kind::message_withdraw ? of_item(messages[messages.intern(s.message)].item) : of(items, s.item))
          .own;
    case UnitKind::work:
      if (s.kind == Kind::task_end) return of_item(tasks[tasks.intern(s.task)].item).work;
      if (s.kind == Kind::decision_confirm) return of_item(decisions[decisions.intern(s.decision)].item).work;
      if (s.kind == Kind::request_answer) return of_item(requests[requests.intern(s.request)].item).work;
      return of(items, s.item).work;
    case UnitKind::order:
      key.b = person();
      return further(of(items, s.item), key);
    case UnitKind::record:
      return of(records, s.record).own;
    case UnitKind::access:
    case UnitKind::denial:
      key.b = person();
      return further(of(records, s.record), key);
    case UnitKind::audit:
      break;
  }
  return of(persons, s.by).own;
}

}  // namespace kasane::policy
