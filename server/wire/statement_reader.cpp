#include <algorithm>
#include <initializer_list>

#include "policy/fields.hpp"
#include "server/wire/payload.hpp"

// A statement out of its JSON, by the rows of policy/fields.
namespace kasane::wire {
namespace {

using namespace policy;

/// Entries of one list or map: rules compare some of them with each other, and only a scenario could hold more.
constexpr std::size_t list_max = 4'096;

template <class T, class Read>
bool read_list(const Json& value, bool may_be_empty, std::vector<T>& out, Read read) {
  if (!value.is_array() || (value.elements().empty() && !may_be_empty) || value.elements().size() > list_max)
    return false;
  for (const auto& element : value.elements()) {
    auto one = read(element);
    if (!one) return false;
    out.push_back(std::move(*one));
  }
  return true;
}

std::optional<std::string> read_text(const Json& value) {
  return value.text() ? std::optional(*value.text()) : std::nullopt;
}
std::optional<std::string> read_id(const Json& value) {
  return value.text() && is_id(*value.text()) ? std::optional(*value.text()) : std::nullopt;
}
template <class Code>
std::optional<Code> read_code(const Json& value) {
  return value.text() ? code_of<Code>(*value.text()) : std::nullopt;
}
std::optional<Instant> read_instant(const Json& value) {
  return value.text() ? parse_instant(*value.text()) : std::nullopt;
}
template <class T>
bool put(std::optional<T> from, std::optional<T>& to) {
  to = std::move(from);
  return to.has_value();
}
bool put_bool(const Json& value, bool& to) {
  if (!value.boolean()) return false;
  to = *value.boolean();
  return true;
}
bool put_integer(const Json& value, std::int64_t& to) {
  if (!value.integer()) return false;
  to = *value.integer();
  return true;
}
bool star(const Json& value) { return value.text() && *value.text() == "*"; }
bool only(const Json& value, std::initializer_list<std::string_view> names) {
  return value.is_object() && std::all_of(value.members().begin(), value.members().end(), [&](const Json::Member& one) {
           return std::find(names.begin(), names.end(), one.first) != names.end();
         });
}

bool read_display(const Json& value, Text& out) {
  if (value.text()) {
    out.emplace_back(std::string(), *value.text());
    return true;
  }
  if (!value.is_object()) return false;
  for (const auto& [language, text] : value.members()) {
    if (!text.text() || language.empty()) return false;
    out.emplace_back(language, *text.text());
  }
  return true;
}

bool read_date(const Json& object, std::string_view name, std::optional<Instant>& out) {
  const Json* value = object.find(name);
  return value == nullptr || put(read_instant(*value), out);
}

std::optional<SubjectEntry> read_subject(const Json& value) {
  if (!only(value, {"subject", "majority_at", "own_consent_at", "deceased_at"})) return std::nullopt;
  const Json* subject = value.find("subject");
  SubjectEntry entry;
  if (subject == nullptr || !read_id(*subject) || !read_date(value, "majority_at", entry.dates.majority_at) ||
      !read_date(value, "own_consent_at", entry.dates.own_consent_at) ||
      !read_date(value, "deceased_at", entry.dates.deceased_at))
    return std::nullopt;
  entry.subject = *subject->text();
  return entry;
}

bool read_seats(const Json& value, std::vector<SeatEntry>& out) {
  if (!value.is_object() || value.members().size() > list_max) return false;
  for (const auto& [person, chair] : value.members()) {
    if (!only(chair, {"seat", "as"})) return false;
    SeatEntry entry;
    entry.person = person;
    const Json* seat = chair.find("seat");
    const auto code = seat == nullptr ? std::nullopt : read_code<Seat>(*seat);
    if (!code) return false;
    entry.seat = *code;
    if (const Json* as = chair.find("as")) {
      const auto subject = read_id(*as);
      if (!subject) return false;
      entry.as = *subject;
    }
    out.push_back(std::move(entry));
  }
  return true;
}

bool read_label(const Json& value, Label& label) {
  if (!only(value, {"subjects", "categories", "kind", "agency", "origin", "hold", "withhold_from_subject",
                    "deidentified", "parents"}))
    return false;
  const auto must = [&](std::string_view name, auto read) {
    const Json* member = value.find(name);
    return member != nullptr && read(*member);
  };
  const auto may = [&](std::string_view name, auto read) {
    const Json* member = value.find(name);
    return member == nullptr || read(*member);
  };
  return must("subjects", [&](const Json& v) { return read_list(v, false, label.subjects, read_id); }) &&
         must("categories",
              [&](const Json& v) { return read_list(v, false, label.categories, read_code<Category>); }) &&
         must("kind",
              [&](const Json& v) {
                const auto kind = read_code<RecordKind>(v);
                if (kind) label.kind = *kind;
                return kind.has_value();
              }) &&
         must("agency", [&](const Json& v) { return v.text() && (label.agency = *v.text(), true); }) &&
         must("origin", [&](const Json& v) { return v.text() && (label.origin = *v.text(), true); }) &&
         may("hold", [&](const Json& v) { return read_list(v, true, label.hold.emplace(), read_id); }) &&
         may("withhold_from_subject", [&](const Json& v) { return put_bool(v, label.withhold_from_subject); }) &&
         may("deidentified", [&](const Json& v) { return put_bool(v, label.deidentified); }) &&
         may("parents", [&](const Json& v) { return read_list(v, true, label.parents.emplace(), read_id); });
}

bool read_categories(const Json& value, bool may_star, bool may_be_empty, CategoryList& out) {
  if (may_star && star(value)) {
    out.all = true;
    return true;
  }
  return read_list(value, may_be_empty, out.named, read_code<Category>);
}

bool read_recipients(const Json& value, RecipientList& out) {
  out.all = star(value);
  return out.all || read_list(value, false, out.named, read_id);
}

bool read_field(Field field, const Json& value, Statement& s) {
  if (const auto member = id_member(field)) {
    if (!value.text() || value.text()->empty()) return false;
    s.*member = *value.text();
    return true;
  }
  switch (field) {
    case Field::agency_type:
      return put(read_code<AgencyType>(value), s.agency_type);
    case Field::name:
      return put(read_text(value), s.name);
    case Field::duty_source:
      return put(read_text(value), s.duty_source);
    case Field::evidence:
      return put(read_text(value), s.evidence);
    case Field::roles:
      return read_list(value, true, s.roles, read_code<Role>);
    case Field::consent_rule:
      s.consent_required = value.text() && *value.text() == "required";
      return value.text() && (s.consent_required || *value.text() == "not_required");
    case Field::duty:
      return put_bool(value, s.duty);
    case Field::statutory:
      return put_bool(value, s.statutory);
    case Field::subject_may_attend:
      return put_bool(value, s.subject_may_attend);
    case Field::reading: {
      const auto reading = read_code<Reading>(value);
      if (reading) s.reading = *reading;
      return reading.has_value();
    }
    case Field::cross_links:
      return read_list(value, true, s.cross_links, read_text);
    case Field::from:
      return put(read_instant(value), s.from);
    case Field::to:
      return put(read_instant(value), s.to);
    case Field::starts_at:
      return put(read_instant(value), s.starts_at);
    case Field::names:
      return read_display(value, s.texts.names);
    case Field::law:
      return read_display(value, s.texts.law);
    case Field::article:
      return read_display(value, s.texts.article);
    case Field::paragraph:
      return read_display(value, s.texts.paragraph);
    case Field::penalty:
      return read_display(value, s.texts.penalty);
    case Field::categories:
      return read_categories(value, false, false, s.categories);
    case Field::star_categories:
      return read_categories(value, true, false, s.categories);
    case Field::any_categories:
      return read_categories(value, false, true, s.categories);
    case Field::version:
      return put_integer(value, s.version);
    case Field::epoch:
      return put_integer(value, s.epoch);
    case Field::minutes:
      return put_integer(value, s.minutes);
    case Field::subjects:
      return read_list(value, false, s.subjects, read_subject);
    case Field::majority_at:
      return put(read_instant(value), s.dates.majority_at);
    case Field::own_consent_at:
      return put(read_instant(value), s.dates.own_consent_at);
    case Field::deceased_at:
      return put(read_instant(value), s.dates.deceased_at);
    case Field::authority_type:
      return put(read_code<AuthorityType>(value), s.authority_type);
    case Field::conflict:
      return put_bool(value, s.conflict);
    case Field::state:
      return put(read_code<ConsentState>(value), s.state);
    case Field::recipients:
      return read_recipients(value, s.recipients);
    case Field::method:
      return put(read_code<ConsentMethod>(value), s.method);
    case Field::opponents:
      return read_list(value, true, s.opponents, read_id);
    case Field::seats:
      return read_seats(value, s.seats);
    case Field::seat:
      return (value.text() && *value.text() == "none") || put(read_code<Seat>(value), s.seat);
    case Field::how:
      return put(read_code<PresenceHow>(value), s.how);
    case Field::label:
      return read_label(value, s.label.emplace());
    case Field::records:
      return read_list(value, false, s.records, read_id);
    case Field::rests_on:
      return read_list(value, true, s.rests_on, read_id);
    case Field::reason:
      return (value.text() && value.text()->empty()) || put(read_code<OrderReason>(value), s.reason);
    case Field::decision_kind:
      return put(read_code<DecisionKind>(value), s.decision_kind);
    case Field::ground:
      return put(read_code<EmergencyGround>(value), s.ground);
    case Field::protective:
      return put_bool(value, s.protective);
    case Field::upheld:
      return put_bool(value, s.upheld);
    default:
      return false;
  }
}

}  // namespace

std::optional<Statement> read_statement(const Json& value, StatementForm form, Json* body) {
  if (!value.is_object() || value.has_unfit_number()) return std::nullopt;
  const Json* kind = value.find("kind");
  const auto code = kind == nullptr ? std::nullopt : read_code<Kind>(*kind);
  if (!code) return std::nullopt;
  Statement s;
  s.kind = *code;
  const auto rules = fields_of(s.kind);
  bool has_at = false;
  for (const auto& [name, member] : value.members()) {
    if (name == "kind") continue;
    if (name == "by") {
      const auto by = read_id(member);
      if (!by) return std::nullopt;
      s.by = *by;
    } else if (name == "body") {
      if (!member.is_object()) return std::nullopt;
      if (body != nullptr) *body = member;
    } else if (name == "at" && form != StatementForm::ledger) {
      const auto at = read_instant(member);
      if (!at) return std::nullopt;
      s.at_ms = *at;
      has_at = true;
    } else if (name == "signed_with" && form != StatementForm::ledger) {
      const auto device = read_id(member);
      if (!device) return std::nullopt;
      s.signed_with = *device;
    } else {
      const auto rule =
          std::find_if(rules.begin(), rules.end(), [&](const FieldRule& one) { return name_of(one.field) == name; });
      if (rule == rules.end() || !read_field(rule->field, member, s)) return std::nullopt;
    }
  }
  for (const auto& rule : rules)
    if (rule.required && value.find(name_of(rule.field)) == nullptr) return std::nullopt;
  // In the ledger a rebase carries its case and label (policy.md §3): its readers may not hold the source.
  if (form == StatementForm::ledger && s.kind == Kind::record_rebase && (!s.label || s.case_id.empty()))
    return std::nullopt;
  if ((form == StatementForm::scenario && !has_at) || !well_formed(s)) return std::nullopt;
  return s;
}

}  // namespace kasane::wire
