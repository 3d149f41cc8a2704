#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace kasane::wire {

/// A JSON value as read, or as built for printing. Objects keep the order of their members.
class Json {
 public:
  /// In the order of the alternatives of `value_`.
  enum class Type : std::uint8_t { null, boolean, integer, text, array, object, unfit_number };
  using Member = std::pair<std::string, Json>;

  Json() = default;  ///< null
  // NOLINTBEGIN(google-explicit-constructor): a value is a Json, so that an object is built in one line a member
  Json(bool value) : value_(value) {}
  Json(int value) : value_(std::int64_t{value}) {}
  Json(std::int64_t value) : value_(value) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(const char* value) : value_(std::string(value)) {}
  // NOLINTEND(google-explicit-constructor): as above
  static Json array(std::vector<Json> elements = {});
  static Json object(std::vector<Member> members = {});
  /// A fraction, an exponent, or an integer beyond ±(2^53−1): no value here, and the wrong type wherever one is wanted.
  static Json unfit_number();

  Type type() const { return static_cast<Type>(value_.index()); }
  bool is_null() const { return type() == Type::null; }
  bool is_array() const { return type() == Type::array; }
  bool is_object() const { return type() == Type::object; }
  // Null where the value is of another type.
  const bool* boolean() const { return std::get_if<bool>(&value_); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value_); }
  const std::string* text() const { return std::get_if<std::string>(&value_); }
  // Empty where the value is of another type.
  const std::vector<Json>& elements() const;
  const std::vector<Member>& members() const;
  /// The member of that name, or null.
  const Json* find(std::string_view name) const;
  /// Is an unfit number anywhere within?
  bool has_unfit_number() const;

  // Building.
  Json& add(std::string name, Json value);  ///< a member
  Json& push(Json value);                   ///< an element

 private:
  struct Unfit {};
  std::variant<std::monostate, bool, std::int64_t, std::string, std::vector<Json>, std::vector<Member>, Unfit> value_;
};

struct ReadLimits {
  std::size_t bytes = 1 << 20;
  std::size_t depth = 16;
  std::size_t values = 4 << 20;  ///< each takes some 70 bytes of memory, however few it takes of the text
};

/// Strict JSON: UTF-8 without a mark, one value and nothing after it, no duplicate keys, no floats, bounded depth and
/// size; the browser client's reader takes and refuses the same texts (tests/vectors/json_texts.json).
/// Errors: none, and if `why` is given one short sentence in it.
std::optional<Json> read_json(std::string_view text, const ReadLimits& limits = {}, std::string* why = nullptr);
/// The same of a file that people write, read by nlohmann/json: a number that is no integer within ±(2^53−1) is kept as
/// unfit, so that the one statement with it is `MALFORMED` and not the whole file.
std::optional<Json> read_document(std::string_view text, const ReadLimits& limits = {}, std::string* why = nullptr);

/// Compact, or with two spaces of indentation. Same bytes on every platform.
std::string print_json(const Json& value, bool pretty = false);
/// A quoted string: `"`, `\` and control characters escaped, all else as it is.
void print_text(std::string& out, std::string_view text);

}  // namespace kasane::wire
