#pragma once
// Reading the members of a body, strictly. Errors of all: none where the member is missing or of another shape.
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/bytes.hpp"
#include "server/wire/json.hpp"

namespace kasane::native {

inline std::optional<std::string> text_member(const wire::Json& object, std::string_view name) {
  const wire::Json* value = object.find(name);
  if (value == nullptr || value->text() == nullptr) return std::nullopt;
  return *value->text();
}
/// Not negative.
inline std::optional<std::int64_t> count_member(const wire::Json& object, std::string_view name) {
  const wire::Json* value = object.find(name);
  if (value == nullptr || value->integer() == nullptr || *value->integer() < 0) return std::nullopt;
  return *value->integer();
}
template <class T>
std::optional<T> hex_member(const wire::Json& object, std::string_view name) {
  const auto text = text_member(object, name);
  return text ? crypto::from_hex<T>(*text) : std::nullopt;
}
inline std::optional<crypto::Bytes> bytes_member(const wire::Json& object, std::string_view name) {
  const auto text = text_member(object, name);
  return text ? crypto::unbase64(*text) : std::nullopt;
}
template <class T>
std::optional<T> base64_member(const wire::Json& object, std::string_view name) {
  const auto bytes = bytes_member(object, name);
  return bytes ? crypto::fixed<T>(*bytes) : std::nullopt;
}
/// Is it an object with no members but these?
inline bool has_only(const wire::Json& object, std::initializer_list<std::string_view> names) {
  if (!object.is_object()) return false;
  for (const auto& [name, value] : object.members()) {
    bool known = false;
    for (const auto allowed : names) known = known || name == allowed;
    if (!known) return false;
  }
  return true;
}

}  // namespace kasane::native
