#include <algorithm>

#include "policy/action.hpp"
#include "server/conference/inside.hpp"

namespace kasane::conference {

namespace {

/// What one person gets of a batch. Persons with equal shares get one message, built once (performance.md, "What to
/// take from it", 1).
struct Share {
  std::vector<bool> reads;  ///< by channel
  std::vector<log::UnitNumber> opened, closed;
  std::string person;  ///< where something opens or closes: those messages are for one person (signed, with frames)
  auto operator<=>(const Share&) const = default;
};

std::string base64_leaves(const crypto::Tree& tree, std::int64_t from, std::int64_t to) {
  crypto::Bytes bytes;
  bytes.reserve(static_cast<std::size_t>(to - from) * 32);
  for (std::int64_t i = from; i < to; ++i) {
    const auto& leaf = tree.leaf(static_cast<std::uint64_t>(i)).bytes;
    bytes.insert(bytes.end(), leaf.begin(), leaf.end());
  }
  return '"' + crypto::base64(bytes) + '"';
}

}  // namespace

// One message a reader set (PROTOCOL.md batch). Called after the COMMIT, with the batch still at hand.
void Engine::Inside::announce(const std::string& note, std::span<const log::UnitNumber> due) {
  close_ended();
  const auto& fresh = ledger.fresh();
  const policy::World& world = ledger.world();
  const log::Units& units = ledger.writer().units();
  std::vector<policy::Statement> changing;
  for (const NewEntry& entry : fresh) {
    if (entry.statement.kind == policy::Kind::key_grant) wants.erase({entry.statement.record, entry.statement.device});
    if (!policy::is_recording(entry.statement.kind)) changing.push_back(entry.statement);
  }
  if (members.empty()) {
    audiences.forget();
    return;
  }
  const std::int64_t at = ledger.time_at(now_ms());
  std::vector<log::UnitNumber> touched = touched_units(world, units, changing);
  touched.insert(touched.end(), due.begin(), due.end());
  std::ranges::sort(touched);
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  const auto changes = audiences.renew(world, units, touched, at);
  if (!changing.empty()) {
    const policy::Touched reached = policy::touched(world, changing);
    if (reached.everything) cases_to_look_at = {"*"};
    for (const auto in_case : reached.cases) cases_to_look_at.emplace_back(world.cases.name(in_case));
    if (!cases_to_look_at.empty()) look_at_ms = clock.steady_ms() + 500;  // what comes together is looked at together
  }

  // Channels: each unit with something new in it, then each item whose talk has something new in it.
  std::vector<log::UnitNumber> channels;
  channels.reserve(fresh.size() + ledger.created().size());
  for (const NewEntry& entry : fresh) channels.push_back(entry.unit);
  channels.insert(channels.end(), ledger.created().begin(), ledger.created().end());
  std::ranges::sort(channels);
  channels.erase(std::unique(channels.begin(), channels.end()), channels.end());
  const auto channel_of = [&](log::UnitNumber unit) {
    return static_cast<std::size_t>(std::ranges::lower_bound(channels, unit) - channels.begin());
  };
  std::vector<std::string> talks;
  for (const NewEntry& entry : fresh)
    if (entry.statement.kind == policy::Kind::message_post &&
        std::ranges::find(talks, entry.statement.item) == talks.end())
      talks.push_back(entry.statement.item);
  std::vector<std::vector<std::string>> talkers;
  talkers.reserve(talks.size());
  for (const auto& item : talks) talkers.push_back(policy::epoch(world, item, at));
  for (const auto unit : channels) audiences.of(world, units, unit, at);

  std::map<Share, std::vector<Connection>> shares;
  for (const auto& [person, connections] : by_person) {
    std::vector<Connection> live;
    for (const Connection connection : connections)
      if (members.at(connection).live) live.push_back(connection);
    if (live.empty()) continue;
    const policy::PersonId id = world.persons.find_defined(person);
    Share share;
    share.reads.reserve(channels.size() + talks.size());
    for (const auto unit : channels) share.reads.push_back(audiences.reads(world, units, unit, id, at));
    for (const auto& persons : talkers) share.reads.push_back(std::ranges::binary_search(persons, person));
    for (const auto& change : changes) {
      if (std::ranges::binary_search(change.opened, id)) share.opened.push_back(change.unit);
      if (std::ranges::binary_search(change.closed, id)) share.closed.push_back(change.unit);
    }
    if (fresh.empty() && share.opened.empty() && share.closed.empty()) continue;
    if (!share.opened.empty() || !share.closed.empty()) share.person = person;
    auto& slot = shares[std::move(share)];
    slot.insert(slot.end(), live.begin(), live.end());
  }
  if (shares.empty()) return;

  const std::int64_t size = ledger.committed_size(), from = size - static_cast<std::int64_t>(fresh.size());
  const std::string size_text = std::to_string(size), from_text = std::to_string(from), time = wire::quoted_time(at),
                    leaves = base64_leaves(ledger.writer().tree(), from, size), note_text = wire::quoted(note);
  std::vector<std::string> plain(fresh.size()), with_frame(fresh.size());
  for (const auto& [share, connections] : shares) {
    std::vector<std::string> past;
    std::string salts = "{", opened = "[", closed = "[";
    const auto add_salt = [&](log::UnitNumber unit) {
      if (salts.size() > 1) salts += ',';
      salts += render_salt(unit);
    };
    std::size_t past_bytes = 0;
    std::vector<std::pair<log::UnitNumber, std::size_t>> places;
    for (const auto unit : share.opened) {
      if (opened.size() > 1) opened += ',';
      opened += wire::quoted(units[unit].name);
      if (!std::ranges::binary_search(ledger.created(), unit)) add_salt(unit);
      for (std::size_t position = 0; position < units[unit].entries.size(); ++position)
        if (units[unit].entries[position] < from) places.emplace_back(unit, position);
    }
    std::ranges::sort(places, {}, [&](const auto& place) { return units[place.first].entries[place.second]; });
    bool refeed = false;
    for (const auto& [unit, position] : places) {
      past.push_back(render_entry(unit, position, hears(unit, share.person, at)));
      past_bytes += past.back().size();
      if (past_bytes > wire::limits::opened_bytes) {
        refeed = true;
        break;
      }
    }
    if (refeed) {
      const wire::Part parts[] = {{"size", size_text}, {"time", time}, {"refeed", "true"}};
      send(connections, wire::print_notification("batch", parts));
      for (const Connection connection : connections) members.at(connection).live = false;
      continue;
    }
    std::vector<const std::string*> entries;
    entries.reserve(past.size() + fresh.size());
    for (const auto& line : past) entries.push_back(&line);
    for (std::size_t i = 0; i < fresh.size(); ++i) {
      if (!share.reads[channel_of(fresh[i].unit)]) continue;
      bool frame = false;
      if (fresh[i].statement.kind == policy::Kind::message_post) {
        const auto talk = static_cast<std::size_t>(std::ranges::find(talks, fresh[i].statement.item) - talks.begin());
        frame = share.reads[channels.size() + talk];
      }
      std::string& line = frame ? with_frame[i] : plain[i];
      if (line.empty()) line = render_entry(fresh[i].unit, static_cast<std::size_t>(fresh[i].position), frame);
      entries.push_back(&line);
    }
    for (const auto unit : ledger.created())
      if (share.reads[channel_of(unit)]) add_salt(unit);
    for (const auto unit : share.closed) {
      if (closed.size() > 1) closed += ',';
      closed += R"({"unit":)" + wire::quoted(units[unit].name) + R"(,"time":)" + time + R"(,"signature":")" +
                crypto::base64(ledger.writer().sign_closed(share.person, units[unit].name, size)) + R"("})";
    }
    salts += '}';
    opened += ']';
    closed += ']';
    const std::string list = wire::joined_array(entries);
    const wire::Part parts[] = {{"size", size_text},       {"time", time},   {"from", from_text}, {"leaves", leaves},
                                {"checkpoint", note_text}, {"salts", salts}, {"entries", list},   {"opened", opened},
                                {"closed", closed}};
    send(connections, wire::print_notification("batch", parts));
  }
  const std::scoped_lock lock(published_mutex);
  published_health.batches += shares.size();
  for (const auto& [share, connections] : shares) published_health.deliveries += connections.size();
}

}  // namespace kasane::conference
