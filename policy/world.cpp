#include "policy/world.hpp"

#include <algorithm>

#include "policy/basis_defaults.hpp"

namespace kasane::policy {

World::World() : support_(purposes.intern(support_purpose)) {
  for (const auto& shipped : shipped_bases()) {
    BasisVersion version = version_of(shipped, no_index);
    Basis& row = bases.edit(bases.intern(shipped.basis));
    row.defined = true;
    row.versions.push_back(std::move(version));
  }
  for (std::size_t i = 0; i < agency_type_count; ++i)
    needs_[i].categories = needs_[i].shipped = shipped_needs(static_cast<AgencyType>(i));
}

BasisVersion World::version_of(const Statement& s, Index index) {
  BasisVersion version;
  version.consent_required = s.consent_required;
  version.duty = s.duty;
  version.statutory = s.statutory;
  version.subject_may_attend = s.subject_may_attend;
  version.reading = s.reading;
  for (const auto& code : s.cross_links) version.cross_links.push_back(bases.intern(code));
  version.from = s.from.value_or(s.at_ms);
  version.to = s.to;
  version.texts = s.texts;
  version.index = index;
  return version;
}

void World::set_reader(std::string_view person) {
  partial_ = true;
  reader_ = persons.intern(person);
}

std::int32_t World::version_in_force(BasisId basis, Moment& moment) const {
  const auto& versions = bases[basis].versions;
  for (std::size_t i = versions.size(); i-- > 0;) {
    if (!moment.reached(versions[i].from)) continue;
    return moment.reached(versions[i].to) ? -1 : static_cast<std::int32_t>(i);
  }
  return -1;
}

const BasisVersion* World::in_force(BasisId basis, Moment& moment) const {
  const auto version = version_in_force(basis, moment);
  return version < 0 ? nullptr : &bases[basis].versions[static_cast<std::size_t>(version)];
}

const Seated* World::seat(ItemId item, PersonId person) const { return items[item].seat_of.find(person); }

const CaseSubject* World::subject_of(CaseId in_case, SubjectId subject) const {
  for (const auto& entry : cases[in_case].subjects)
    if (entry.subject == subject) return &entry;
  return nullptr;
}

bool World::has_role(PersonId person, Role role) const { return person.known() && persons[person].roles.has(role); }

PersonId World::case_coordinator(CaseId in_case) const {
  const PersonId coordinator = cases[in_case].coordinator;
  return has_role(coordinator, Role::coordinator) ? coordinator : PersonId{};
}

bool World::is_case_coordinator(CaseId in_case, PersonId person) const {
  return person.known() && case_coordinator(in_case) == person;
}

bool World::is_chair(ItemId item, PersonId person) const {
  const Seated* seated = seat(item, person);
  return seated != nullptr && seated->seat == Seat::chair;
}

std::optional<Notice> World::notice_due(ItemId item) const {
  const Item& at = items[item];
  const auto& notices = bases[at.basis].notices;
  for (auto notice = notices.rbegin(); notice != notices.rend(); ++notice)
    if (at.first_open_index == no_index || notice->index < at.first_open_index) return *notice;
  return std::nullopt;
}

bool World::acknowledged(ItemId item, PersonId person) const {
  const auto due = notice_due(item);
  if (!due) return true;
  const Item& at = items[item];
  const auto& given = conferences[at.conference].acknowledged;
  return std::any_of(given.begin(), given.end(), [&](const Acknowledgement& one) {
    return one.person == person && one.basis == at.basis && one.version >= due->version;
  });
}

CaseSubject& World::case_subject(CaseId in_case, SubjectId subject) {
  auto& list = cases.edit(in_case).subjects;
  auto entry = std::find_if(list.begin(), list.end(), [&](const CaseSubject& one) { return one.subject == subject; });
  if (entry == list.end()) {
    entry = list.insert(list.end(), CaseSubject{});
    entry->subject = subject;
  }
  return *entry;
}

void World::note_officer(PersonId person) {
  if (persons[person].roles.empty()) return;
  if (std::find(officers_.begin(), officers_.end(), person) == officers_.end()) officers_.push_back(person);
}

std::optional<Reason> World::accept(const Statement& statement, Index index) {
  if (const auto reason = check(statement)) return reason;
  apply(statement, index);
  return std::nullopt;
}

void World::fold(const Statement& statement, Index index) {
  partial_ = true;
  apply(statement, index);
}

}  // namespace kasane::policy
