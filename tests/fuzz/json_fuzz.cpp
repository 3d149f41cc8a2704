// The strict reader, and that of files, beside nlohmann's own: the same texts pass, with the same values, and print
// back to what reads the same.
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

#include "server/wire/json.hpp"

namespace {

using kasane::wire::Json;

/// What our format refuses and JSON does not: duplicate names, numbers that are no integers within 2^53, depth.
class Strictness final : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t value) override { return number(value >= -integer_max && value != 0); }
  bool number_unsigned(number_unsigned_t value) override {
    return number(value <= static_cast<number_unsigned_t>(integer_max));
  }
  bool number_float(number_float_t, const string_t&) override { return number(false); }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(); }
  bool key(string_t& name) override { return names_.back().insert(name).second; }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }
  bool has_unfit_number = false;

 private:
  static constexpr std::int64_t integer_max = (std::int64_t{1} << 53) - 1;
  bool number(bool fit) {
    has_unfit_number = has_unfit_number || !fit;
    return true;
  }
  bool open() {
    names_.emplace_back();
    return names_.size() <= kasane::wire::ReadLimits{}.depth;
  }
  bool close() {
    names_.pop_back();
    return true;
  }
  std::vector<std::set<std::string>> names_;
};

bool same(const Json& ours, const nlohmann::ordered_json& theirs) {
  switch (ours.type()) {
    case Json::Type::null:
      return theirs.is_null();
    case Json::Type::boolean:
      return theirs.is_boolean() && theirs.get<bool>() == *ours.boolean();
    case Json::Type::integer:
      return theirs.is_number_integer() && theirs.get<std::int64_t>() == *ours.integer();
    case Json::Type::text:
      return theirs.is_string() && theirs.get_ref<const std::string&>() == *ours.text();
    case Json::Type::array:
      if (!theirs.is_array() || theirs.size() != ours.elements().size()) return false;
      for (std::size_t i = 0; i < theirs.size(); ++i)
        if (!same(ours.elements()[i], theirs[i])) return false;
      return true;
    case Json::Type::object: {
      if (!theirs.is_object() || theirs.size() != ours.members().size()) return false;
      std::size_t i = 0;
      for (const auto& [name, value] : theirs.items()) {
        if (ours.members()[i].first != name || !same(ours.members()[i].second, value)) return false;
        ++i;
      }
      return true;
    }
    case Json::Type::unfit_number:
      return theirs.is_number();
  }
  return false;
}

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Strictness strictness;
  // nlohmann passes over a byte order mark, and takes a NUL for the end of its input.
  const bool taken_whole = !text.starts_with("\xEF\xBB\xBF") && text.find('\0') == std::string_view::npos;
  const bool fit = taken_whole && nlohmann::json::sax_parse(text, &strictness);
  std::string why;
  const auto ours = kasane::wire::read_json(text, {}, &why);
  must(ours.has_value() == (fit && !strictness.has_unfit_number));
  must(ours.has_value() == why.empty());
  const auto lenient = kasane::wire::read_document(text);
  must(lenient.has_value() == fit);
  if (!lenient) return 0;
  must(lenient->has_unfit_number() == strictness.has_unfit_number);
  must(same(*lenient, nlohmann::ordered_json::parse(text)));
  if (!ours) return 0;
  for (const bool pretty : {false, true}) {
    const auto printed = kasane::wire::print_json(*ours, pretty);
    const auto again = kasane::wire::read_json(printed, {.bytes = std::size_t{16} << 20U});
    must(again && kasane::wire::print_json(*again, pretty) == printed);
  }
  return 0;
}
