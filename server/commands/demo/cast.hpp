#pragma once

#include <span>
#include <string_view>

#include "policy/codes.hpp"

/// Who works in the demo town 架空市. All invented.
namespace kasane::commands::demo {

struct AgencyRow {
  std::string_view id;
  policy::AgencyType type;
  std::string_view name;
};
struct PersonaRow {
  std::string_view id, name, post, agency;
  std::string_view role;         ///< a tenant role, or empty
  std::string_view duty_source;  ///< domain.md §1.5
  std::string_view to_try;       ///< one line beside the persona's address
};

std::span<const AgencyRow> agencies();   ///< the registrar's own first
std::span<const PersonaRow> personas();  ///< the registrar first
/// Requires: one of them.
const AgencyRow& agency_of(std::string_view id);

}  // namespace kasane::commands::demo
