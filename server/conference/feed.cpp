#include <algorithm>

#include "policy/action.hpp"
#include "server/conference/inside.hpp"

namespace kasane::conference {

namespace {
constexpr std::int64_t leaves_a_part = 4'096;  // 128 KiB, 171 KiB in base64
}

// PROTOCOL.md feed: what the client holds comes in, what it lacks goes out, in parts.
void Engine::Inside::feed(Connection from, const std::string& id, const wire::FeedRequest& ask) {
  settle();
  Member& member = members.at(from);
  if (ask.next) {
    if (!member.feed) return refuse(from, id, wire::Refusal{wire::Fault::invalid});
    return send_part(from, id);
  }
  if (ask.size > ledger.committed_size()) return refuse(from, id, wire::Refusal{wire::Fault::seen});
  member.live = false;
  Feed feed;
  feed.leaves = ask.size;
  const log::Units& units = ledger.writer().units();
  const auto person = ledger.world().persons.find_defined(member.who.person);
  const std::int64_t at = ledger.time_at(now_ms());
  for (const auto& [tag_text, count] : ask.units) {
    const auto tag = crypto::from_hex<crypto::UnitTag>(tag_text);
    const auto unit = tag ? units.find(*tag) : std::nullopt;
    if (unit && static_cast<std::size_t>(count) <= units[*unit].entries.size() &&
        audiences.reads(ledger.world(), units, *unit, person, at))
      feed.held[*unit] = static_cast<std::size_t>(count);
    else
      feed.closed.push_back(tag_text);
  }
  member.feed = std::move(feed);
  send_part(from, id);
}

void Engine::Inside::send_part(Connection to, const std::string& id) {
  Member& member = members.at(to);
  Feed& feed = *member.feed;
  const log::Writer& writer = ledger.writer();
  const log::Units& units = writer.units();
  const std::int64_t at = ledger.time_at(now_ms()), size = ledger.committed_size();
  const auto person = ledger.world().persons.find_defined(member.who.person);

  const std::int64_t leaves_from = feed.leaves, leaves_to = std::min(size, leaves_from + leaves_a_part);
  crypto::Bytes leaf_bytes;
  for (std::int64_t i = leaves_from; i < leaves_to; ++i) {
    const auto& leaf = writer.tree().leaf(static_cast<std::uint64_t>(i)).bytes;
    leaf_bytes.insert(leaf_bytes.end(), leaf.begin(), leaf.end());
  }
  const std::string leaves = '"' + crypto::base64(leaf_bytes) + '"';
  feed.leaves = leaves_to;

  struct Missing {
    std::uint32_t index;
    log::UnitNumber unit;
    std::size_t position;
  };
  std::vector<Missing> missing;
  std::string salts = "{";
  std::size_t bytes = leaves.size();
  for (log::UnitNumber unit = 0; unit < units.size(); ++unit) {
    if (!audiences.reads(ledger.world(), units, unit, person, at)) continue;
    const auto [held, is_new] = feed.held.try_emplace(unit, 0);
    if (is_new) {  // a part holds the salts of all units that are new to the client, before their entries
      if (salts.size() > 1) salts += ',';
      salts += render_salt(unit);
    }
    for (std::size_t position = held->second; position < units[unit].entries.size(); ++position)
      missing.push_back({units[unit].entries[position], unit, position});
  }
  salts += '}';
  bytes += salts.size();
  std::ranges::sort(missing, {}, &Missing::index);
  std::unordered_map<log::UnitNumber, bool> heard;
  std::vector<std::string> entries;
  bool whole = true;
  for (const Missing& one : missing) {
    const auto [hear, is_new] = heard.try_emplace(one.unit, false);
    if (is_new) hear->second = hears(one.unit, member.who.person, at);
    std::string line = render_entry(one.unit, one.position, hear->second);
    if (!entries.empty() && bytes + line.size() > wire::limits::part_bytes) {
      whole = false;
      break;
    }
    bytes += line.size() + 1;
    entries.push_back(std::move(line));
    feed.held[one.unit] = one.position + 1;
  }
  const bool live = whole && leaves_to == size;
  std::vector<std::string> closed = std::exchange(feed.closed, {});
  for (auto held = feed.held.begin(); held != feed.held.end();) {  // what ceased to be readable between two parts
    if (audiences.reads(ledger.world(), units, held->first, person, at)) {
      ++held;
      continue;
    }
    closed.push_back(crypto::hex(units[held->first].tag));
    held = feed.held.erase(held);
  }
  if (live) {
    member.feed.reset();
    member.live = true;
    head_wanted.push_back(to);
  }
  const std::string from_text = std::to_string(leaves_from), size_text = std::to_string(size),
                    list = wire::joined_array(entries), closed_list = wire::text_array(closed),
                    note = wire::quoted(checkpoint), time = wire::quoted_time(at);
  const wire::Part parts[] = {{"from", from_text},  {"leaves", leaves},      {"salts", salts},
                              {"entries", list},    {"closed", closed_list}, {"size", size_text},
                              {"checkpoint", note}, {"time", time},          {"live", live ? "true" : "false"}};
  answer(to, id, parts);
}

// PROTOCOL.md read: one unit with inclusion proofs.
void Engine::Inside::read(Connection from, const std::string& id, const wire::ReadRequest& ask) {
  settle();
  const std::string& reader = members.at(from).who.person;
  const log::Writer& writer = ledger.writer();
  const std::int64_t at = ledger.time_at(now_ms()), size = ledger.committed_size();
  const auto unit = writer.units().find(ask.unit);
  if (!unit || !audiences.reads(ledger.world(), writer.units(), *unit, ledger.world().persons.find_defined(reader), at))
    return refuse(from, id, wire::Refusal::by_policy(policy::Reason::UNKNOWN));
  const log::UnitChain& chain = writer.units()[*unit];
  const bool hear = hears(*unit, reader, at);
  const crypto::TreeAt tree(writer.tree(), static_cast<std::uint64_t>(size));
  std::vector<std::string> entries, proofs;
  std::size_t bytes = 0, position = static_cast<std::size_t>(ask.from);
  for (; position < chain.entries.size() && bytes < wire::limits::part_bytes / 2; ++position) {
    entries.push_back(render_entry(*unit, position, hear));
    std::vector<std::string> path;
    const auto proof = tree.inclusion(chain.entries[position]);
    for (const auto& hash : proof.value_or(std::vector<crypto::Hash>{})) path.push_back(crypto::hex(hash));
    proofs.push_back(wire::text_array(path));
    bytes += entries.back().size() + proofs.back().size();
  }
  const std::string name = wire::quoted(chain.name), salt = '"' + crypto::hex(chain.salt) + '"',
                    list = wire::joined_array(entries), proof_list = wire::joined_array(proofs),
                    size_text = std::to_string(size), note = wire::quoted(checkpoint),
                    next = position < chain.entries.size() ? std::to_string(position) : "null";
  const wire::Part parts[] = {{"unit", name},      {"salt", salt},       {"entries", list}, {"proofs", proof_list},
                              {"size", size_text}, {"checkpoint", note}, {"next", next}};
  answer(from, id, parts);
}

}  // namespace kasane::conference
