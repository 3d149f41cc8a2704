#include "policy/fields.hpp"

#include <array>
#include <vector>

namespace kasane::policy {
namespace {

using F = Field;
constexpr FieldRule must(F field) { return {field, true}; }
constexpr FieldRule may(F field) { return {field, false}; }

const std::array<std::vector<FieldRule>, kind_count>& table() {
  static const std::array<std::vector<FieldRule>, kind_count> rows = {{
      /* tenant.found */ {must(F::tenant), must(F::person), must(F::agency), must(F::agency_type)},
      /* agency.add */ {must(F::agency), must(F::agency_type), may(F::name)},
      /* person.add */ {must(F::person), may(F::agency), must(F::roles), may(F::duty_source)},
      /* person.roles */ {must(F::person), must(F::roles)},
      /* person.end */ {must(F::person)},
      /* device.add */ {must(F::device), must(F::person)},
      /* device.revoke */ {must(F::device)},
      /* basis.register */
      {must(F::code), must(F::consent_rule), must(F::duty), must(F::statutory), must(F::subject_may_attend),
       must(F::reading), must(F::cross_links), may(F::from), may(F::to), may(F::names), may(F::law), may(F::article),
       may(F::paragraph), may(F::penalty)},
      /* matrix.set */ {must(F::agency_type), must(F::any_categories)},
      /* notice.publish */ {must(F::basis), must(F::version)},
      /* case.open */ {must(F::case_id), must(F::subjects)},
      /* case.subject */
      {must(F::case_id), must(F::subject), may(F::majority_at), may(F::own_consent_at), may(F::deceased_at)},
      /* case.coordinator */ {must(F::case_id), must(F::person)},
      /* authority.add */
      {must(F::authority), must(F::case_id), must(F::subject), must(F::holder), must(F::authority_type),
       must(F::star_categories), may(F::from), may(F::to)},
      /* authority.conflict */ {must(F::authority), must(F::conflict)},
      /* consent.record */
      {must(F::consent), must(F::case_id), must(F::subject), must(F::giver), must(F::state), must(F::star_categories),
       must(F::recipients), must(F::purpose), may(F::from), may(F::to), must(F::method), may(F::evidence),
       may(F::witness)},
      /* protect.set */ {must(F::case_id), must(F::subject), must(F::opponents)},
      /* protect.lift */ {must(F::case_id), must(F::subject), must(F::with)},
      /* conflict.declare */ {must(F::case_id), must(F::person)},
      /* conflict.lift */ {must(F::case_id), must(F::person), must(F::with)},
      /* conference.convene */ {must(F::conference), must(F::starts_at)},
      /* conference.move */ {must(F::conference), must(F::starts_at)},
      /* item.add */ {must(F::item), must(F::conference), must(F::case_id), must(F::basis), must(F::seats)},
      /* item.seat */ {must(F::item), must(F::person), must(F::seat), may(F::as)},
      /* item.open */ {must(F::item)},
      /* item.suspend */ {must(F::item)},
      /* item.close */ {must(F::item)},
      /* conference.close */ {must(F::conference)},
      /* notice.acknowledge */ {must(F::conference), must(F::basis), must(F::version)},
      /* presence.attest */ {must(F::conference), must(F::basis), must(F::person), must(F::version), must(F::how)},
      /* record.share */ {must(F::record), must(F::case_id), may(F::item), must(F::label)},
      /* record.withdraw */ {must(F::record)},
      /* record.destroy */ {must(F::record), must(F::with)},
      /* record.rebase */ {must(F::record), must(F::source), must(F::item), may(F::case_id), may(F::label)},
      /* record.order */ {must(F::item), must(F::person), may(F::categories), may(F::records), must(F::reason)},
      /* task.assign */ {must(F::task), must(F::item), must(F::person), must(F::records), may(F::to)},
      /* task.end */ {must(F::task)},
      /* decision.record */
      {must(F::decision), must(F::item), must(F::decision_kind), must(F::record), must(F::rests_on)},
      /* decision.confirm */ {must(F::decision)},
      /* emergency.invoke */
      {must(F::emergency), must(F::case_id), must(F::person), may(F::records), may(F::categories), must(F::ground),
       must(F::minutes), must(F::protective)},
      /* emergency.approve */ {must(F::emergency)},
      /* emergency.review */ {must(F::emergency), must(F::upheld)},
      /* message.post */ {must(F::item), must(F::message)},
      /* epoch.commit */ {must(F::item), must(F::epoch)},
      /* request.make */ {must(F::item), must(F::request)},
      /* request.answer */ {must(F::request)},
      /* message.withdraw */ {must(F::message)},
      /* key.request */ {must(F::record), must(F::device), may(F::item)},
      /* opened */ {must(F::record), must(F::device), may(F::item)},
      /* purged */ {must(F::record), must(F::device), may(F::item)},
      /* key.grant */ {must(F::record), must(F::device)},
      /* device.vouch */ {must(F::device)},
      /* disclosure.oral */ {must(F::case_id), must(F::ground)},
      /* recovery.open */ {must(F::record)},
      /* export.made */ {},
      /* audit.query */ {},
      /* key.release */ {must(F::record), must(F::person), may(F::device), may(F::item)},
      /* access.denied */ {must(F::record), must(F::person), may(F::device), may(F::item)},
      /* attendance.join */ {must(F::item), must(F::person)},
      /* attendance.leave */ {must(F::item), must(F::person)},
      /* ledger.heads */ {},
  }};
  return rows;
}

struct FieldName {
  std::string_view name;
  std::string Statement::* member;
};
constexpr FieldName names[] = {
    {"tenant", &Statement::tenant},
    {"person", &Statement::person},
    {"agency", &Statement::agency},
    {"agency_type", nullptr},
    {"name", nullptr},
    {"roles", nullptr},
    {"duty_source", nullptr},
    {"device", &Statement::device},
    {"code", &Statement::basis},
    {"consent", nullptr},
    {"duty", nullptr},
    {"statutory", nullptr},
    {"subject_may_attend", nullptr},
    {"reading", nullptr},
    {"cross_links", nullptr},
    {"from", nullptr},
    {"to", nullptr},
    {"names", nullptr},
    {"law", nullptr},
    {"article", nullptr},
    {"paragraph", nullptr},
    {"penalty", nullptr},
    {"categories", nullptr},
    {"categories", nullptr},
    {"categories", nullptr},
    {"basis", &Statement::basis},
    {"version", nullptr},
    {"case", &Statement::case_id},
    {"subjects", nullptr},
    {"subject", &Statement::subject},
    {"majority_at", nullptr},
    {"own_consent_at", nullptr},
    {"deceased_at", nullptr},
    {"authority", &Statement::authority},
    {"holder", &Statement::holder},
    {"type", nullptr},
    {"conflict", nullptr},
    {"consent", &Statement::consent},
    {"giver", &Statement::giver},
    {"state", nullptr},
    {"recipients", nullptr},
    {"purpose", &Statement::purpose},
    {"method", nullptr},
    {"evidence", nullptr},
    {"witness", &Statement::witness},
    {"opponents", nullptr},
    {"with", &Statement::with},
    {"conference", &Statement::conference},
    {"starts_at", nullptr},
    {"item", &Statement::item},
    {"seats", nullptr},
    {"seat", nullptr},
    {"as", &Statement::as},
    {"how", nullptr},
    {"record", &Statement::record},
    {"label", nullptr},
    {"source", &Statement::source},
    {"records", nullptr},
    {"reason", nullptr},
    {"task", &Statement::task},
    {"decision", &Statement::decision},
    {"decision_kind", nullptr},
    {"rests_on", nullptr},
    {"emergency", &Statement::emergency},
    {"ground", nullptr},
    {"minutes", nullptr},
    {"protective", nullptr},
    {"upheld", nullptr},
    {"message", &Statement::message},
    {"epoch", nullptr},
    {"request", &Statement::request},
};
static_assert(std::size(names) == static_cast<std::size_t>(Field::request) + 1);

}  // namespace

std::span<const FieldRule> fields_of(Kind kind) { return table()[static_cast<std::size_t>(kind)]; }
std::string_view name_of(Field field) { return names[static_cast<std::size_t>(field)].name; }
std::string Statement::* id_member(Field field) { return names[static_cast<std::size_t>(field)].member; }

}  // namespace kasane::policy
