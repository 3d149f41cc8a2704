#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/exit_status.hpp"
#include "server/wire/json.hpp"

/// What a replica asks of everything that the ledger sends. Errors of all: `CommandError`.
namespace kasane::commands::demo::replica {

[[noreturn]] inline void fail(const std::string& why) {
  throw CommandError(Exit::broken_data, "the ledger does not verify: " + why);
}
template <class T>
T need(std::optional<T> value, const char* what) {
  if (!value) fail(std::string("no ") + what);
  return std::move(*value);
}
inline const wire::Json& member(const wire::Json& object, std::string_view name) {
  const auto* value = object.find(name);
  if (value == nullptr) fail("no member " + std::string(name));
  return *value;
}

}  // namespace kasane::commands::demo::replica
