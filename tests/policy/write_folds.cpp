// write_folds FOLDER COUNT: writes what COUNT drawn readers may read of a drawn ledger each, as payloads in ledger
// order, with questions, the answers of the native fold of these entries, and whether the whole ledger (policy.md §12's
// last paragraph apart) would permit. For folds_in_wasm.mjs.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "server/wire/answer.hpp"
#include "server/wire/payload.hpp"
#include "server/wire/query.hpp"
#include "server/wire/unit.hpp"
#include "tests/policy/laws/parts.hpp"
#include "tests/policy/random_town.hpp"

namespace {

using namespace kasane;
using tests::Told;
using wire::Json;

Json object(std::initializer_list<std::pair<std::string, Json>> members) {
  Json out = Json::object();
  for (const auto& [name, value] : members) out.add(name, value);
  return out;
}

/// The questions that a screen of this reader asks of its fold, and a few that it has no business to ask.
std::vector<Json> questions(const Told& told, const std::string& reader) {
  std::vector<Json> asked;
  const Json at(policy::print_instant(told.now));
  const auto place = [](Json query, const std::string& item) {
    if (!item.empty()) query.add("item", Json(item));
    return query;
  };
  for (const auto& item : told.places) {
    asked.push_back(place(object({{"list", Json(reader)}, {"at", at}}), item));
    for (const auto& record : told.records)
      for (const auto& person : {reader, std::string("dan"), std::string("self")})
        asked.push_back(place(object({{"see", Json(record)}, {"who", Json(person)}, {"at", at}}), item));
    if (item.empty()) continue;
    asked.push_back(object({{"epoch", Json(item)}, {"at", at}}));
    asked.push_back(object({{"who", Json(told.records.front())}, {"item", Json(item)}, {"at", at}}));
  }
  for (const auto& record : told.records) asked.push_back(object({{"wrap", Json(record)}, {"at", at}}));
  asked.push_back(object({{"consents", Json("s1")}, {"case", Json("c1")}, {"at", at}}));
  asked.push_back(object({{"entries", Json(reader)}, {"at", at}}));
  asked.push_back(object({{"snapshot", Json(reader)}, {"at", at}}));
  return asked;
}

Json fold_of(const Told& told, const std::string& reader) {
  const policy::World part = tests::part_of(told, reader), apart = tests::without_the_servers_facts(told, reader);
  Json entries = Json::array(), answers = Json::array();
  for (const auto index : policy::entries(told.world, reader, told.now)) {
    const auto statement = tests::as_in_ledger(told.world, told.ledger[static_cast<std::size_t>(index)]);
    wire::Payload payload;
    payload.v = 1;
    payload.log = "drawn";
    payload.unit = wire::unit_name(told.world, statement);
    payload.seen.root = std::string(64, '0');
    payload.nonce = std::string(32, '0');
    payload.device = statement.signed_with.empty() ? "any" : statement.signed_with;
    payload.statement = statement;
    entries.push(object({{"index", Json(index)},
                         {"time_ms", Json(statement.at_ms)},
                         {"unit", Json(payload.unit)},
                         {"payload", Json(wire::print_payload(payload))}}));
  }
  for (const auto& question : questions(told, reader)) {
    const auto query = wire::read_query(question);
    if (!query) std::abort();  // a question of ours that is none
    const auto* see = std::get_if<wire::See>(&query->ask);
    const auto permits = [&](const policy::World& world) {
      return see == nullptr || policy::see(world, {see->record, see->who, {}, see->item}, told.now).permit;
    };
    answers.push(object({{"query", question},
                         {"answer", Json(wire::print_json(wire::answer(part, *query)))},
                         {"may_permit", Json(permits(told.world) || permits(apart))}}));
  }
  return object({{"reader", Json(reader)}, {"entries", entries}, {"answers", answers}});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "write_folds FOLDER COUNT\n");
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  const auto count = static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10));
  std::filesystem::create_directories(folder);
  for (std::uint32_t seed = 1; seed <= count; ++seed) {
    const tests::RandomTown town(seed * 104'729U, 120);
    const Told told({town.town().accepted(), town.town().now()});
    const auto& reader = told.persons[(seed * 7) % told.persons.size()];
    std::ofstream(folder / (std::to_string(seed) + ".json")) << wire::print_json(fold_of(told, reader));
  }
}
