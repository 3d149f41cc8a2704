#include "policy/check.hpp"

#include <algorithm>

#include "policy/kinds.hpp"

namespace kasane::policy {

std::optional<Reason> World::check(const Statement& statement) const { return Check(*this, statement).run(); }

Check::Result Check::run() {
  if (!well_formed(s)) return Reason::MALFORMED;
  if (w.clock() && s.at_ms < *w.clock()) return Reason::TIME_REVERSED;
  if (!w.founded()) {
    if (s.kind != Kind::tenant_found || s.person != s.by) return Reason::NOT_AUTHORISED;
    return std::nullopt;
  }
  if (auto reason = author()) return reason;
  if (auto reason = references()) return reason;
  if (auto reason = duplicate()) return reason;
  if (server != is_by_server(s.kind)) return Reason::NOT_AUTHORISED;
  return (this->*row_of(s.kind).check)();
}

Check::Result Check::author() {
  server = s.by == server_name;
  if (server) return s.signed_with.empty() || s.signed_with == server_name ? Result{} : Result{Reason::NOT_AUTHORISED};
  by = w.persons.find_defined(s.by);
  if (!by.known()) return Reason::UNKNOWN;
  if (w.persons[by].ended()) return Reason::PERSON_ENDED;
  return s.signed_with.empty() ? Result{} : device_of_author();
}

Check::Result Check::device_of_author() {
  const DeviceId device = w.devices.find_defined(s.signed_with);
  if (!device.known()) {
    // The registrar's first device signs its own adding, as it may have signed the founding.
    const bool first = s.kind == Kind::device_add && by == w.registrar_ && s.person == s.by &&
                       s.device == s.signed_with && w.persons[by].devices.empty() &&
                       (w.founding_device_.empty() || w.founding_device_ == s.device);
    return first ? Result{} : Result{Reason::NOT_AUTHORISED};
  }
  if (w.devices[device].person != by) return Reason::NOT_AUTHORISED;
  if (!w.devices[device].live()) return Reason::DEVICE_REVOKED;
  return std::nullopt;
}

/// Is there a thing of that sort and name? True where the field names none.
bool Check::known(Field field, const std::string& name) const {
  switch (field) {
    case Field::person:
    case Field::with:
    case Field::witness:
      return w.persons.find_defined(name).known();
    case Field::agency:
      return w.agencies.find_defined(name).known();
    case Field::device:
      return w.devices.find_defined(name).known();
    case Field::basis:
      return w.bases.find_defined(name).known();
    case Field::case_id:
      return w.cases.find_defined(name).known();
    case Field::subject: {  // of the case that the statement speaks of
      const SubjectId subject = w.subjects.find_defined(name);
      return case_id().known() && subject.known() && w.subject_of(case_id(), subject) != nullptr;
    }
    case Field::authority:
      return w.authorities.find_defined(name).known();
    case Field::consent:
      return w.consents.find_defined(name).known();
    case Field::giver: {
      if (name == self_giver) return true;
      const auto giver = w.authorities.find_defined(name);
      return giver.known() && w.authorities[giver].in_case == case_id() &&
             w.authorities[giver].subject == w.subjects.find_defined(s.subject);
    }
    case Field::conference:
      return w.conferences.find_defined(name).known();
    case Field::item:
      return w.items.find_defined(name).known();
    case Field::as:
      return w.subjects.find_defined(name).known();
    case Field::record:
      return w.records.find_defined(name).known();
    case Field::task:
      return w.tasks.find_defined(name).known();
    case Field::decision:
      return w.decisions.find_defined(name).known();
    case Field::emergency:
      return w.emergencies.find_defined(name).known();
    case Field::message:
      return w.messages.find_defined(name).known();
    case Field::request:
      return w.requests.find_defined(name).known();
    default:
      return true;
  }
}

Check::Result Check::references() {
  const auto defines = row_of(s.kind).defines;
  for (const auto& rule : fields_of(s.kind)) {
    const auto member = id_member(rule.field);
    if (member == nullptr || (s.*member).empty() || rule.field == defines) continue;
    // A record is asked for below, with the rule on hidden ones; a subject comes into a case by `case.subject`.
    if (rule.field == Field::record || s.kind == Kind::tenant_found ||
        (rule.field == Field::subject && s.kind == Kind::case_subject))
      continue;
    if (!known(rule.field, s.*member)) return Reason::UNKNOWN;
  }
  if (auto reason = people_and_places()) return reason;
  if (auto reason = labels()) return reason;
  return records();
}

/// References within lists: recipients and seats.
Check::Result Check::people_and_places() {
  if (s.kind == Kind::consent_record)
    for (const auto& name : s.recipients.named) {
      const bool known = name.starts_with(person_recipient)
                             ? w.persons.find_defined(std::string_view(name).substr(person_recipient.size())).known()
                             : w.agencies.find_defined(name).known();
      if (!known) return Reason::UNKNOWN;
    }
  if (s.kind == Kind::item_add)
    for (const auto& entry : s.seats)
      if (!w.persons.find_defined(entry.person).known() ||
          (!entry.as.empty() && !w.subjects.find_defined(entry.as).known()))
        return Reason::UNKNOWN;
  return std::nullopt;
}

/// A share's label. A rebase's is compared as a whole, last of all.
Check::Result Check::labels() {
  if (s.kind != Kind::record_share) return std::nullopt;
  const Label& label = *s.label;
  for (const auto& name : label.subjects) {
    const auto subject = w.subjects.find_defined(name);
    const auto* entry = subject.known() ? w.subject_of(case_id(), subject) : nullptr;
    if (entry == nullptr || entry->index == no_index) return Reason::UNKNOWN;
  }
  if (!w.agencies.find_defined(label.agency).known()) return Reason::UNKNOWN;
  if (label.origin != intake_origin && !w.bases.find_defined(label.origin).known()) return Reason::UNKNOWN;
  if (label.hold)
    for (const auto& name : *label.hold)
      if (!w.agencies.find_defined(name).known()) return Reason::UNKNOWN;
  if (label.parents)
    for (const auto& name : *label.parents)
      if (auto reason = record_reference(name)) return reason;
  return std::nullopt;
}

Check::Result Check::records() {
  const bool defines = s.kind == Kind::record_share || s.kind == Kind::record_rebase;
  if (!s.record.empty() && !defines)
    if (auto reason = record_reference(s.record)) return reason;
  if (s.kind == Kind::record_rebase)
    if (auto reason = record_reference(s.source)) return reason;
  for (const auto* list : {&s.records, &s.rests_on})
    for (const auto& name : *list)
      if (auto reason = record_reference(name)) return reason;
  return std::nullopt;
}

/// policy.md §1: a record hidden from the author everywhere is unknown to them.
Check::Result Check::record_reference(const std::string& name) {
  const RecordId record = w.records.find_defined(name);
  if (!record.known()) return Reason::UNKNOWN;
  const bool by_office = (s.kind == Kind::record_withdraw || s.kind == Kind::record_destroy) &&
                         w.is_case_coordinator(w.records[record].in_case, by);
  if (server || by_office || s.kind == Kind::emergency_invoke || s.kind == Kind::recovery_open ||
      s.kind == Kind::opened || s.kind == Kind::purged)
    return std::nullopt;
  return hidden_everywhere(w, record, by, moment) ? Result{Reason::UNKNOWN} : Result{};
}

Check::Result Check::duplicate() {
  if (s.kind == Kind::tenant_found) return Reason::DUPLICATE;  // the first statement only
  const auto defines = row_of(s.kind).defines;
  if (defines && known(*defines, s.*id_member(*defines))) return Reason::DUPLICATE;
  std::vector<std::string_view> subjects;
  subjects.reserve(s.subjects.size());
  for (const auto& entry : s.subjects) subjects.push_back(entry.subject);
  std::sort(subjects.begin(), subjects.end());
  const bool twice = std::adjacent_find(subjects.begin(), subjects.end()) != subjects.end();
  return twice ? Result{Reason::DUPLICATE} : Result{};
}

bool Check::any_role(std::initializer_list<Role> roles) const {
  return std::any_of(roles.begin(), roles.end(), [&](Role one) { return role(one); });
}

bool Check::professional(ItemId item, PersonId person) const {
  const Seated* seated = w.seat(item, person);
  return seated != nullptr && is_professional(seated->seat);
}

bool Check::professional_in_case(CaseId in_case, bool open_only) const {
  const auto& seated = w.persons[by].seated;
  return std::any_of(seated.begin(), seated.end(), [&](ItemId item) {
    return w.items[item].in_case == in_case && !(open_only && w.items[item].closed()) && professional(item, by);
  });
}

bool Check::chairs_or_records(ItemId item) const {
  const Seated* seated = my_seat(item);
  return seated != nullptr && (seated->seat == Seat::chair || seated->seat == Seat::recorder);
}

/// `with`: another person than the author and than this one, not ended, of one of these roles.
bool Check::second_person(PersonId not_this, std::initializer_list<Role> roles) const {
  const PersonId with = w.persons.find_defined(s.with);
  if (!with.known() || with == by || with == not_this || w.persons[with].ended()) return false;
  return std::any_of(roles.begin(), roles.end(), [&](Role one) { return w.has_role(with, one); });
}

std::optional<std::int64_t> Check::newest_notice(BasisId basis) const {
  const auto& notices = w.bases[basis].notices;
  return notices.empty() ? std::nullopt : std::optional(notices.back().version);
}

}  // namespace kasane::policy
