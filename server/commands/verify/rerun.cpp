// Every release and refusal, decided again at the prefix that it was decided on (design.md §4 "Release").
#include "policy/action.hpp"
#include "server/commands/verify/fold.hpp"
#include "server/conference/permit.hpp"

namespace kasane::commands::verify {

namespace {

std::string pair_of(const policy::Statement& statement, const std::string& person) {
  return statement.record + " " + statement.device + " " + person;
}

}  // namespace

const Fold::Asked* Fold::asked(const wire::Json& body) const {
  const wire::Json* hash = body.find("request");
  const auto request =
      hash != nullptr && hash->text() != nullptr ? crypto::from_hex<crypto::Hash>(*hash->text()) : std::nullopt;
  const auto at = request ? requests_.find(*request) : requests_.end();
  return at == requests_.end() ? nullptr : &at->second;
}

// What it was decided on: everything before this entry. When: at the request, or where the server was asked again with
// the same request, at the release itself.
void Fold::rerun_release(const ReadEntry& entry) {
  const policy::Statement& statement = entry.payload.statement;
  const wire::Json& body = entry.payload.body;
  const Asked* request = asked(body);
  const wire::Json* recorded = body.find("decision");
  ++report_.releases;
  if (request == nullptr) report_.find(entry.index, "a key was released without a request");
  if (request != nullptr && (request->by != statement.person || request->device != statement.device ||
                             request->record != statement.record || request->item != statement.item))
    report_.find(entry.index, "a key was released to another than asked for it");
  if (recorded == nullptr) return report_.find(entry.index, "a release without its decision");
  const policy::Ask ask{statement.record, statement.person, statement.device, statement.item};
  const std::string text = wire::print_json(*recorded);
  bool same = false;
  policy::Decision decision;
  for (const auto at : {request != nullptr ? request->at_ms : entry.time_ms, entry.time_ms}) {
    decision = policy::see(world_, ask, at);
    same = same || (decision.permit && wire::print_json(conference::write_permit(decision, entry.index)) == text);
  }
  if (!same)
    report_.find(entry.index, decision.permit
                                  ? "the release, decided again, has another ground, citation, duty or end"
                                  : "the release, decided again, is a refusal: " +
                                        std::string(decision.reason ? policy::name_of(*decision.reason) : "no reason"));
  tell(entry, request, *recorded);
}

void Fold::rerun_refusal(const ReadEntry& entry) {
  const policy::Statement& statement = entry.payload.statement;
  const Asked* request = asked(entry.payload.body);
  const wire::Json* recorded = entry.payload.body.find("reason");
  ++report_.refusals;
  if (recorded == nullptr || recorded->text() == nullptr)
    return report_.find(entry.index, "a refusal without its reason");
  const policy::Ask ask{statement.record, statement.person, statement.device, statement.item};
  bool same = false;
  policy::Decision decision;
  for (const auto at : {request != nullptr ? request->at_ms : entry.time_ms, entry.time_ms}) {
    decision = policy::see(world_, ask, at);
    same = same || (!decision.permit &&
                    policy::name_of(decision.reason.value_or(policy::Reason::UNKNOWN)) == *recorded->text());
  }
  if (!same)
    report_.find(entry.index,
                 decision.permit ? std::string("the refusal, decided again, is a permit")
                                 : "the refusal, decided again, has another reason: " +
                                       std::string(policy::name_of(decision.reason.value_or(policy::Reason::UNKNOWN))));
  tell(entry, request, *recorded);
}

void Fold::count_opened(const ReadEntry& entry) {
  const policy::Statement& statement = entry.payload.statement;
  ++report_.opened;
  if (!released_.contains(pair_of(statement, statement.by)))
    report_.find(entry.index, "a record was opened without a release");
}

void Fold::tell(const ReadEntry& entry, const Asked* request, wire::Json verdict) {
  if (!line_) return;
  const policy::Statement& statement = entry.payload.statement;
  const bool release = statement.kind == policy::Kind::key_release;
  wire::Json line = wire::Json::object();
  line.add("index", entry.index).add("at", policy::print_instant(entry.time_ms));
  line.add("kind", policy::name_of(statement.kind)).add("person", statement.person).add("device", statement.device);
  line.add("record", statement.record).add("item", statement.item.empty() ? wire::Json() : wire::Json(statement.item));
  line.add("request", request != nullptr ? wire::Json(request->index) : wire::Json()).add("prefix", entry.index);
  line.add(release ? "decision" : "reason", std::move(verdict));
  line_(entry.index, wire::print_json(line));
}

}  // namespace kasane::commands::verify
