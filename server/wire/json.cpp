#include "server/wire/json.hpp"

#include <algorithm>
#include <cerrno>  // before nlohmann: its libc++ build wants it
#include <nlohmann/json.hpp>

namespace kasane::wire {
namespace {

constexpr std::int64_t integer_max = (std::int64_t{1} << 53) - 1;

/// Builds a Json from nlohmann's events and stops at the first thing that is not strict. nlohmann checks UTF-8.
class Builder {
 public:
  Builder(const ReadLimits& limits, std::string* why) : limits_(limits), why_(why) {}
  std::optional<Json> take() {
    if (failed_ || !done_) return std::nullopt;
    return std::move(root_);
  }

  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  bool null() { return put(Json()); }
  bool boolean(bool value) { return put(Json(value)); }
  bool number_integer(number_integer_t value) {
    return value < -integer_max ? unfit() : put(Json(std::int64_t{value}));
  }
  bool number_unsigned(number_unsigned_t value) {
    return value > static_cast<number_unsigned_t>(integer_max) ? unfit() : put(Json(static_cast<std::int64_t>(value)));
  }
  bool number_float(number_float_t, const string_t&) { return unfit(); }
  bool string(string_t& value) { return put(Json(std::move(value))); }
  bool binary(binary_t&) { return fail("binary value"); }
  bool start_object(std::size_t) { return open(Json::object()); }
  bool end_object() { return has_duplicate(levels_.back().value) ? fail("duplicate member") : close(); }
  bool start_array(std::size_t) { return open(Json::array()); }
  bool end_array() { return close(); }
  bool key(string_t& name) {
    levels_.back().name = std::move(name);
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) {
    return fail(("not JSON at byte " + std::to_string(position)).c_str());
  }

 private:
  struct Level {
    Json value;
    std::string name;  ///< of the member whose value comes next
  };

  static bool has_duplicate(const Json& object) {
    std::vector<std::string_view> names;
    names.reserve(object.members().size());
    for (const auto& member : object.members()) names.push_back(member.first);
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) != names.end();
  }

  bool fail(const char* why) {
    if (why_ != nullptr && !failed_) *why_ = why;
    failed_ = true;
    return false;
  }
  bool unfit() {
    return limits_.keep_unfit_numbers ? put(Json::unfit_number()) : fail("a number that is no integer within 2^53");
  }
  bool open(Json value) {
    if (levels_.size() >= limits_.depth) return fail("nested too deeply");
    levels_.push_back({std::move(value), {}});
    return true;
  }
  bool close() {
    Json value = std::move(levels_.back().value);
    levels_.pop_back();
    return put(std::move(value));
  }
  bool put(Json value) {
    if (++values_ > limits_.values) return fail("too many values");
    if (levels_.empty()) {
      root_ = std::move(value);
      done_ = true;
    } else if (levels_.back().value.is_object()) {
      levels_.back().value.add(std::move(levels_.back().name), std::move(value));
    } else {
      levels_.back().value.push(std::move(value));
    }
    return true;
  }

  const ReadLimits& limits_;
  std::string* why_;
  std::vector<Level> levels_;
  Json root_;
  std::size_t values_ = 0;
  bool done_ = false, failed_ = false;
};

void print(std::string& out, const Json& value, bool pretty, int depth);

void indent(std::string& out, bool pretty, int depth) {
  if (pretty) out.append(1, '\n').append(static_cast<std::size_t>(2 * depth), ' ');
}

template <class List, class Each>
void print_list(std::string& out, const List& list, char open, char close, bool pretty, int depth, Each each) {
  out += open;
  bool first = true;
  for (const auto& one : list) {
    if (!first) out += ',';
    first = false;
    indent(out, pretty, depth + 1);
    each(one);
  }
  if (!first) indent(out, pretty, depth);
  out += close;
}

void print(std::string& out, const Json& value, bool pretty, int depth) {
  switch (value.type()) {
    case Json::Type::null:
    case Json::Type::unfit_number:
      out += "null";
      break;
    case Json::Type::boolean:
      out += *value.boolean() ? "true" : "false";
      break;
    case Json::Type::integer:
      out += std::to_string(*value.integer());
      break;
    case Json::Type::text:
      print_text(out, *value.text());
      break;
    case Json::Type::array:
      print_list(out, value.elements(), '[', ']', pretty, depth,
                 [&](const Json& one) { print(out, one, pretty, depth + 1); });
      break;
    case Json::Type::object:
      print_list(out, value.members(), '{', '}', pretty, depth, [&](const Json::Member& one) {
        print_text(out, one.first);
        out += pretty ? ": " : ":";
        print(out, one.second, pretty, depth + 1);
      });
      break;
  }
}

}  // namespace

Json Json::array(std::vector<Json> elements) {
  Json value;
  value.value_ = std::move(elements);
  return value;
}

Json Json::object(std::vector<Member> members) {
  Json value;
  value.value_ = std::move(members);
  return value;
}

Json Json::unfit_number() {
  Json value;
  value.value_ = Unfit{};
  return value;
}

const std::vector<Json>& Json::elements() const {
  static const std::vector<Json> none;
  const auto* held = std::get_if<std::vector<Json>>(&value_);
  return held == nullptr ? none : *held;
}

const std::vector<Json::Member>& Json::members() const {
  static const std::vector<Member> none;
  const auto* held = std::get_if<std::vector<Member>>(&value_);
  return held == nullptr ? none : *held;
}

const Json* Json::find(std::string_view name) const {
  for (const auto& member : members())
    if (member.first == name) return &member.second;
  return nullptr;
}

bool Json::has_unfit_number() const {
  if (type() == Type::unfit_number) return true;
  for (const auto& one : elements())
    if (one.has_unfit_number()) return true;
  for (const auto& member : members())
    if (member.second.has_unfit_number()) return true;
  return false;
}

Json& Json::add(std::string name, Json value) {
  if (!is_object()) value_ = std::vector<Member>();
  std::get_if<std::vector<Member>>(&value_)->emplace_back(std::move(name), std::move(value));
  return *this;
}

Json& Json::push(Json value) {
  if (!is_array()) value_ = std::vector<Json>();
  std::get_if<std::vector<Json>>(&value_)->push_back(std::move(value));
  return *this;
}

std::optional<Json> read_json(std::string_view text, const ReadLimits& limits, std::string* why) {
  if (text.size() > limits.bytes) {
    if (why != nullptr) *why = "too large";
    return std::nullopt;
  }
  if (text.starts_with("\xef\xbb\xbf")) {
    if (why != nullptr) *why = "a byte order mark";
    return std::nullopt;
  }
  Builder builder(limits, why);
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder, nlohmann::json::input_format_t::json, true))
    return std::nullopt;
  return builder.take();
}

std::string print_json(const Json& value, bool pretty) {
  std::string out;
  print(out, value, pretty, 0);
  return out;
}

void print_text(std::string& out, std::string_view text) {
  constexpr char hex[] = "0123456789abcdef";
  out += '"';
  std::size_t plain = 0;  // where what needs no escape begins: it is copied in one piece
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, plain, at - plain);
    plain = at + 1;
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += "\\u00";
      out += hex[byte >> 4U];
      out += hex[byte & 15U];
    }
  }
  out.append(text, plain);
  out += '"';
}

}  // namespace kasane::wire
