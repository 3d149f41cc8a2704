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

bool Reader::unit(const UnitKey& u) {
  if (!who_.known() || !w_.persons[who_].defined || w_.persons[who_].ended()) return false;
  const PersonId person{u.b};
  switch (u.kind) {
    case UnitKind::directory:
    case UnitKind::heads:
      return true;
    case UnitKind::subject:
      return SubjectId{u.a}.known() && subject({u.a});
    case UnitKind::household_case:
      return w_.cases[{u.a}].defined && household_case({u.a});
    case UnitKind::emergency:
      return w_.emergencies[{u.a}].defined && emergency({u.a});
    case UnitKind::conference:
      return w_.conferences[{u.a}].defined && conference({u.a});
    case UnitKind::notice:
      return w_.conferences[{u.a}].defined && BasisId{u.b}.known() && PersonId{u.c}.known() &&
             notice({u.a}, {u.b}, {u.c});
    case UnitKind::item:
      return w_.items[{u.a}].defined && item({u.a});
    case UnitKind::work:
      return w_.items[{u.a}].defined && work({u.a});
    case UnitKind::order:
      return w_.items[{u.a}].defined && person.known() && order({u.a}, person);
    case UnitKind::record:
      return w_.records[{u.a}].defined && record({u.a});
    case UnitKind::access:
      return w_.records[{u.a}].defined && person.known() && access({u.a}, person);
    case UnitKind::denial:
      return role(Role::compliance);
    case UnitKind::audit:
      return role(Role::compliance) || (PersonId{u.a}.known() && PersonId{u.a} == who_);
  }
  return false;
}

bool may_read(const World& world, std::string_view person, const Unit& unit, Instant at) {
  Moment moment(at);
  return Reader(world, world.persons.find_defined(person), moment).unit(world.key_of(unit));
}

namespace {

/// Who could read a unit at all, by what the table of policy.md §12 goes by: for the others it need not be asked.
class Candidates {
 public:
  Candidates(const World& world, const UnitKey& unit)
      : w_(world), persons_(world.officers()) {  // coordinators, consent_officer, protection, compliance
    add(unit);
    std::sort(persons_.begin(), persons_.end());
    persons_.erase(std::unique(persons_.begin(), persons_.end()), persons_.end());
  }
  const std::vector<PersonId>& persons() const { return persons_; }

 private:
  void add(PersonId person) {
    if (person.known()) persons_.push_back(person);
  }
  void seated(ItemId item) {
    add(w_.items[item].added_by);
    for (const auto& one : w_.items[item].seats) add(one.person);
  }
  void of_case(CaseId id) {
    const Case& row = w_.cases[id];
    add(row.coordinator);
    for (const auto item : row.items) seated(item);
    for (const auto task : row.tasks) add(w_.tasks[task].person);
    for (const auto emergency : row.emergencies) add(w_.emergencies[emergency].person);
  }
  void add(const UnitKey& unit) {
    switch (unit.kind) {
      case UnitKind::directory:
      case UnitKind::heads:
        for (std::uint32_t row = 0; row < w_.persons.size(); ++row) persons_.push_back({row});
        return;
      case UnitKind::subject:
        for (const auto one : w_.subjects[{unit.a}].cases) of_case(one);
        return;
      case UnitKind::household_case:
        return of_case({unit.a});
      case UnitKind::emergency:
        add(w_.emergencies[{unit.a}].person);
        return of_case(w_.emergencies[{unit.a}].in_case);
      case UnitKind::conference:
      case UnitKind::notice:
        add(PersonId{unit.c});
        for (const auto item : w_.conferences[{unit.a}].items) {
          seated(item);
          add(w_.cases[w_.items[item].in_case].coordinator);
        }
        return;
      case UnitKind::item:
      case UnitKind::work:
      case UnitKind::order:
        add(PersonId{unit.b});
        seated({unit.a});
        return add(w_.cases[w_.items[{unit.a}].in_case].coordinator);
      case UnitKind::record:
      case UnitKind::access:
      case UnitKind::denial: {
        const Record& record = w_.records[{unit.a}];
        add(PersonId{unit.b});
        add(record.author);
        seated(record.item);
        for (const auto task : record.tasks) add(w_.tasks[task].person);
        return of_case(record.in_case);
      }
      case UnitKind::audit:
        return add(PersonId{unit.a});
    }
  }
  const World& w_;
  std::vector<PersonId> persons_;
};

}  // namespace

Readers readers(const World& world, const Unit& unit, Instant at) {
  Moment moment(at);
  Readers found;
  const UnitKey key = world.key_of(unit);
  const Candidates candidates(world, key);
  for (const auto person : candidates.persons())
    if (Reader(world, person, moment).unit(key)) found.persons.emplace_back(world.persons.name(person));
  std::sort(found.persons.begin(), found.persons.end());
  found.until = moment.next();
  return found;
}

std::vector<Index> entries(const World& world, std::string_view person, Instant at) {
  Moment moment(at);
  Reader reading(world, world.persons.find_defined(person), moment);
  std::vector<Index> found;
  for (std::uint32_t row = 0; row < world.units.size(); ++row) {
    const UnitRow& unit = world.units[row];
    if (reading.unit(unit.key)) found.insert(found.end(), unit.entries.begin(), unit.entries.end());
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace kasane::policy
