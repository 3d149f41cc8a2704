#include "policy/readers.hpp"

#include <algorithm>
#include <set>

#include "policy/action.hpp"
#include "policy/reader.hpp"
#include "policy/verdict.hpp"

namespace kasane::policy {

bool recused(const World& world, CaseId in_case, PersonId person) {
  if (declared_conflict(world, in_case, person) != nullptr) return true;
  const auto& subjects = world.cases[in_case].subjects;
  return std::any_of(subjects.begin(), subjects.end(), [&](const CaseSubject& entry) {
    return recused_by_subject(world, person, entry.subject).has_value();
  });
}

bool Reader::role(Role role) const { return w_.has_role(who_, role); }

bool Reader::professional(ItemId item) const {
  const Seated* seated = w_.seat(item, who_);
  return seated != nullptr && is_professional(seated->seat);
}

bool Reader::household_case(CaseId id) {
  if (recused(w_, id, who_)) return false;
  if (role(Role::coordinator) || role(Role::consent_officer) || role(Role::protection) || role(Role::compliance))
    return true;
  for (const auto item : w_.persons[who_].seated) {
    const Item& row = w_.items[item];
    if (row.in_case != id || !row.defined) continue;
    const Seat seat = w_.seat(item, who_)->seat;
    if (!row.closed() && is_professional(seat)) return true;
    if (row.closed() && (seat == Seat::chair || seat == Seat::recorder) && !w_.conferences[row.conference].closed())
      return true;
  }
  for (const auto task : w_.persons[who_].tasks) {
    const Task& row = w_.tasks[task];
    if (w_.items[row.item].in_case != id || row.ended_index != no_index || moment_.reached(row.to)) continue;
    if (professional(row.item)) return true;
  }
  return false;
}

bool Reader::subject(SubjectId id) {
  const auto& cases = w_.subjects[id].cases;
  return std::any_of(cases.begin(), cases.end(), [&](CaseId one) { return household_case(one); });
}

bool Reader::emergency(EmergencyId id) {
  const Emergency& row = w_.emergencies[id];
  if (household_case(row.in_case)) return true;
  return row.person == who_ && !recused(w_, row.in_case, who_);
}

bool Reader::item(ItemId id) {
  const Item& row = w_.items[id];
  const Seated* seated = w_.seat(id, who_);
  if (recused(w_, row.in_case, who_)) return seated != nullptr && is_private(seated->seat);
  return seated != nullptr || w_.is_case_coordinator(row.in_case, who_) || row.added_by == who_ ||
         role(Role::compliance);
}

bool Reader::work(ItemId id) {
  const Item& row = w_.items[id];
  if (recused(w_, row.in_case, who_)) return false;
  return professional(id) || w_.is_case_coordinator(row.in_case, who_) || role(Role::compliance);
}

bool Reader::order(ItemId id, PersonId person) {
  const Item& row = w_.items[id];
  const Seated* seated = w_.seat(id, who_);
  const bool own = person == who_ && seated != nullptr;
  if (recused(w_, row.in_case, who_)) return own && is_private(seated->seat);
  return own || professional(id) || w_.is_case_coordinator(row.in_case, who_) || role(Role::compliance);
}

bool Reader::conference(ConferenceId id) {
  if (role(Role::coordinator) || role(Role::compliance)) return true;
  const auto& items = w_.conferences[id].items;
  return std::any_of(items.begin(), items.end(), [&](ItemId one) { return item(one); });
}

bool Reader::notice(ConferenceId id, BasisId basis, PersonId person) {
  if (person == who_ || role(Role::coordinator) || role(Role::compliance)) return true;
  const auto& items = w_.conferences[id].items;
  return std::any_of(items.begin(), items.end(), [&](ItemId one) {
    return w_.items[one].basis == basis && w_.seat(one, who_) != nullptr && w_.seat(one, person) != nullptr;
  });
}

bool Reader::shown(RecordId id, bool desk, bool private_only) {
  Question q;
  q.who = who_;
  q.record = id;
  if (desk && !judge(w_, q, moment_).hidden) return true;
  q.names_item = true;
  for (const auto item : w_.persons[who_].seated) {
    const Item& row = w_.items[item];
    if (row.closed() || row.in_case != w_.records[id].in_case) continue;
    if (private_only && !is_private(w_.seat(item, who_)->seat)) continue;
    q.item = item;
    if (!judge(w_, q, moment_).hidden) return true;
  }
  return false;
}

bool Reader::record(RecordId id) {
  const Record& row = w_.records[id];
  // Recused: only, in a private seat, the records that are not hidden from them there.
  if (recused(w_, row.in_case, who_)) return shown(id, false, true);
  if (row.author == who_ || w_.is_case_coordinator(row.in_case, who_) || role(Role::compliance)) return true;
  return shown(id, true, false);
}

bool Reader::access(RecordId id, PersonId person) {
  if (person == who_) return true;
  const Record& row = w_.records[id];
  if (recused(w_, row.in_case, who_)) return false;
  return row.author == who_ || w_.is_case_coordinator(row.in_case, who_) || role(Role::compliance) ||
         (row.item.known() && w_.is_chair(row.item, who_));
}

bool Reader::unit(const Unit& u) {
  if (!who_.known() || !w_.persons[who_].defined || w_.persons[who_].ended()) return false;
  switch (u.kind) {
    case UnitKind::directory:
    case UnitKind::heads:
      return true;
    case UnitKind::subject: {
      const auto id = w_.subjects.find(u.a);
      return id.known() && subject(id);
    }
    case UnitKind::household_case: {
      const auto id = w_.cases.find_defined(u.a);
      return id.known() && household_case(id);
    }
    case UnitKind::emergency: {
      const auto id = w_.emergencies.find_defined(u.a);
      return id.known() && emergency(id);
    }
    case UnitKind::conference: {
      const auto id = w_.conferences.find_defined(u.a);
      return id.known() && conference(id);
    }
    case UnitKind::notice: {
      const auto id = w_.conferences.find_defined(u.a);
      const auto basis = w_.bases.find(u.b);
      const auto person = w_.persons.find(u.c);
      return id.known() && basis.known() && person.known() && notice(id, basis, person);
    }
    case UnitKind::item:
    case UnitKind::work:
    case UnitKind::order: {
      const auto id = w_.items.find_defined(u.a);
      if (!id.known()) return false;
      if (u.kind == UnitKind::item) return item(id);
      if (u.kind == UnitKind::work) return work(id);
      const auto person = w_.persons.find(u.b);
      return person.known() && order(id, person);
    }
    case UnitKind::record: {
      const auto id = w_.records.find_defined(u.a);
      return id.known() && record(id);
    }
    case UnitKind::access: {
      const auto id = w_.records.find_defined(u.a);
      const auto person = w_.persons.find(u.b);
      return id.known() && person.known() && access(id, person);
    }
    case UnitKind::denial:
      return role(Role::compliance);
    case UnitKind::audit:
      return role(Role::compliance) || w_.persons.find(u.a) == who_;
  }
  return false;
}

bool may_read(const World& world, std::string_view person, const Unit& unit, Instant at) {
  Moment moment(at);
  return Reader(world, world.persons.find_defined(person), moment).unit(unit);
}

Readers readers(const World& world, const Unit& unit, Instant at) {
  Moment moment(at);
  Readers found;
  for (std::uint32_t row = 0; row < world.persons.size(); ++row) {
    const PersonId person{row};
    if (Reader(world, person, moment).unit(unit)) found.persons.emplace_back(world.persons.name(person));
  }
  std::sort(found.persons.begin(), found.persons.end());
  found.until = moment.next();
  return found;
}

std::vector<Index> entries(const World& world, std::string_view person, Instant at) {
  Moment moment(at);
  Reader reading(world, world.persons.find_defined(person), moment);
  std::vector<Index> found;
  for (std::uint32_t row = 0; row < world.units.size(); ++row) {
    const UnitRow& unit = world.units[UnitId{row}];
    if (reading.unit(unit.unit)) found.insert(found.end(), unit.entries.begin(), unit.entries.end());
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace kasane::policy
