#include <algorithm>

#include "policy/gates/gate.hpp"

namespace kasane::policy {

const Conflict* declared_conflict(const World& world, CaseId in_case, PersonId person) {
  for (const auto& conflict : world.cases[in_case].conflicts)
    if (conflict.person == person) return &conflict;
  return nullptr;
}

const Protection* opposing(const World& world, PersonId person, SubjectId subject) {
  const auto& protections = world.subjects[subject].protections;
  if (protections.empty()) return nullptr;
  const Person& row = world.persons[person];
  for (const auto& protection : protections) {
    const auto is_opponent = [&](SubjectId one) {
      return std::find(protection.subjects.begin(), protection.subjects.end(), one) != protection.subjects.end();
    };
    if (std::find(protection.persons.begin(), protection.persons.end(), person) != protection.persons.end())
      return &protection;
    // Seated as an opponent, at any item; or holding an authority for one, whatever its period.
    for (const auto item : row.seated) {
      const Seated* seated = world.seat(item, person);
      if (seated != nullptr && seated->as.known() && is_opponent(seated->as)) return &protection;
    }
    for (const auto authority : row.authorities)
      if (is_opponent(world.authorities[authority].subject)) return &protection;
  }
  return nullptr;
}

Verdict recused_by_subject(const World& world, PersonId person, SubjectId subject) {
  if (const Protection* protection = opposing(world, person, subject))
    return Denial{Reason::RECUSED, true, {protection->index}};
  for (const auto id : world.persons[person].authorities) {
    const Authority& authority = world.authorities[id];
    if (authority.conflict && authority.subject == subject)
      return Denial{Reason::RECUSED, true, {authority.index, authority.conflict_index}};
  }
  return std::nullopt;
}

namespace gate {

// policy.md §5 step 4.
Verdict conflict(const Scene& s) {
  if (const Conflict* declared = declared_conflict(s.world, s.rec().in_case, s.who))
    return Denial{Reason::RECUSED, true, {declared->index}};
  for (const auto subject : s.rec().subjects)
    if (auto denial = recused_by_subject(s.world, s.who, subject)) return denial;
  return std::nullopt;
}

}  // namespace gate
}  // namespace kasane::policy
