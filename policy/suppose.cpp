#include <algorithm>
#include <set>

#include "policy/action.hpp"
#include "policy/verdict.hpp"

// policy.md §9: questions about a ledger with statements added. They are tried on a copy.
namespace kasane::policy {

World suppose(const World& world, std::span<const Supposed> statements, Instant at, std::vector<Rejected>* rejected) {
  World then = world;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    Reason reason = Reason::MALFORMED;
    if (statements[i]) {
      Statement statement = *statements[i];
      statement.at_ms = at;
      const auto stop = then.accept(statement, then.next_index());
      if (!stop) continue;
      reason = *stop;
    }
    if (rejected != nullptr) rejected->push_back({i, reason});
  }
  return then;
}

std::optional<Reason> may(const World& world, const Supposed& statement, Instant at) {
  if (!statement) return Reason::MALFORMED;
  Statement then = *statement;
  then.at_ms = at;
  return world.check(then);
}

namespace {

template <class Id>
void put_names(std::set<std::string>& out, const Id& table, const auto& ids) {
  for (const auto id : ids) out.emplace(table.name(id));
}

/// The items asked about: those not closed before or after, or the one named.
std::set<std::string> items_asked(const World& before, const World& after, std::string_view item) {
  std::set<std::string> items;
  for (const World* world : {&before, &after})
    for (std::uint32_t row = 0; row < world->items.size(); ++row) {
      const ItemId id{row};
      const auto name = world->items.name(id);
      if (world->items[id].defined && (item.empty() ? !world->items[id].closed() : name == item)) items.emplace(name);
    }
  return items;
}

}  // namespace

WhatIf what_if(const World& world, std::span<const Supposed> statements, std::string_view item, Instant at) {
  WhatIf result;
  const World after = suppose(world, statements, at, &result.rejected);
  for (const auto& item_name : items_asked(world, after, item)) {
    std::set<std::string> persons, records;
    for (const World* one : {&world, &after}) {
      const ItemId id = one->items.find_defined(item_name);
      if (!id.known()) continue;
      for (const auto& seated : one->items[id].seats) persons.emplace(one->persons.name(seated.person));
      put_names(records, one->records, one->cases[one->items[id].in_case].records);
    }
    for (const auto& person : persons)
      for (const auto& record : records) {
        const Question asked_before = question_of(world, record, person, {}, item_name);
        const Question asked_after = question_of(after, record, person, {}, item_name);
        Moment moment(at);
        const Judgement was = judge(world, asked_before, moment);
        const Judgement is = judge(after, asked_after, moment);
        if (was.permit == is.permit && was.ground == is.ground && was.reason == is.reason && was.hidden == is.hidden)
          continue;
        const PersonId who = world.persons.find(person);
        const RecordId what = world.records.find(record);
        bool opened = false;
        if (who.known() && what.known()) {
          const auto& released = world.records[what].released_to;
          opened = std::find(released.begin(), released.end(), who) != released.end();
        }
        result.flips.push_back(
            {item_name, person, record, decide(world, asked_before, at), decide(after, asked_after, at), opened});
      }
  }
  return result;
}

}  // namespace kasane::policy
