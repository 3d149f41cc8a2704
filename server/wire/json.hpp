#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kasane::wire {

/// A JSON value as read by the one strict reader, or as built for printing. Objects keep the order of their members.
class Json {
 public:
  enum class Type : std::uint8_t { null, boolean, integer, text, array, object, unfit_number };
  using Member = std::pair<std::string, Json>;

  Json() = default;  ///< null
  Json(bool value) : type_(Type::boolean), integer_(value ? 1 : 0) {}
  Json(int value) : type_(Type::integer), integer_(value) {}
  Json(std::int64_t value) : type_(Type::integer), integer_(value) {}
  Json(std::string value) : type_(Type::text), text_(std::move(value)) {}
  Json(std::string_view value) : type_(Type::text), text_(value) {}
  Json(const char* value) : type_(Type::text), text_(value) {}
  static Json array(std::vector<Json> elements = {});
  static Json object(std::vector<Member> members = {});
  /// A fraction, an exponent, or an integer beyond ±(2^53−1): no value here, and the wrong type wherever one is wanted.
  static Json unfit_number();

  Type type() const { return type_; }
  bool is_null() const { return type_ == Type::null; }
  bool is_array() const { return type_ == Type::array; }
  bool is_object() const { return type_ == Type::object; }
  // Null where the value is of another type.
  const bool* boolean() const;
  const std::int64_t* integer() const { return type_ == Type::integer ? &integer_ : nullptr; }
  const std::string* text() const { return type_ == Type::text ? &text_ : nullptr; }
  const std::vector<Json>& elements() const { return elements_; }
  const std::vector<Member>& members() const { return members_; }
  /// The member of that name, or null.
  const Json* find(std::string_view name) const;
  /// Is an unfit number anywhere within?
  bool has_unfit_number() const;

  // Building.
  Json& add(std::string name, Json value);  ///< a member
  Json& push(Json value);                   ///< an element

 private:
  Type type_ = Type::null;
  std::int64_t integer_ = 0;
  std::string text_;
  std::vector<Json> elements_;
  std::vector<Member> members_;
};

struct ReadLimits {
  std::size_t bytes = 1 << 20;
  std::size_t depth = 16;
  /// Keep unfit numbers as such (scenario files answer `MALFORMED` for the one statement) rather than refuse the text.
  bool keep_unfit_numbers = false;
};

/// Strict JSON: UTF-8 without a mark, one value and nothing after it, no duplicate keys, no floats, bounded depth and
/// size. Errors: none, and if `why` is given one short sentence in it.
std::optional<Json> read_json(std::string_view text, const ReadLimits& limits = {}, std::string* why = nullptr);

/// Compact, or with two spaces of indentation. Same bytes on every platform.
std::string print_json(const Json& value, bool pretty = false);
/// A quoted string: `"`, `\` and control characters escaped, all else as it is.
void print_text(std::string& out, std::string_view text);

}  // namespace kasane::wire
