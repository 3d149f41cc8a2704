#include "policy/statement.hpp"

#include <algorithm>

#include "policy/fields.hpp"

namespace kasane::policy {
namespace {

bool ids(const std::vector<std::string>& list) { return std::all_of(list.begin(), list.end(), is_id); }

/// A reserved word never names a thing (policy.md §1); `person` in a reference to nobody is no exception.
bool id_field(const Statement& s, Field field, const std::string& text) {
  switch (field) {
    case Field::code:
    case Field::basis:
      return is_basis_code(text) && text != intake_origin;
    case Field::person:
    case Field::with:
    case Field::witness:
      return is_id(text) && text != server_name;
    case Field::authority:
      return is_id(text) && text != self_giver;
    case Field::agency:
      return is_id(text) && !std::string_view(text).starts_with(person_recipient);
    case Field::device:  // server entries name the server's own device nowhere but in the envelope
    default:
      (void)s;
      return is_id(text);
  }
}

bool label_holds(const Label& label) {
  if (label.subjects.empty() || !ids(label.subjects) || label.categories.empty() || !is_id(label.agency)) return false;
  if (label.origin != intake_origin && !is_basis_code(label.origin)) return false;
  if (label.hold && !ids(*label.hold)) return false;
  if (label.parents && !ids(*label.parents)) return false;
  auto identifying = protective();
  identifying.add(Category::ID);
  return !(label.deidentified && Categories::of(label.categories).meets(identifying));
}

bool recipient(const std::string& text) {
  // `person:<id>` is itself an id by its letters; what follows must be one as well.
  if (!text.starts_with(person_recipient)) return is_id(text);
  const auto person = std::string_view(text).substr(person_recipient.size());
  return is_id(person) && person != server_name;
}

bool seat_entry(const SeatEntry& entry) {
  return is_id(entry.person) && entry.person != server_name && (entry.as.empty() || is_id(entry.as));
}

/// Fields that are more than one id; their codes are right by type.
bool other_field(const Statement& s, const FieldRule& rule) {
  switch (rule.field) {
    case Field::agency_type:
      return s.agency_type.has_value();
    case Field::cross_links:
      return std::all_of(s.cross_links.begin(), s.cross_links.end(),
                         [](const std::string& code) { return is_basis_code(code) && code != intake_origin; });
    case Field::star_categories:
      return s.categories.all || !s.categories.named.empty();
    case Field::categories:
      return !s.categories.all;
    case Field::any_categories:
      return !s.categories.all && !Categories::of(s.categories.named).meets(protective());
    case Field::subjects:
      return !s.subjects.empty() && std::all_of(s.subjects.begin(), s.subjects.end(),
                                                [](const SubjectEntry& entry) { return is_id(entry.subject); });
    case Field::authority_type:
      return s.authority_type.has_value();
    case Field::state:
      return s.state.has_value();
    case Field::recipients:
      return s.recipients.all ? s.recipients.named.empty()
                              : !s.recipients.named.empty() &&
                                    std::all_of(s.recipients.named.begin(), s.recipients.named.end(), recipient);
    case Field::method:
      return s.method.has_value();
    case Field::opponents:
      return ids(s.opponents);
    case Field::starts_at:
      return s.starts_at.has_value();
    case Field::seats:
      return std::all_of(s.seats.begin(), s.seats.end(), seat_entry);
    case Field::how:
      return s.how.has_value();
    case Field::label:
      return s.label ? label_holds(*s.label) : !rule.required;
    case Field::records:
      return (!rule.required || !s.records.empty()) && ids(s.records);
    case Field::rests_on:
      return ids(s.rests_on);
    case Field::decision_kind:
      return s.decision_kind.has_value();
    case Field::ground:
      return s.ground.has_value();
    case Field::minutes:
      return s.minutes >= 1 && s.minutes <= 60;
    case Field::epoch:
      return s.epoch >= 1;
    default:
      return true;
  }
}

}  // namespace

bool well_formed(const Statement& s) {
  if (!is_id(s.by) || (!s.signed_with.empty() && !is_id(s.signed_with))) return false;
  for (const auto& rule : fields_of(s.kind)) {
    if (const auto member = id_member(rule.field)) {
      const std::string& text = s.*member;
      if (text.empty() ? rule.required : !id_field(s, rule.field, text)) return false;
    } else if (!other_field(s, rule)) {
      return false;
    }
  }
  if (s.kind == Kind::record_order || s.kind == Kind::emergency_invoke)
    return !s.records.empty() || !s.categories.named.empty();
  return true;
}

}  // namespace kasane::policy
