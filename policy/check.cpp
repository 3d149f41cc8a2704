#include "policy/check.hpp"

#include <algorithm>

#include "policy/fields.hpp"

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
  switch (s.kind) {
    case Kind::tenant_found:
      return Reason::DUPLICATE;
    case Kind::agency_add:
    case Kind::person_add:
    case Kind::person_roles:
    case Kind::person_end:
    case Kind::device_add:
    case Kind::device_revoke:
    case Kind::basis_register:
    case Kind::matrix_set:
    case Kind::notice_publish:
      return directory();
    case Kind::case_open:
    case Kind::case_subject:
    case Kind::case_coordinator:
    case Kind::authority_add:
    case Kind::authority_conflict:
      return household();
    case Kind::consent_record:
      return consent();
    case Kind::protect_set:
    case Kind::protect_lift:
    case Kind::conflict_declare:
    case Kind::conflict_lift:
      return protect();
    case Kind::conference_convene:
    case Kind::conference_move:
    case Kind::conference_close:
      return conference();
    case Kind::item_add:
    case Kind::item_seat:
    case Kind::item_open:
    case Kind::item_suspend:
    case Kind::item_close:
      return item();
    case Kind::notice_acknowledge:
    case Kind::presence_attest:
      return notice();
    case Kind::record_share:
      return share();
    case Kind::record_rebase:
      return rebase();
    case Kind::record_withdraw:
    case Kind::record_destroy:
    case Kind::record_order:
      return record();
    case Kind::task_assign:
    case Kind::task_end:
    case Kind::decision_record:
      return work();
    case Kind::decision_confirm:
      return confirm();
    case Kind::emergency_invoke:
    case Kind::emergency_approve:
    case Kind::emergency_review:
      return emergency();
    case Kind::key_release:
    case Kind::access_denied:
    case Kind::attendance_join:
    case Kind::attendance_leave:
    case Kind::ledger_heads:
      return by_server();
    default:
      return recording();
  }
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

Check::Result Check::references() {
  for (const auto& rule : fields_of(s.kind)) {
    const auto member = id_member(rule.field);
    if (member == nullptr || (s.*member).empty()) continue;
    const std::string& name = s.*member;
    bool known = true;
    switch (rule.field) {
      case Field::person:
        known = s.kind == Kind::tenant_found || s.kind == Kind::person_add || w.persons.find_defined(name).known();
        break;
      case Field::with:
      case Field::witness:
        known = w.persons.find_defined(name).known();
        break;
      case Field::agency:
        known = s.kind == Kind::tenant_found || s.kind == Kind::agency_add || w.agencies.find_defined(name).known();
        break;
      case Field::device:
        known = s.kind == Kind::device_add || w.devices.find_defined(name).known();
        break;
      case Field::basis:
        known = w.bases.find_defined(name).known();
        break;
      case Field::case_id:
        known = s.kind == Kind::case_open || w.cases.find_defined(name).known();
        break;
      case Field::subject:
        // Everything but its own definition speaks of a subject of the case.
        known = s.kind == Kind::case_subject || (case_id().known() && w.subjects.find_defined(name).known() &&
                                                 w.subject_of(case_id(), w.subjects.find_defined(name)) != nullptr);
        break;
      case Field::authority:
        known = s.kind == Kind::authority_add || w.authorities.find_defined(name).known();
        break;
      case Field::giver: {
        if (name == self_giver) break;
        const auto giver = w.authorities.find_defined(name);
        known = giver.known() && w.authorities[giver].in_case == case_id() &&
                w.authorities[giver].subject == w.subjects.find_defined(s.subject);
        break;
      }
      case Field::conference:
        known = s.kind == Kind::conference_convene || w.conferences.find_defined(name).known();
        break;
      case Field::item:
        known = s.kind == Kind::item_add || w.items.find_defined(name).known();
        break;
      case Field::as:
        known = w.subjects.find_defined(name).known();
        break;
      case Field::task:
        known = s.kind == Kind::task_assign || w.tasks.find_defined(name).known();
        break;
      case Field::decision:
        known = s.kind == Kind::decision_record || w.decisions.find_defined(name).known();
        break;
      case Field::emergency:
        known = s.kind == Kind::emergency_invoke || w.emergencies.find_defined(name).known();
        break;
      case Field::message:
        known = s.kind == Kind::message_post || w.messages.find_defined(name).known();
        break;
      case Field::request:
        known = s.kind == Kind::request_make || w.requests.find_defined(name).known();
        break;
      default:
        break;
    }
    if (!known) return Reason::UNKNOWN;
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
  bool defined = false;
  switch (s.kind) {
    case Kind::tenant_found:
      defined = true;
      break;  // the first statement only
    case Kind::agency_add:
      defined = w.agencies.find_defined(s.agency).known();
      break;
    case Kind::person_add:
      defined = w.persons.find_defined(s.person).known();
      break;
    case Kind::device_add:
      defined = w.devices.find_defined(s.device).known();
      break;
    case Kind::case_open:
      defined = w.cases.find_defined(s.case_id).known();
      for (std::size_t i = 0; i < s.subjects.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) defined = defined || s.subjects[i].subject == s.subjects[j].subject;
      break;
    case Kind::authority_add:
      defined = w.authorities.find_defined(s.authority).known();
      break;
    case Kind::consent_record:
      defined = w.consents.find_defined(s.consent).known();
      break;
    case Kind::conference_convene:
      defined = w.conferences.find_defined(s.conference).known();
      break;
    case Kind::item_add:
      defined = w.items.find_defined(s.item).known();
      break;
    case Kind::record_share:
    case Kind::record_rebase:
      defined = w.records.find_defined(s.record).known();
      break;
    case Kind::task_assign:
      defined = w.tasks.find_defined(s.task).known();
      break;
    case Kind::decision_record:
      defined = w.decisions.find_defined(s.decision).known();
      break;
    case Kind::emergency_invoke:
      defined = w.emergencies.find_defined(s.emergency).known();
      break;
    case Kind::message_post:
      defined = w.messages.find_defined(s.message).known();
      break;
    case Kind::request_make:
      defined = w.requests.find_defined(s.request).known();
      break;
    default:
      break;
  }
  return defined ? Result{Reason::DUPLICATE} : Result{};
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
