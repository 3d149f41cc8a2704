#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kasane::policy {

/// policy.md §12: the sorts of unit.
enum class UnitKind : std::uint8_t {
  directory,
  heads,
  subject,
  household_case,
  emergency,
  conference,
  notice,
  item,
  work,
  order,
  record,
  access,
  denial,
  audit
};
inline constexpr std::size_t unit_kind_count = static_cast<std::size_t>(UnitKind::audit) + 1;

/// The unit that an entry belongs to, e.g. `item/g-1`, `notice/k-7/SWA106_6/dan`, `directory`.
struct Unit {
  UnitKind kind = UnitKind::directory;
  std::string a, b, c;  ///< what it names, in the order of its printed name; unused ones are empty
  std::string name() const;
  friend bool operator==(const Unit&, const Unit&) = default;
};

/// Back from the printed name; none for anything that `Unit::name` does not print.
std::optional<Unit> parse_unit(std::string_view name);

}  // namespace kasane::policy
