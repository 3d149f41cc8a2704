#pragma once

#include <optional>

#include "policy/apply.hpp"
#include "policy/check.hpp"
#include "policy/fields.hpp"

namespace kasane::policy {

/// A row of policy.md §3's table, as far as the engine goes: what the kind defines, who may say it, what it changes,
/// and who reads it.
struct KindRow {
  Kind kind{};
  std::optional<Field> defines;  ///< the field with the id of a new thing: `DUPLICATE` where there is one already
  Check::Result (Check::*check)() = nullptr;  ///< after shape, time, author, references and duplicates
  void (Apply::*apply)() = nullptr;
  UnitKind unit{};  ///< policy.md §12: the sort of unit that its entries belong to
};
const KindRow& row_of(Kind kind);

}  // namespace kasane::policy
