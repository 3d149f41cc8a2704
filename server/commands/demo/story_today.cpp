#include "crypto/random.hpp"
#include "server/commands/demo/town.hpp"

namespace kasane::commands::demo {
namespace {

using policy::Seat;

struct AgendaRow {
  const char *household, *basis;
  std::vector<std::pair<const char*, Seat>> seats;  ///< beside chair and recorder
};
std::vector<AgendaRow> agenda() {
  return {{"ha", "SWA106_6", {{"nitta", Seat::member}, {"hara", Seat::member}}},
          {"hb", "LAYERED", {{"nitta", Seat::member}, {"ueki", Seat::member}, {"hara", Seat::member}}},
          {"hc", "SWA106_6", {{"nitta", Seat::member}, {"hara", Seat::member}, {"mamiya", Seat::adhoc}}},
          {"hd", "LAYERED", {{"sawa", Seat::member}, {"hara", Seat::member}, {"ueki", Seat::member}}}};
}

std::string case_of(const policy::World& world, std::string_view household) {
  for (std::uint32_t row = 0; row < world.cases.size(); ++row) {
    const policy::CaseId id{row};
    if (world.cases[id].defined && world.cases.name(id).substr(2, 2) == household)
      return std::string(world.cases.name(id));
  }
  throw CommandError(Exit::broken_data, "the demonstration lacks a household");
}

}  // namespace

std::vector<std::string> convene_sitting(Participant& coordinator, std::int64_t starts_at) {
  coordinator.catch_up();
  policy::Statement convene;
  convene.kind = policy::Kind::conference_convene;
  convene.conference = crypto::random_id('k');
  convene.starts_at = starts_at;
  const auto conference = convene.conference;
  Parcel parcel;
  parcel.drafts.push_back(coordinator.draft(std::move(convene)));
  std::vector<std::string> items;
  for (const auto& row : agenda()) {
    policy::Statement add;
    add.kind = policy::Kind::item_add;
    add.item = crypto::random_id('i');
    add.conference = conference;
    add.case_id = case_of(coordinator.world(), row.household);
    add.basis = row.basis;
    add.seats = {{"asakura", Seat::chair, {}}, {"dan", Seat::recorder, {}}};
    for (const auto& [person, seat] : row.seats) add.seats.push_back({person, seat, {}});
    items.push_back(add.item);
    parcel.drafts.push_back(coordinator.draft(std::move(add)));
  }
  coordinator.append(std::move(parcel));  // the whole agenda, or none of it
  return items;
}

bool sitting_open(const policy::World& world) {
  for (std::uint32_t row = 0; row < world.conferences.size(); ++row) {
    const auto& conference = world.conferences[policy::ConferenceId{row}];
    if (conference.defined && !conference.closed()) return true;
  }
  return false;
}

void Town::prepare_today() {
  for (const auto& persona : personas()) person(persona.id);  // everybody is at a desk
  go_to(3, 9);
  const auto items = convene_sitting(person("asakura"), calendar_.now_ms() / policy::minute_ms * policy::minute_ms);
  hand_out_keys();
  go_to(2, 10);
  for (const char* key : {"c-id", "c-place", "c-night", "c-dis", "c-source", "c-doctor", "c-wish"}) share(key);
  for (const char* key : {"d-id", "d-school", "d-wish", "d-care", "d-health"}) share(key);
  go_to(1, 15);
  person("asakura").rebase(id("r-b-work"), items.at(1));
  hand_out_keys();
}

}  // namespace kasane::commands::demo
