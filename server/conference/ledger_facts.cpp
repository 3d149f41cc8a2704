#include <algorithm>
#include <functional>

#include "server/conference/ledger.hpp"

namespace kasane::conference {

namespace {
std::uint64_t nonce_key(std::string_view device, const crypto::Nonce& nonce) {
  constexpr std::hash<std::string_view> hash;
  const std::string_view said(reinterpret_cast<const char*>(nonce.bytes.data()), nonce.bytes.size());
  return hash(device) * 0x9e3779b97f4a7c15 + hash(said);
}
std::string_view device_of(const policy::Statement& statement) {
  return statement.signed_with.empty() ? policy::server_name : std::string_view(statement.signed_with);
}
}  // namespace

std::optional<Index> Ledger::find_nonce(std::string_view device, std::string_view nonce_hex) {
  const auto nonce = crypto::from_hex<crypto::Nonce>(nonce_hex);
  if (!nonce) return std::nullopt;
  const std::uint64_t key = nonce_key(device, *nonce);
  const auto first_said_in = [&](const auto& places) -> std::optional<Index> {
    for (const auto& [hash, index] : places) {
      const auto stored = crypto::parse_envelope(envelope(index));
      const auto payload = stored ? wire::parse_payload(stored->payload) : std::nullopt;
      if (payload && payload->device == device && payload->nonce == nonce_hex) return index;
    }
    return std::nullopt;
  };
  using Place = std::pair<std::uint64_t, std::uint32_t>;
  if (const auto old = first_said_in(std::ranges::equal_range(old_nonces_, key, {}, &Place::first))) return old;
  const auto [begin, end] = nonces_.equal_range(key);
  return first_said_in(std::ranges::subrange(begin, end));
}

std::string Ledger::envelope(Index index) {
  // The batch at hand is still in memory when it is announced.
  if (!pending_.entries.empty() && index >= pending_.entries.front().leaf.index) {
    const auto place = static_cast<std::size_t>(index - pending_.entries.front().leaf.index);
    return place < pending_.entries.size() ? pending_.entries[place].envelope : std::string();
  }
  return store_.envelope(index).value_or(std::string());
}

std::optional<std::string> Ledger::frame(Index index) {
  if (!pending_.entries.empty() && index >= pending_.entries.front().leaf.index) {
    const auto at = std::ranges::find(pending_.frames, index, &Frame::index);
    return at == pending_.frames.end() ? std::nullopt : std::optional(at->bytes);
  }
  return store_.frame(index);
}

const RecordKeys* Ledger::record(std::string_view record) const {
  const auto at = records_.find(record);
  return at == records_.end() ? nullptr : &at->second;
}
const std::vector<EpochKeys>* Ledger::epochs(std::string_view item) const {
  const auto at = epochs_.find(item);
  return at == epochs_.end() ? nullptr : &at->second;
}

std::optional<crypto::Hash> Ledger::directory_wrap(std::string_view device) const {
  const auto at = directory_wraps_.find(device);
  return at == directory_wraps_.end() ? std::nullopt : std::optional(at->second);
}

std::vector<std::string> live_devices_of(const policy::World& world, std::string_view person) {
  std::vector<std::string> devices;
  const auto id = world.persons.find_defined(person);
  if (!id.known() || world.persons[id].ended()) return devices;
  for (const auto device : world.persons[id].devices)
    if (world.devices[device].live()) devices.emplace_back(world.devices.name(device));
  std::ranges::sort(devices);
  return devices;
}
std::vector<std::string> Ledger::live_devices(std::string_view person) const { return live_devices_of(world_, person); }

// Before the statement is applied: what it does to others' access depends on what stood there.
bool Ledger::note_narrowing(const policy::Statement& statement, Index index) {
  if (policy::is_recording(statement.kind) || !policy::effect_of(world_, statement).narrows) return false;
  narrowings_[policy::unit_of(world_, statement).name()].push_back(index);
  return true;
}

Facts facts_of(const wire::Payload& payload, const crypto::Hash& hash) {
  Facts facts;
  switch (payload.statement.kind) {
    case policy::Kind::tenant_found:
      if (const auto body = read_founding_body(payload.body)) facts.demo = body->demo;
      return facts;
    case policy::Kind::device_add:
      if (const auto body = read_device_body(payload.body, payload.statement.device))
        facts.device = {body->bundle.sign, body->wrap};
      return facts;
    case policy::Kind::record_share:
    case policy::Kind::record_rebase:
      if (const auto body = read_record_body(payload.body)) facts.record = {body->digest, body->wraps_root};
      return facts;
    case policy::Kind::epoch_commit:
      if (const auto body = read_epoch_body(payload.body)) facts.epoch = {body->wraps_root, hash};
      return facts;
    case policy::Kind::attendance_join:
    case policy::Kind::attendance_leave:
      if (auto body = read_attendance_body(payload.body)) facts.attendance = {std::move(body->device), body->session};
      return facts;
    default:
      return facts;
  }
}

// What the server needs of an entry besides the World; the same when it is written and when it is replayed.
void Ledger::remember(const ExtractEntry& entry, Index index) {
  const policy::Statement& statement = entry.statement;
  const std::string_view device = device_of(statement);
  const Facts& facts = entry.facts;
  const std::uint64_t nonce = nonce_key(device, entry.nonce);
  if (loading_)
    old_nonces_.emplace_back(nonce, static_cast<std::uint32_t>(index));
  else
    nonces_.emplace(nonce, static_cast<std::uint32_t>(index));
  switch (statement.kind) {
    case policy::Kind::tenant_found:
      demo_ = facts.demo;
      return;
    case policy::Kind::device_add:
      if (!facts.device) return;
      keyring_.keys()[statement.device] = {facts.device->sign, statement.person, true};
      if (facts.device->wrap) directory_wraps_[statement.device] = *facts.device->wrap;
      keyring_changed_ = true;
      return;
    case policy::Kind::device_revoke:
      if (const auto at = keyring_.keys().find(statement.device); at != keyring_.keys().end()) at->second.live = false;
      keyring_changed_ = true;
      return;
    case policy::Kind::person_end:
      for (auto& [name, key] : keyring_.keys())
        if (key.person == statement.person) key.live = false;
      keyring_changed_ = true;
      return;
    case policy::Kind::record_share:
    case policy::Kind::record_rebase:
      if (facts.record)
        records_[statement.record] = {facts.record->digest, facts.record->wraps_root, std::string(device)};
      return;
    case policy::Kind::epoch_commit:
      if (facts.epoch) epochs_[statement.item].push_back(*facts.epoch);
      return;
    case policy::Kind::ledger_heads:
      heads_index_ = index;
      return;
    case policy::Kind::attendance_join:
      if (facts.attendance)
        attending_.push_back({statement.item, statement.person, facts.attendance->device, facts.attendance->session});
      return;
    case policy::Kind::attendance_leave:
      if (facts.attendance)
        std::erase_if(attending_, [&](const Attending& one) {
          return one.item == statement.item && one.device == facts.attendance->device &&
                 one.session == facts.attendance->session;
        });
      return;
    default:
      return;
  }
}

}  // namespace kasane::conference
