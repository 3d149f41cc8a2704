#include "server/native/record_content.hpp"

#include "server/wire/json.hpp"

namespace kasane::native {

namespace {

constexpr int content_version = 1;

wire::Json content(std::string_view title, std::string_view text) {
  wire::Json object = wire::Json::object();
  object.add("v", content_version);
  object.add("title", title);
  object.add("text", text);
  return object;
}

}  // namespace

std::string record_content(std::string_view title, std::string_view text, std::span<const SubjectName> names) {
  wire::Json object = content(title, text);
  if (!names.empty()) {
    wire::Json members = wire::Json::object();
    for (const auto& [subject, name] : names) members.add(subject, name);
    object.add("names", std::move(members));
  }
  return wire::print_json(object);
}

std::string decision_content(std::string_view title, std::string_view policy, std::string_view done,
                             const std::vector<DecisionTask>& tasks, std::string_view next) {
  wire::Json object = content(title, "");
  object.add("policy", policy);
  object.add("done", done);
  wire::Json list = wire::Json::array();
  for (const auto& task : tasks) {
    wire::Json one = wire::Json::object();
    one.add("who", task.who);
    one.add("what", task.what);
    one.add("by", task.by);
    list.push(std::move(one));
  }
  object.add("tasks", std::move(list));
  object.add("next", next);
  return wire::print_json(object);
}

}  // namespace kasane::native
