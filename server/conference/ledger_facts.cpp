#include <algorithm>
#include <functional>

#include "server/conference/ledger.hpp"

namespace kasane::conference {

namespace {
std::uint64_t nonce_key(std::string_view device, std::string_view nonce) {
  std::string both(device);
  both += nonce;
  return std::hash<std::string>{}(both);
}
}  // namespace

void Ledger::note_nonce(std::string_view device, std::string_view nonce, Index index) {
  nonces_.emplace(nonce_key(device, nonce), static_cast<std::uint32_t>(index));
}

std::optional<Index> Ledger::find_nonce(std::string_view device, std::string_view nonce_hex) {
  const auto [begin, end] = nonces_.equal_range(nonce_key(device, nonce_hex));
  for (auto at = begin; at != end; ++at) {
    const auto stored = crypto::parse_envelope(envelope(at->second));
    const auto payload = stored ? wire::parse_payload(stored->payload) : std::nullopt;
    if (payload && payload->device == device && payload->nonce == nonce_hex) return at->second;
  }
  return std::nullopt;
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
void Ledger::note_narrowing(const policy::Statement& statement, Index index) {
  if (policy::is_recording(statement.kind) || !policy::effect_of(world_, statement).narrows) return;
  narrowings_[policy::unit_of(world_, statement).name()].push_back(index);
}

// What the server needs of an entry besides the World; the same when it is written and when it is replayed.
void Ledger::remember(const wire::Payload& payload, const crypto::Hash& hash, Index index) {
  const policy::Statement& statement = payload.statement;
  note_nonce(payload.device, payload.nonce, index);
  switch (statement.kind) {
    case policy::Kind::tenant_found:
      if (const auto body = read_founding_body(payload.body)) demo_ = body->demo;
      return;
    case policy::Kind::device_add:
      if (const auto body = read_device_body(payload.body, statement.device)) {
        keyring_.keys()[statement.device] = {body->bundle.sign, statement.person, true};
        if (body->wrap) directory_wraps_[statement.device] = *body->wrap;
        keyring_changed_ = true;
      }
      return;
    case policy::Kind::device_revoke:
      if (const auto at = keyring_.keys().find(statement.device); at != keyring_.keys().end()) at->second.live = false;
      keyring_changed_ = true;
      return;
    case policy::Kind::person_end:
      for (auto& [device, key] : keyring_.keys())
        if (key.person == statement.person) key.live = false;
      keyring_changed_ = true;
      return;
    case policy::Kind::record_share:
    case policy::Kind::record_rebase:
      if (const auto body = read_record_body(payload.body))
        records_[statement.record] = {body->digest, body->wraps_root, payload.device};
      return;
    case policy::Kind::epoch_commit:
      if (const auto body = read_epoch_body(payload.body)) epochs_[statement.item].push_back({body->wraps_root, hash});
      return;
    case policy::Kind::ledger_heads:
      heads_index_ = index;
      return;
    case policy::Kind::attendance_join:
      if (const auto body = read_attendance_body(payload.body))
        attending_.push_back({statement.item, statement.person, body->device, body->session});
      return;
    case policy::Kind::attendance_leave:
      if (const auto body = read_attendance_body(payload.body))
        std::erase_if(attending_, [&](const Attending& one) {
          return one.item == statement.item && one.device == body->device && one.session == body->session;
        });
      return;
    default:
      return;
  }
}

}  // namespace kasane::conference
