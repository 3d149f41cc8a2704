#include <algorithm>

#include "policy/action.hpp"
#include "server/conference/inside.hpp"

namespace kasane::conference {

namespace {
constexpr std::size_t wants_max = 1'024;
constexpr std::size_t records_a_look = 64;
constexpr std::int64_t look_again_ms = 50;
}  // namespace

// design.md §4 "Wrap": the author, then the chair, then the latest opener.
std::vector<std::string> Engine::Inside::holders(std::string_view record) const {
  const policy::World& world = ledger.world();
  std::vector<std::string> persons;
  const auto id = world.records.find_defined(record);
  if (!id.known()) return persons;
  const policy::Record& row = world.records[id];
  const auto add = [&](policy::PersonId person) {
    std::string name(world.persons.name(person));
    if (!world.persons[person].ended() && std::ranges::find(persons, name) == persons.end())
      persons.push_back(std::move(name));
  };
  const auto opened = [&](policy::PersonId person) {
    return std::ranges::find(row.released_to, person) != row.released_to.end();
  };
  add(row.author);
  if (row.item.known())
    for (const policy::Seated& seated : world.items[row.item].seats)
      if (seated.seat == policy::Seat::chair && opened(seated.person)) add(seated.person);
  for (auto person = row.released_to.rbegin(); person != row.released_to.rend(); ++person) add(*person);
  return persons;
}

void Engine::Inside::want(const std::string& record, const std::string& device) {
  if (wants.size() >= wants_max) return;
  wants.try_emplace({record, device}, Want{{}, clock.steady_ms()});
}

// One holder at a time; the asked client decides by its own fold.
void Engine::Inside::ask_holders() {
  const std::int64_t steady = clock.steady_ms();
  for (auto at = wants.begin(); at != wants.end();) {
    Want& one = at->second;
    if (one.due_ms > steady) {
      ++at;
      continue;
    }
    const auto& [record, device] = at->first;
    const auto persons = holders(record);
    const auto next = std::ranges::find_if(persons, [&](const std::string& person) {
      return by_person.contains(person) && std::ranges::find(one.asked, person) == one.asked.end();
    });
    if (next == persons.end()) {  // all who are here were asked; whoever comes is asked when the reader asks again
      at = wants.erase(at);
      continue;
    }
    one.asked.push_back(*next);
    one.due_ms = steady + std::chrono::milliseconds(wire::limits::ask_next_holder_after).count();
    const std::string record_text = wire::quoted(record), device_text = wire::quoted(device),
                      signature = '"' + crypto::base64(ledger.writer().sign_wanted(record, device)) + '"';
    const wire::Part parts[] = {{"record", record_text}, {"device", device_text}, {"signature", signature}};
    send(by_person.at(*next), wire::print_notification("wanted", parts));
    ++at;
  }
}

// After a change: which live device of `wrap` lacks a key? A bounded look at a time, so that the room does not wait.
void Engine::Inside::look_for_wants() {
  settle();
  const policy::World& world = ledger.world();
  const std::int64_t at = ledger.time_at(now_ms());
  std::ranges::sort(cases_to_look_at);
  cases_to_look_at.erase(std::unique(cases_to_look_at.begin(), cases_to_look_at.end()), cases_to_look_at.end());
  if (std::ranges::binary_search(cases_to_look_at, "*")) {
    cases_to_look_at.clear();
    for (std::uint32_t row = 0; row < world.cases.size(); ++row)
      if (world.cases[policy::CaseId{row}].defined)
        cases_to_look_at.emplace_back(world.cases.name(policy::CaseId{row}));
  }
  std::size_t looked = 0;
  while (!cases_to_look_at.empty() && looked < records_a_look) {
    const auto in_case = world.cases.find_defined(cases_to_look_at.back());
    cases_to_look_at.pop_back();
    if (!in_case.known()) continue;
    for (const auto id : world.cases[in_case].records) {
      if (world.records[id].withdrawn()) continue;
      ++looked;
      const std::string record(world.records.name(id));
      const RecordKeys* keys = ledger.record(record);
      if (keys == nullptr) continue;
      const auto wraps = store.wraps(keys->wraps_root);
      for (const auto& person : policy::wrap(world, record, at))
        for (const auto& device : ledger.live_devices(person))
          if (std::ranges::find(wraps, device, &Wrap::device) == wraps.end() && !store.grant(record, device))
            want(record, device);
    }
  }
  look_at_ms = clock.steady_ms() + look_again_ms;
}

}  // namespace kasane::conference
