#include <algorithm>
#include <cerrno>  // before nlohmann: its libc++ build wants it
#include <nlohmann/json.hpp>

#include "server/wire/json.hpp"

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
    // Only what has a minus comes here, so 0 was written -0.
    return value < -integer_max || value == 0 ? put(Json::unfit_number()) : put(Json(std::int64_t{value}));
  }
  bool number_unsigned(number_unsigned_t value) {
    return value > static_cast<number_unsigned_t>(integer_max) ? put(Json::unfit_number())
                                                               : put(Json(static_cast<std::int64_t>(value)));
  }
  bool number_float(number_float_t, const string_t&) { return put(Json::unfit_number()); }
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

}  // namespace

std::optional<Json> read_document(std::string_view text, const ReadLimits& limits, std::string* why) {
  const auto refuse = [&](const char* reason) {
    if (why != nullptr) *why = reason;
    return std::nullopt;
  };
  if (text.size() > limits.bytes) return refuse("too large");
  if (text.starts_with("\xef\xbb\xbf")) return refuse("a byte order mark");
  // nlohmann takes a NUL for the end of its input and would not look at what follows.
  if (text.find('\0') != std::string_view::npos) return refuse("a NUL byte");
  Builder builder(limits, why);
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder, nlohmann::json::input_format_t::json, true))
    return std::nullopt;
  return builder.take();
}

}  // namespace kasane::wire
