#include <algorithm>
#include <set>

#include "policy/action.hpp"
#include "server/conference/inside.hpp"

namespace kasane::conference {

namespace {

wire::Json outcome(const policy::Decision& decision) {
  wire::Json out = wire::Json::object();
  out.add("outcome", decision.permit ? "permit" : "deny");
  if (decision.ground) out.add("ground", policy::name_of(*decision.ground));
  if (decision.reason) out.add("reason", policy::name_of(*decision.reason));
  out.add("hidden", decision.hidden);
  return out;
}

}  // namespace

// PROTOCOL.md what_if: who would see more or less, by person and category; neither items nor records are named.
void Engine::Inside::what_if(Connection from, const std::string& id, const wire::WhatIfRequest& ask) {
  settle();
  const policy::World& world = ledger.world();
  const std::string& caller = members.at(from).who.person;
  const std::int64_t at = ledger.time_at(now_ms());
  wire::Json rejected = wire::Json::array();
  const auto reject = [&](std::size_t index, policy::Reason reason) {
    rejected.push(wire::Json::object(
        {{"index", wire::Json(static_cast<std::int64_t>(index))}, {"reason", wire::Json(policy::name_of(reason))}}));
  };
  // Only what the caller may do is reckoned: nobody asks what somebody else's refusal would change.
  std::vector<policy::Supposed> statements;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < ask.statements.size(); ++i) {
    if (ask.statements[i] && ask.statements[i]->by != caller) {
      reject(i, policy::Reason::NOT_AUTHORISED);
      continue;
    }
    statements.push_back(ask.statements[i]);
    places.push_back(i);
  }
  const policy::WhatIf result = policy::what_if(world, statements, ask.item, at);
  for (const auto& one : result.rejected) reject(places[one.index], one.reason);

  bool cut = false;
  // Printed, equal ones as one; what opens or closes before what only changes its reason, so that a cut takes the
  // latter.
  std::set<std::pair<bool, std::string>> lines;
  for (const policy::Flip& flip : result.flips) {
    const auto record = world.records.find_defined(flip.record);
    const auto item = world.items.find_defined(flip.item);
    if (!record.known()) continue;  // shared only within the question
    const policy::Record& row = world.records[record];
    const policy::Unit in_case{policy::UnitKind::household_case, std::string(world.cases.name(row.in_case)), {}, {}};
    if (!policy::may_read(world, caller, in_case, at)) continue;
    wire::Json categories = wire::Json::array(), subjects = wire::Json::array();
    for (const auto category : row.category_list) categories.push(policy::name_of(category));
    for (const auto subject : row.subjects) subjects.push(world.subjects.name(subject));
    wire::Json line = wire::Json::object();
    line.add("person", flip.person);
    line.add("basis", item.known() ? wire::Json(world.bases.name(world.items[item].basis)) : wire::Json());
    line.add("categories", std::move(categories)).add("subjects", std::move(subjects));
    line.add("before", outcome(flip.before)).add("after", outcome(flip.after)).add("opened", flip.opened);
    lines.emplace(flip.before.permit == flip.after.permit, wire::print_json(line));
    cut = cut || lines.size() > wire::limits::what_if_flips;
    if (lines.size() > wire::limits::what_if_flips) lines.erase(std::prev(lines.end()));
  }
  std::vector<std::string> flips;
  flips.reserve(lines.size());
  for (const auto& [reason_only, text] : lines) flips.push_back(text);
  const std::string rejected_text = wire::print_json(rejected), list = wire::joined_array(flips),
                    time = wire::quoted_time(at), size = std::to_string(ledger.committed_size());
  const wire::Part parts[] = {
      {"rejected", rejected_text}, {"flips", list}, {"cut", cut ? "true" : "false"}, {"at", time}, {"size", size}};
  answer(from, id, parts);
}

}  // namespace kasane::conference
