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
  switch (s.kind) {
    case Kind::tenant_found:
    case Kind::agency_add:
    case Kind::person_add:
    case Kind::person_roles:
    case Kind::person_end:
    case Kind::device_add:
    case Kind::device_revoke:
    case Kind::device_vouch:
    case Kind::basis_register:
    case Kind::matrix_set:
    case Kind::notice_publish:
      return {UnitKind::directory, {}, {}, {}};
    case Kind::ledger_heads:
      return {UnitKind::heads, {}, {}, {}};
    case Kind::authority_add:
    case Kind::protect_set:
    case Kind::protect_lift:
      return {UnitKind::subject, s.subject, {}, {}};
    case Kind::authority_conflict: {
      const auto id = world.authorities.find(s.authority);
      if (!id.known() || !world.authorities[id].subject.known()) return {UnitKind::subject, {}, {}, {}};
      return {UnitKind::subject, std::string(world.subjects.name(world.authorities[id].subject)), {}, {}};
    }
    case Kind::case_open:
    case Kind::case_subject:
    case Kind::case_coordinator:
    case Kind::consent_record:
    case Kind::conflict_declare:
    case Kind::conflict_lift:
    case Kind::disclosure_oral:
      return {UnitKind::household_case, s.case_id, {}, {}};
    case Kind::emergency_invoke:
    case Kind::emergency_approve:
    case Kind::emergency_review:
      return {UnitKind::emergency, s.emergency, {}, {}};
    case Kind::conference_convene:
    case Kind::conference_move:
    case Kind::conference_close:
      return {UnitKind::conference, s.conference, {}, {}};
    case Kind::notice_acknowledge:
    case Kind::presence_attest:
      return {UnitKind::notice, s.conference, s.basis, person_of(s)};
    case Kind::item_add:
    case Kind::item_seat:
    case Kind::item_open:
    case Kind::item_suspend:
    case Kind::item_close:
    case Kind::attendance_join:
    case Kind::attendance_leave:
    case Kind::epoch_commit:
    case Kind::message_post:
      return {UnitKind::item, s.item, {}, {}};
    case Kind::message_withdraw:
      return {UnitKind::item, item_of(world, world.messages, s.message), {}, {}};
    case Kind::task_assign:
    case Kind::decision_record:
    case Kind::request_make:
      return {UnitKind::work, s.item, {}, {}};
    case Kind::task_end:
      return {UnitKind::work, item_of(world, world.tasks, s.task), {}, {}};
    case Kind::decision_confirm:
      return {UnitKind::work, item_of(world, world.decisions, s.decision), {}, {}};
    case Kind::request_answer:
      return {UnitKind::work, item_of(world, world.requests, s.request), {}, {}};
    case Kind::record_order:
      return {UnitKind::order, s.item, s.person, {}};
    case Kind::record_share:
    case Kind::record_withdraw:
    case Kind::record_destroy:
    case Kind::record_rebase:
    case Kind::key_grant:
    case Kind::recovery_open:
      return {UnitKind::record, s.record, {}, {}};
    case Kind::key_request:
    case Kind::opened:
    case Kind::purged:
    case Kind::key_release:
      return {UnitKind::access, s.record, person_of(s), {}};
    case Kind::access_denied:
      return {UnitKind::denial, s.record, s.person, {}};
    case Kind::export_made:
    case Kind::audit_query:
      return {UnitKind::audit, s.by, {}, {}};
  }
  return {};
}

}  // namespace kasane::policy
