#include "policy/kinds.hpp"

#include <array>

namespace kasane::policy {
namespace {

using C = Check;
using A = Apply;
using F = Field;
using U = UnitKind;
constexpr std::nullopt_t none = std::nullopt;

constexpr std::array<KindRow, kind_count> rows = {{
    {Kind::tenant_found, none, &C::directory, &A::directory, U::directory},
    {Kind::agency_add, F::agency, &C::directory, &A::directory, U::directory},
    {Kind::person_add, F::person, &C::directory, &A::directory, U::directory},
    {Kind::person_roles, none, &C::directory, &A::directory, U::directory},
    {Kind::person_end, none, &C::directory, &A::directory, U::directory},
    {Kind::device_add, F::device, &C::directory, &A::directory, U::directory},
    {Kind::device_revoke, none, &C::directory, &A::directory, U::directory},
    {Kind::basis_register, none, &C::directory, &A::directory, U::directory},
    {Kind::matrix_set, none, &C::directory, &A::directory, U::directory},
    {Kind::notice_publish, none, &C::directory, &A::directory, U::directory},
    {Kind::case_open, F::case_id, &C::household, &A::household, U::household_case},
    {Kind::case_subject, none, &C::household, &A::household, U::household_case},
    {Kind::case_coordinator, none, &C::household, &A::household, U::household_case},
    {Kind::authority_add, F::authority, &C::household, &A::household, U::subject},
    {Kind::authority_conflict, none, &C::household, &A::household, U::subject},
    {Kind::consent_record, F::consent, &C::consent, &A::consent, U::household_case},
    {Kind::protect_set, none, &C::protect, &A::protect, U::subject},
    {Kind::protect_lift, none, &C::protect, &A::protect, U::subject},
    {Kind::conflict_declare, none, &C::protect, &A::protect, U::household_case},
    {Kind::conflict_lift, none, &C::protect, &A::protect, U::household_case},
    {Kind::conference_convene, F::conference, &C::conference, &A::conference, U::conference},
    {Kind::conference_move, none, &C::conference, &A::conference, U::conference},
    {Kind::item_add, F::item, &C::item, &A::item, U::item},
    {Kind::item_seat, none, &C::item, &A::item, U::item},
    {Kind::item_open, none, &C::item, &A::item, U::item},
    {Kind::item_suspend, none, &C::item, &A::item, U::item},
    {Kind::item_close, none, &C::item, &A::item, U::item},
    {Kind::conference_close, none, &C::conference, &A::conference, U::conference},
    {Kind::notice_acknowledge, none, &C::notice, &A::notice, U::notice},
    {Kind::presence_attest, none, &C::notice, &A::notice, U::notice},
    {Kind::record_share, F::record, &C::share, &A::record, U::record},
    {Kind::record_withdraw, none, &C::record, &A::record, U::record},
    {Kind::record_destroy, none, &C::record, &A::record, U::record},
    {Kind::record_rebase, F::record, &C::rebase, &A::record, U::record},
    {Kind::record_order, none, &C::record, &A::record, U::order},
    {Kind::task_assign, F::task, &C::work, &A::work, U::work},
    {Kind::task_end, none, &C::work, &A::work, U::work},
    {Kind::decision_record, F::decision, &C::work, &A::work, U::work},
    {Kind::decision_confirm, none, &C::confirm, &A::work, U::work},
    {Kind::emergency_invoke, F::emergency, &C::emergency, &A::emergency, U::emergency},
    {Kind::emergency_approve, none, &C::emergency, &A::emergency, U::emergency},
    {Kind::emergency_review, none, &C::emergency, &A::emergency, U::emergency},
    {Kind::message_post, F::message, &C::recording, &A::recording, U::item},
    {Kind::epoch_commit, none, &C::recording, &A::recording, U::item},
    {Kind::request_make, F::request, &C::recording, &A::recording, U::work},
    {Kind::request_answer, none, &C::recording, &A::recording, U::work},
    {Kind::message_withdraw, none, &C::recording, &A::recording, U::item},
    {Kind::key_request, none, &C::recording, &A::recording, U::access},
    {Kind::opened, none, &C::recording, &A::recording, U::access},
    {Kind::purged, none, &C::recording, &A::recording, U::access},
    {Kind::key_grant, none, &C::recording, &A::recording, U::record},
    {Kind::device_vouch, none, &C::recording, &A::recording, U::directory},
    {Kind::disclosure_oral, none, &C::recording, &A::recording, U::household_case},
    {Kind::recovery_open, none, &C::recording, &A::recording, U::record},
    {Kind::export_made, none, &C::recording, &A::recording, U::audit},
    {Kind::audit_query, none, &C::recording, &A::recording, U::audit},
    {Kind::key_release, none, &C::by_server, &A::recording, U::access},
    {Kind::access_denied, none, &C::by_server, &A::recording, U::denial},
    {Kind::attendance_join, none, &C::by_server, &A::recording, U::item},
    {Kind::attendance_leave, none, &C::by_server, &A::recording, U::item},
    {Kind::ledger_heads, none, &C::by_server, &A::recording, U::heads},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].kind != static_cast<Kind>(i)) return false;
  return true;
}
static_assert(in_order());

}  // namespace

const KindRow& row_of(Kind kind) { return rows[static_cast<std::size_t>(kind)]; }

}  // namespace kasane::policy
