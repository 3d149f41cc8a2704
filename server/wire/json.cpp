#include "server/wire/json.hpp"

#include "server/wire/plain_run.hpp"

namespace kasane::wire {
namespace {

void print(std::string& out, const Json& value, bool pretty, int depth);

void indent(std::string& out, bool pretty, int depth) {
  if (pretty) out.append(1, '\n').append(2 * static_cast<std::size_t>(depth), ' ');
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

std::string print_json(const Json& value, bool pretty) {
  std::string out;
  print(out, value, pretty, 0);
  return out;
}

void print_text(std::string& out, std::string_view text) {
  constexpr char hex[] = "0123456789abcdef";
  out += '"';
  for (std::size_t at = 0;; ++at) {
    const std::size_t end = plain_run_end(text, at, false);
    out.append(text, at, end - at);
    if (end == text.size()) break;
    at = end;
    const char c = text[at];
    const auto byte = static_cast<unsigned char>(c);
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
  out += '"';
}

}  // namespace kasane::wire
