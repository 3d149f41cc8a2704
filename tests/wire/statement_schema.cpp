#include "tests/wire/statement_schema.hpp"

#include "policy/fields.hpp"
#include "server/wire/json.hpp"

namespace kasane::tests {
namespace {

using namespace policy;
using wire::Json;

Json object() { return Json::object(); }
Json shared(const char* name) { return object().add("$ref", std::string("shapes.json#/definitions/") + name); }
Json of_type(const char* type) { return object().add("type", type); }
Json constant(const char* text) { return object().add("const", text); }
Json either(Json one, Json other) {
  Json both = Json::array();
  both.push(std::move(one));
  both.push(std::move(other));
  return object().add("anyOf", std::move(both));
}
Json list_of(Json element, bool may_be_empty = false) {
  Json list = of_type("array").add("items", std::move(element));
  if (!may_be_empty) list.add("minItems", std::int64_t{1});
  return list;
}
template <class Code>
Json one_of(Code last) {
  Json names = Json::array();
  for (int i = 0; i <= static_cast<int>(last); ++i) names.push(std::string(name_of(static_cast<Code>(i))));
  return object().add("enum", std::move(names));
}
Json texts(std::initializer_list<const char*> names) {
  Json list = Json::array();
  for (const auto* name : names) list.push(name);
  return list;
}
/// Nothing beyond `properties`; `required` of them must be there.
Json closed(Json properties, Json required) {
  return of_type("object")
      .add("properties", std::move(properties))
      .add("required", std::move(required))
      .add("additionalProperties", false);
}

/// Fields of one name and several shapes (a list that may be `*`, one that may be empty) are several definitions.
std::string definition_of(Field field) {
  const std::string name(name_of(field));
  if (field == Field::star_categories) return name + "_or_all";
  if (field == Field::any_categories) return name + "_or_none";
  return name == "consent" && field == Field::consent_rule ? "consent_rule" : name;
}
Json reference(Field field) { return object().add("$ref", "#/definitions/" + definition_of(field)); }

Json any_text() { return of_type("string"); }
Json display() { return either(any_text(), of_type("object").add("additionalProperties", any_text())); }
Json dates() {
  return object()
      .add("majority_at", shared("instant"))
      .add("own_consent_at", shared("instant"))
      .add("deceased_at", shared("instant"));
}
Json subject() { return closed(dates().add("subject", shared("id")), texts({"subject"})); }
Json seats() {
  Json chair = closed(object().add("seat", one_of(Seat::aide)).add("as", shared("id")), texts({"seat"}));
  return of_type("object").add("additionalProperties", std::move(chair));
}
Json label() {
  return closed(object()
                    .add("subjects", list_of(shared("id")))
                    .add("categories", list_of(one_of(Category::SRC)))
                    .add("kind", one_of(RecordKind::DOC))
                    .add("agency", shared("id"))
                    .add("origin", any_text())
                    .add("hold", list_of(shared("id"), true))
                    .add("withhold_from_subject", of_type("boolean"))
                    .add("deidentified", of_type("boolean"))
                    .add("parents", list_of(shared("id"), true)),
                texts({"subjects", "categories", "kind", "agency", "origin"}));
}

Json schema_of(Field field) {
  switch (field) {
    case Field::code:
    case Field::basis:
      return object().add("type", "string").add("pattern", "^[A-Z0-9][A-Z0-9_]{0,31}$");
    case Field::agency_type:
      return one_of(AgencyType::abuse_desk);
    case Field::name:
    case Field::duty_source:
    case Field::evidence:
    case Field::purpose:
      return any_text();
    case Field::roles:
      return list_of(one_of(Role::statistics), true);
    case Field::consent_rule:
      return object().add("enum", texts({"required", "not_required"}));
    case Field::duty:
    case Field::statutory:
    case Field::subject_may_attend:
    case Field::conflict:
    case Field::protective:
    case Field::upheld:
      return of_type("boolean");
    case Field::reading:
      return one_of(Reading::from_convening);
    case Field::cross_links:
      return list_of(any_text(), true);
    case Field::from:
    case Field::to:
    case Field::starts_at:
    case Field::majority_at:
    case Field::own_consent_at:
    case Field::deceased_at:
      return shared("instant");
    case Field::names:
    case Field::law:
    case Field::article:
    case Field::paragraph:
    case Field::penalty:
      return display();
    case Field::categories:
      return list_of(one_of(Category::SRC));
    case Field::star_categories:
      return either(constant("*"), list_of(one_of(Category::SRC)));
    case Field::any_categories:
      return list_of(one_of(Category::SRC), true);
    case Field::version:
    case Field::epoch:
    case Field::minutes:
      return of_type("integer");
    case Field::subjects:
      return list_of(subject());
    case Field::authority_type:
      return one_of(AuthorityType::mandate);
    case Field::state:
      return one_of(ConsentState::unable);
    case Field::recipients:
      return either(constant("*"), list_of(shared("id")));
    case Field::method:
      return one_of(ConsentMethod::oral);
    case Field::opponents:
    case Field::rests_on:
      return list_of(shared("id"), true);
    case Field::seats:
      return seats();
    case Field::seat:
      return either(constant("none"), one_of(Seat::aide));
    case Field::how:
      return one_of(PresenceHow::oral);
    case Field::label:
      return label();
    case Field::records:
      return list_of(shared("id"));
    case Field::reason:
      return either(constant(""), one_of(OrderReason::other));
    case Field::decision_kind:
      return one_of(DecisionKind::resume);
    case Field::ground:
      return one_of(EmergencyGround::property);
    default:
      return shared("id");
  }
}

enum class Form { ledger, hypothetical };

Json kind_schema(Kind kind, Form form) {
  Json properties = object().add("kind", constant(std::string(name_of(kind)).c_str())).add("by", shared("id"));
  Json required = texts({"kind"});
  if (form == Form::ledger) required.push("by");
  if (form == Form::hypothetical) properties.add("at", shared("instant")).add("signed_with", shared("id"));
  for (const auto& rule : fields_of(kind)) {
    const std::string name(name_of(rule.field));
    properties.add(name, reference(rule.field));
    // In the ledger a rebase carries its case and label (policy.md §3).
    const bool carried = form == Form::ledger && kind == Kind::record_rebase &&
                         (rule.field == Field::case_id || rule.field == Field::label);
    if (rule.required || carried) required.push(name);
  }
  properties.add("body", of_type("object"));
  return closed(std::move(properties), std::move(required));
}

Json any_kind(Form form) {
  Json kinds = Json::array();
  for (std::size_t i = 0; i < kind_count; ++i) kinds.push(kind_schema(static_cast<Kind>(i), form));
  return object().add("oneOf", std::move(kinds));
}

}  // namespace

std::string statement_schema() {
  Json definitions = object();
  for (int i = 0; i <= static_cast<int>(Field::request); ++i)
    definitions.add(definition_of(static_cast<Field>(i)), schema_of(static_cast<Field>(i)));
  definitions.add("ledger", any_kind(Form::ledger)).add("hypothetical", any_kind(Form::hypothetical));
  Json file = object()
                  .add("$schema", "http://json-schema.org/draft-07/schema#")
                  .add("$id", "statement.json")
                  .add("description",
                       "A statement (policy.md §3) as it stands in a payload, and as what_if takes it. Made from the "
                       "rows of policy/fields by the wire tests: KASANE_UPDATE=1 writes it anew.")
                  .add("definitions", std::move(definitions));
  return wire::print_json(file, true) + "\n";
}

}  // namespace kasane::tests
