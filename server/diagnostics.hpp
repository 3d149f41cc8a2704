#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

/// What the operator reads: one JSON object a line on stderr. Not the ledger, and nothing of it: no names, no content,
/// no ids of persons, devices or households, so that the journal needs no protection of its own (design.md §6).
namespace kasane::diagnostics {

enum class Level : std::uint8_t { info, warning, error };

struct Field {
  std::string_view name;  // a literal
  std::variant<std::int64_t, std::string_view> value;
};

/// What `write` says of an event: the members of one JSON object, all of it printable ASCII.
[[nodiscard]] std::string members(std::string_view event, std::initializer_list<Field> fields);

/// Thread: any. Safe: text is escaped and never a format string (ASVS 16.4.1).
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

}  // namespace kasane::diagnostics
