#include "server/wire/scenario.hpp"

#include <algorithm>
#include <numeric>

#include "server/wire/answer.hpp"
#include "server/wire/payload.hpp"

namespace kasane::wire {
namespace {

using policy::Statement;

/// A query sees the accepted statements up to its `at` (policy.md §1), so the queries are asked in the order of their
/// times while a second World is folded along.
std::vector<Json> ask_all(const std::vector<std::pair<Statement, policy::Index>>& accepted, const Json& queries) {
  std::vector<std::optional<Query>> asked;
  for (const auto& query : queries.elements()) asked.push_back(read_query(query));
  std::vector<std::size_t> order(asked.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto at = [&](std::size_t i) { return asked[i] ? asked[i]->at : 0; };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return at(a) < at(b); });

  std::vector<Json> answers(asked.size());
  policy::World world;
  std::size_t next = 0;
  for (const auto i : order) {
    if (!asked[i]) {
      answers[i] = malformed_answer();
      continue;
    }
    for (; next < accepted.size() && accepted[next].first.at_ms <= asked[i]->at; ++next)
      world.replay(accepted[next].first, accepted[next].second);
    answers[i] = answer(world, *asked[i]);
  }
  return answers;
}

}  // namespace

std::optional<std::string> decide_scenario(std::string_view text, bool pretty, std::string* why) {
  const auto refuse = [&](const char* reason) {
    if (why != nullptr) *why = reason;
    return std::nullopt;
  };
  std::string fault;
  const auto json = read_json(text, {scenario_bytes_max, 64, true}, &fault);
  if (!json) return refuse(("not strict JSON: " + fault).c_str());
  const Json *title = json->find("title"), *statements = json->find("statements"), *queries = json->find("queries");
  if (!json->is_object() || title == nullptr || !title->text() || statements == nullptr || !statements->is_array() ||
      queries == nullptr || !queries->is_array())
    return refuse("no scenario: a title and the lists statements and queries are wanted");

  policy::World world;
  std::vector<std::pair<Statement, policy::Index>> accepted;
  Json rejected = Json::array();
  policy::Index index = 0;
  for (const auto& element : statements->elements()) {
    auto statement = read_statement(element, StatementForm::scenario);
    const auto reason = statement ? world.accept(*statement, index) : std::optional(policy::Reason::MALFORMED);
    if (reason)
      rejected.push(Json::object().add("index", index).add("reason", policy::name_of(*reason)));
    else
      accepted.emplace_back(std::move(*statement), index);
    ++index;
  }
  Json out = Json::object();
  out.add("rejected", std::move(rejected)).add("answers", Json::array(ask_all(accepted, *queries)));
  return print_json(out, pretty) + "\n";
}

}  // namespace kasane::wire
