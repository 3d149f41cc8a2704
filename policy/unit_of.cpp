#include "policy/kinds.hpp"
#include "policy/readers.hpp"

// policy.md §12, the table's left half: an entry's kind says which sort of unit, what it names says which one.
namespace kasane::policy {
namespace {

template <class Table>
std::string item_of(const World& world, const Table& table, const std::string& name) {
  const auto id = table.find(name);
  if (!id.known() || !table[id].item.known()) return {};
  return std::string(world.items.name(table[id].item));
}

/// "An access or notice entry's p is its `person`, or else its author."
const std::string& person_of(const Statement& s) { return s.person.empty() ? s.by : s.person; }

}  // namespace

Unit unit_of(const World& world, const Statement& s) {
  const UnitKind kind = row_of(s.kind).unit;
  switch (kind) {
    case UnitKind::directory:
    case UnitKind::heads:
      return {kind, {}, {}, {}};
    case UnitKind::subject: {
      if (s.kind != Kind::authority_conflict) return {kind, s.subject, {}, {}};
      const auto id = world.authorities.find(s.authority);
      if (!id.known() || !world.authorities[id].subject.known()) return {kind, {}, {}, {}};
      return {kind, std::string(world.subjects.name(world.authorities[id].subject)), {}, {}};
    }
    case UnitKind::household_case:
      return {kind, s.case_id, {}, {}};
    case UnitKind::emergency:
      return {kind, s.emergency, {}, {}};
    case UnitKind::conference:
      return {kind, s.conference, {}, {}};
    case UnitKind::notice:
      return {kind, s.conference, s.basis, person_of(s)};
    case UnitKind::item:
      return {kind, s.kind == Kind::message_withdraw ? item_of(world, world.messages, s.message) : s.item, {}, {}};
    case UnitKind::work:
      if (s.kind == Kind::task_end) return {kind, item_of(world, world.tasks, s.task), {}, {}};
      if (s.kind == Kind::decision_confirm) return {kind, item_of(world, world.decisions, s.decision), {}, {}};
      if (s.kind == Kind::request_answer) return {kind, item_of(world, world.requests, s.request), {}, {}};
      return {kind, s.item, {}, {}};
    case UnitKind::order:
      return {kind, s.item, s.person, {}};
    case UnitKind::record:
      return {kind, s.record, {}, {}};
    case UnitKind::access:
      return {kind, s.record, person_of(s), {}};
    case UnitKind::denial:
      return {kind, s.record, s.person, {}};
    case UnitKind::audit:
      return {kind, s.by, {}, {}};
  }
  return {};
}

Unit World::unit(UnitId id) const {
  const UnitKey& key = units[id.row].key;
  Unit unit{key.kind, {}, {}, {}};
  switch (key.kind) {
    case UnitKind::directory:
    case UnitKind::heads:
      break;
    case UnitKind::subject:
      unit.a = subjects.name({key.a});
      break;
    case UnitKind::household_case:
      unit.a = cases.name({key.a});
      break;
    case UnitKind::emergency:
      unit.a = emergencies.name({key.a});
      break;
    case UnitKind::conference:
    case UnitKind::notice:
      unit.a = conferences.name({key.a});
      unit.b = bases.name({key.b});
      unit.c = persons.name({key.c});
      break;
    case UnitKind::item:
    case UnitKind::work:
    case UnitKind::order:
      unit.a = items.name({key.a});
      unit.b = persons.name({key.b});
      break;
    case UnitKind::record:
    case UnitKind::access:
    case UnitKind::denial:
      unit.a = records.name({key.a});
      unit.b = persons.name({key.b});
      break;
    case UnitKind::audit:
      unit.a = persons.name({key.a});
      break;
  }
  return unit;
}

UnitKey World::key_of(const Unit& unit) const {
  UnitKey key;
  key.kind = unit.kind;
  switch (unit.kind) {
    case UnitKind::directory:
    case UnitKind::heads:
      break;
    case UnitKind::subject:
      key.a = subjects.find(unit.a).row;
      break;
    case UnitKind::household_case:
      key.a = cases.find(unit.a).row;
      break;
    case UnitKind::emergency:
      key.a = emergencies.find(unit.a).row;
      break;
    case UnitKind::conference:
      key.a = conferences.find(unit.a).row;
      break;
    case UnitKind::notice:
      key.a = conferences.find(unit.a).row;
      key.b = bases.find(unit.b).row;
      key.c = persons.find(unit.c).row;
      break;
    case UnitKind::item:
    case UnitKind::work:
      key.a = items.find(unit.a).row;
      break;
    case UnitKind::order:
      key.a = items.find(unit.a).row;
      key.b = persons.find(unit.b).row;
      break;
    case UnitKind::record:
      key.a = records.find(unit.a).row;
      break;
    case UnitKind::access:
    case UnitKind::denial:
      key.a = records.find(unit.a).row;
      key.b = persons.find(unit.b).row;
      break;
    case UnitKind::audit:
      key.a = persons.find(unit.a).row;
      break;
  }
  return key;
}

}  // namespace kasane::policy
