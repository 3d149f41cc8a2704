#include "server/wire/scenario.hpp"

#include <algorithm>
#include <numeric>

#include "server/wire/answer.hpp"
#include "server/wire/payload.hpp"

namespace kasane::wire {
namespace {

/// Accepted statements are kept by their place and read once more: read, one takes more room than its text.
struct Accepted {
  policy::Instant at_ms = 0;
  std::size_t place = 0;
};

/// A query sees the accepted statements up to its `at` (policy.md §1), so the queries are asked in the order of their
/// times while a second World is folded along. Errors: none where the answers outgrow `scenario_bytes_max`.
std::optional<std::vector<Json>> ask_all(const Json& statements, const std::vector<Accepted>& accepted,
                                         const Json& queries) {
  std::vector<std::optional<Query>> asked;
  for (const auto& query : queries.elements()) asked.push_back(read_query(query));
  std::vector<std::size_t> order(asked.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto at = [&](std::size_t i) { return asked[i] ? asked[i]->at : 0; };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return at(a) < at(b); });

  std::vector<Json> answers(asked.size());
  policy::World world;
  std::size_t next = 0, bytes = 0;
  for (const auto i : order) {
    if (!asked[i]) {
      answers[i] = malformed_answer();
      continue;
    }
    for (; next < accepted.size() && accepted[next].at_ms <= asked[i]->at; ++next) {
      const auto place = accepted[next].place;
      world.replay(*read_statement(statements.elements()[place], StatementForm::scenario),
                   static_cast<policy::Index>(place));
    }
    answers[i] = answer(world, *asked[i]);
    bytes += print_json(answers[i]).size();
    if (bytes > scenario_bytes_max) return std::nullopt;
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
  const auto json = read_document(text, {scenario_bytes_max, 64, scenario_values_max}, &fault);
  if (!json) return refuse(("not strict JSON: " + fault).c_str());
  const Json *title = json->find("title"), *statements = json->find("statements"), *queries = json->find("queries");
  if (!json->is_object() || title == nullptr || !title->text() || statements == nullptr || !statements->is_array() ||
      queries == nullptr || !queries->is_array())
    return refuse("no scenario: a title and the lists statements and queries are wanted");

  policy::World world;
  std::vector<Accepted> accepted;
  Json rejected = Json::array();
  policy::Index index = 0;
  for (const auto& element : statements->elements()) {
    const auto statement = read_statement(element, StatementForm::scenario);
    const auto reason = statement ? world.accept(*statement, index) : std::optional(policy::Reason::MALFORMED);
    if (reason)
      rejected.push(Json::object().add("index", index).add("reason", policy::name_of(*reason)));
    else
      accepted.push_back({statement->at_ms, static_cast<std::size_t>(index)});
    ++index;
  }
  Json out = Json::object();
  auto answers = ask_all(*statements, accepted, *queries);
  if (!answers) return refuse("the answers outgrow what may be printed");
  out.add("rejected", std::move(rejected)).add("answers", Json::array(std::move(*answers)));
  return print_json(out, pretty) + "\n";
}

}  // namespace kasane::wire
