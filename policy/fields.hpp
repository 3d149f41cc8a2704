#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "policy/statement.hpp"

namespace kasane::policy {

/// The fields of policy.md §3's table.
enum class Field : std::uint8_t {
  tenant,
  person,
  agency,
  agency_type,
  name,
  roles,
  duty_source,
  device,
  code,
  consent_rule,
  duty,
  statutory,
  subject_may_attend,
  reading,
  cross_links,
  from,
  to,
  names,
  law,
  article,
  paragraph,
  penalty,
  categories,
  star_categories,
  any_categories,
  basis,
  version,
  case_id,
  subjects,
  subject,
  majority_at,
  own_consent_at,
  deceased_at,
  authority,
  holder,
  authority_type,
  conflict,
  consent,
  giver,
  state,
  recipients,
  purpose,
  method,
  evidence,
  witness,
  opponents,
  with,
  conference,
  starts_at,
  item,
  seats,
  seat,
  as,
  how,
  record,
  label,
  source,
  records,
  reason,
  task,
  decision,
  decision_kind,
  rests_on,
  emergency,
  ground,
  minutes,
  protective,
  upheld,
  message,
  epoch,
  request,
};

struct FieldRule {
  Field field;
  bool required;
};

/// The rows of the table: the fields of a kind in their order. `kind`, `at`, `by`, `signed_with`, `body` are not among
/// them; `with` is, where a row asks for it.
std::span<const FieldRule> fields_of(Kind kind);
/// The name of the field in a statement's JSON.
std::string_view name_of(Field field);
/// The member that holds a field which is one id (or one basis code); null for the others.
std::string Statement::* id_member(Field field);

}  // namespace kasane::policy
