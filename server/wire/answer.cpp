#include "server/wire/answer.hpp"

#include "server/wire/snapshot.hpp"

namespace kasane::wire {
namespace {

using namespace policy;

void add_decision(Json& out, const Decision& decision) {
  out.add("outcome", decision.permit ? "permit" : "deny");
  if (decision.ground) out.add("ground", name_of(*decision.ground));
  if (decision.reason) out.add("reason", name_of(*decision.reason));
  out.add("hidden", decision.hidden);
  out.add("until", decision.until ? Json(print_instant(*decision.until)) : Json());
  Json cites = Json::array();
  for (const auto index : decision.cites) cites.push(index);
  out.add("cites", std::move(cites));
  Json obligations = Json::array();
  for (std::size_t i = 0; i < obligation_count; ++i)
    if (decision.obliges(static_cast<Obligation>(i))) obligations.push(name_of(static_cast<Obligation>(i)));
  out.add("obligations", std::move(obligations));
}

Json strings(const char* name, const std::vector<std::string>& list) {
  Json array = Json::array();
  for (const auto& one : list) array.push(one);
  return Json::object().add(name, std::move(array));
}

struct Answerer {
  const World& world;
  Instant at;

  /// The World itself, or a copy with the statements added.
  template <class Ask>
  auto with(const std::vector<Supposed>& statements, Ask ask) const {
    return statements.empty() ? ask(world) : ask(suppose(world, statements, at, nullptr));
  }

  Json operator()(const See& q) const {
    return write_decision(policy::see(world, {q.record, q.who, q.device, q.item}, at));
  }
  Json operator()(const List& q) const {
    Json records = Json::array();
    for (const auto& listed : policy::list(world, q.person, q.item, q.device, at)) {
      Json one = Json::object();
      one.add("record", listed.record);
      add_decision(one, listed.decision);
      records.push(std::move(one));
    }
    return Json::object().add("records", std::move(records));
  }
  Json operator()(const Who& q) const {
    Json persons = Json::array();
    const auto seated = with(q.with, [&](const World& w) { return policy::who(w, q.record, q.item, q.once_open, at); });
    for (const auto& seat : seated) {
      Json one = Json::object();
      one.add("person", seat.person).add("seat", name_of(seat.seat));
      add_decision(one, seat.decision);
      persons.push(std::move(one));
    }
    return Json::object().add("persons", std::move(persons));
  }
  Json operator()(const Consents& q) const {
    Json cells = Json::array();
    for (const auto& cell : policy::consents(world, q.in_case, q.subject, q.purpose, at)) {
      Json one = Json::object();
      one.add("category", name_of(cell.category)).add("recipient", cell.recipient).add("state", name_of(cell.state));
      one.add("index", cell.index ? Json(*cell.index) : Json());
      cells.push(std::move(one));
    }
    return Json::object().add("cells", std::move(cells));
  }
  Json operator()(const WhatIf& q) const {
    const auto result = policy::what_if(world, q.statements, q.item, at);
    Json rejected = Json::array(), flips = Json::array();
    for (const auto& one : result.rejected)
      rejected.push(
          Json::object().add("index", static_cast<std::int64_t>(one.index)).add("reason", name_of(one.reason)));
    for (const auto& flip : result.flips) {
      Json one = Json::object();
      one.add("item", flip.item).add("person", flip.person).add("record", flip.record);
      one.add("before", write_decision(flip.before))
          .add("after", write_decision(flip.after))
          .add("opened", flip.opened);
      flips.push(std::move(one));
    }
    return Json::object().add("rejected", std::move(rejected)).add("flips", std::move(flips));
  }
  Json operator()(const May& q) const {
    const auto reason = policy::may(world, q.statement, at);
    Json out = Json::object();
    out.add("accepted", !reason.has_value());
    if (reason) out.add("reason", name_of(*reason));
    return out;
  }
  Json operator()(const Wrap& q) const {
    return strings("persons", with(q.with, [&](const World& w) { return policy::wrap(w, q.record, at); }));
  }
  Json operator()(const Epoch& q) const {
    return strings("persons", with(q.with, [&](const World& w) { return policy::epoch(w, q.item, at); }));
  }
  Json operator()(const Room& q) const { return strings("records", policy::room(world, q.item, q.present, at)); }
  Json operator()(const Entries& q) const {
    Json indices = Json::array();
    for (const auto index : policy::entries(world, q.person, at)) indices.push(index);
    return Json::object().add("indices", std::move(indices));
  }
  Json operator()(const Snapshot& q) const { return snapshot(world, q.person, at); }
};

}  // namespace

Json write_decision(const Decision& decision) {
  Json out = Json::object();
  add_decision(out, decision);
  return out;
}

Json malformed_answer() {
  Decision decision;
  decision.reason = Reason::MALFORMED;
  return write_decision(decision);
}

Json answer(const World& world, const Query& query) { return std::visit(Answerer{world, query.at}, query.ask); }

}  // namespace kasane::wire
