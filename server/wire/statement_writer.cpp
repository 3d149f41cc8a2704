#include "policy/fields.hpp"
#include "server/wire/payload.hpp"

// A statement into its JSON, by the rows of policy/fields. What it writes, statement_reader reads back to the same.
namespace kasane::wire {
namespace {

using namespace policy;

template <class Code>
Json codes(const std::vector<Code>& list) {
  Json out = Json::array();
  for (const auto one : list) out.push(name_of(one));
  return out;
}
Json texts(const std::vector<std::string>& list) {
  Json out = Json::array();
  for (const auto& one : list) out.push(one);
  return out;
}
Json display(const Text& text) {
  if (text.size() == 1 && text[0].first.empty()) return text[0].second;
  Json out = Json::object();
  for (const auto& [language, words] : text) out.add(language, words);
  return out;
}
void add_date(Json& out, const char* name, const std::optional<Instant>& at) {
  if (at) out.add(name, print_instant(*at));
}

Json write_label(const Label& label) {
  Json out = Json::object();
  out.add("subjects", texts(label.subjects))
      .add("categories", codes(label.categories))
      .add("kind", name_of(label.kind));
  out.add("agency", label.agency).add("origin", label.origin);
  if (label.hold) out.add("hold", texts(*label.hold));
  if (label.withhold_from_subject) out.add("withhold_from_subject", true);
  if (label.deidentified) out.add("deidentified", true);
  if (label.parents) out.add("parents", texts(*label.parents));
  return out;
}

Json write_subjects(const std::vector<SubjectEntry>& subjects) {
  Json out = Json::array();
  for (const auto& entry : subjects) {
    Json one = Json::object();
    one.add("subject", entry.subject);
    add_date(one, "majority_at", entry.dates.majority_at);
    add_date(one, "own_consent_at", entry.dates.own_consent_at);
    add_date(one, "deceased_at", entry.dates.deceased_at);
    out.push(std::move(one));
  }
  return out;
}

Json write_seats(const std::vector<SeatEntry>& seats) {
  Json out = Json::object();
  for (const auto& entry : seats) {
    Json one = Json::object();
    one.add("seat", name_of(entry.seat));
    if (!entry.as.empty()) one.add("as", entry.as);
    out.add(entry.person, std::move(one));
  }
  return out;
}

template <class T>
std::optional<Json> maybe_code(const std::optional<T>& code) {
  return code ? std::optional<Json>(Json(name_of(*code))) : std::nullopt;
}
std::optional<Json> maybe_date(const std::optional<Instant>& at) {
  return at ? std::optional<Json>(Json(print_instant(*at))) : std::nullopt;
}
std::optional<Json> maybe_text(const std::optional<std::string>& text) {
  return text ? std::optional<Json>(Json(*text)) : std::nullopt;
}
std::optional<Json> maybe_display(const Text& text) {
  return text.empty() ? std::nullopt : std::optional<Json>(display(text));
}

/// None: absent.
std::optional<Json> write_field(Field field, const Statement& s) {
  if (const auto member = id_member(field))
    return (s.*member).empty() ? std::nullopt : std::optional<Json>(Json(s.*member));
  switch (field) {
    case Field::agency_type:
      return maybe_code(s.agency_type);
    case Field::name:
      return maybe_text(s.name);
    case Field::duty_source:
      return maybe_text(s.duty_source);
    case Field::evidence:
      return maybe_text(s.evidence);
    case Field::roles:
      return codes(s.roles);
    case Field::consent_rule:
      return Json(s.consent_required ? "required" : "not_required");
    case Field::duty:
      return Json(s.duty);
    case Field::statutory:
      return Json(s.statutory);
    case Field::subject_may_attend:
      return Json(s.subject_may_attend);
    case Field::reading:
      return Json(name_of(s.reading));
    case Field::cross_links:
      return texts(s.cross_links);
    case Field::from:
      return maybe_date(s.from);
    case Field::to:
      return maybe_date(s.to);
    case Field::starts_at:
      return maybe_date(s.starts_at);
    case Field::names:
      return maybe_display(s.texts.names);
    case Field::law:
      return maybe_display(s.texts.law);
    case Field::article:
      return maybe_display(s.texts.article);
    case Field::paragraph:
      return maybe_display(s.texts.paragraph);
    case Field::penalty:
      return maybe_display(s.texts.penalty);
    case Field::categories:
      return s.categories.named.empty() ? std::nullopt : std::optional<Json>(codes(s.categories.named));
    case Field::star_categories:
      return s.categories.all ? Json("*") : codes(s.categories.named);
    case Field::any_categories:
      return codes(s.categories.named);
    case Field::version:
      return Json(s.version);
    case Field::epoch:
      return Json(s.epoch);
    case Field::minutes:
      return Json(s.minutes);
    case Field::subjects:
      return write_subjects(s.subjects);
    case Field::majority_at:
      return maybe_date(s.dates.majority_at);
    case Field::own_consent_at:
      return maybe_date(s.dates.own_consent_at);
    case Field::deceased_at:
      return maybe_date(s.dates.deceased_at);
    case Field::authority_type:
      return maybe_code(s.authority_type);
    case Field::conflict:
      return Json(s.conflict);
    case Field::state:
      return maybe_code(s.state);
    case Field::recipients:
      return s.recipients.all ? Json("*") : texts(s.recipients.named);
    case Field::method:
      return maybe_code(s.method);
    case Field::opponents:
      return texts(s.opponents);
    case Field::seats:
      return write_seats(s.seats);
    case Field::seat:
      return s.seat ? Json(name_of(*s.seat)) : Json("none");
    case Field::how:
      return maybe_code(s.how);
    case Field::label:
      return s.label ? std::optional<Json>(write_label(*s.label)) : std::nullopt;
    case Field::records:
      return s.records.empty() ? std::nullopt : std::optional<Json>(texts(s.records));
    case Field::rests_on:
      return texts(s.rests_on);
    case Field::reason:
      return s.reason ? Json(name_of(*s.reason)) : Json("");
    case Field::decision_kind:
      return maybe_code(s.decision_kind);
    case Field::ground:
      return maybe_code(s.ground);
    case Field::protective:
      return Json(s.protective);
    case Field::upheld:
      return Json(s.upheld);
    default:
      return std::nullopt;
  }
}

}  // namespace

Json write_statement(const Statement& s, StatementForm form, const Json& body) {
  Json out = Json::object();
  out.add("kind", name_of(s.kind));
  if (form != StatementForm::ledger) out.add("at", print_instant(s.at_ms));
  out.add("by", s.by);
  if (form != StatementForm::ledger && !s.signed_with.empty()) out.add("signed_with", s.signed_with);
  for (const auto& rule : fields_of(s.kind))
    if (auto value = write_field(rule.field, s)) out.add(std::string(name_of(rule.field)), std::move(*value));
  if (body.is_object()) out.add("body", body);
  return out;
}

}  // namespace kasane::wire
