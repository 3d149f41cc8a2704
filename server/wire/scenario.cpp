#include "server/wire/scenario.hpp"

#include <algorithm>
#include <numeric>

#include "server/wire/answer.hpp"
#include "server/wire/payload.hpp"

namespace kasane::wire {
namespace {

/// The queries are asked in the order of their times while a World is folded
/// along. Errors: none where the answers outgrow `scenario_bytes_max`.
std::optional<std::vector<Json>> ask_all(const Scenario& scenario) {
  std::vector<std::optional<Query>> asked;
  for (const auto& query : scenario.queries().elements()) asked.push_back(read_query(query));
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
    scenario.fold(world, asked[i]->at, next);
    answers[i] = answer(world, *asked[i]);
    bytes += print_json(answers[i]).size();
    if (bytes > scenario_bytes_max) return std::nullopt;
  }
  return answers;
}

std::nullopt_t refuse(std::string* why, std::string reason) {
  if (why != nullptr) *why = std::move(reason);
  return std::nullopt;
}

}  // namespace

std::optional<Scenario> Scenario::read(std::string_view text, std::string* why) {
  std::string fault;
  auto json = read_document(text, {scenario_bytes_max, 64, scenario_values_max}, &fault);
  if (!json) return refuse(why, "not strict JSON: " + fault);
  const Json *title = json->find("title"), *statements = json->find("statements"), *queries = json->find("queries");
  if (!json->is_object() || title == nullptr || !title->text() || statements == nullptr || !statements->is_array() ||
      queries == nullptr || !queries->is_array())
    return refuse(why, "no scenario: a title and the lists statements and queries are wanted");
  Scenario scenario;
  policy::World world;
  policy::Index index = 0;
  for (const auto& element : statements->elements()) {
    const auto statement = read_statement(element, StatementForm::scenario);
    const auto reason = statement ? world.accept(*statement, index) : std::optional(policy::Reason::MALFORMED);
    if (reason)
      scenario.rejected_.push_back({index, *reason});
    else
      scenario.accepted_.push_back({statement->at_ms, index});
    ++index;
  }
  scenario.json_ = std::move(*json);
  return scenario;
}

std::optional<policy::Statement> Scenario::statement(policy::Index index) const {
  const auto& elements = json_.find("statements")->elements();
  if (index < 0 || static_cast<std::size_t>(index) >= elements.size()) return std::nullopt;
  return read_statement(elements[static_cast<std::size_t>(index)], StatementForm::scenario);
}

void Scenario::fold(policy::World& world, policy::Instant at, std::size_t& next) const {
  for (; next < accepted_.size() && accepted_[next].at_ms <= at; ++next)
    world.replay(*statement(accepted_[next].index), accepted_[next].index);
}

std::optional<std::string> decide_scenario(std::string_view text, bool pretty, std::string* why) {
  const auto scenario = Scenario::read(text, why);
  if (!scenario) return std::nullopt;
  auto answers = ask_all(*scenario);
  if (!answers) return refuse(why, "the answers outgrow what may be printed");
  Json rejected = Json::array();
  for (const auto& one : scenario->rejected())
    rejected.push(Json::object().add("index", one.index).add("reason", policy::name_of(one.reason)));
  Json out = Json::object();
  out.add("rejected", std::move(rejected)).add("answers", Json::array(std::move(*answers)));
  return print_json(out, pretty) + "\n";
}

}  // namespace kasane::wire
