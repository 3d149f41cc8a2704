#include "server/commands/demo/replica.hpp"

#include <algorithm>

#include "crypto/note.hpp"
#include "crypto/sha256.hpp"
#include "server/commands/demo/replica_need.hpp"
#include "server/native/member.hpp"
#include "server/wire/unit.hpp"

namespace kasane::commands::demo {

using replica::fail;
using replica::member;
using replica::need;

void Replica::begin() {
  world_ = policy::World();
  world_.set_reader(person_);
}

wire::FeedRequest Replica::held() const {
  wire::FeedRequest ask;
  ask.size = static_cast<std::int64_t>(tree_.size());
  for (const auto& [name, unit] : units_)
    ask.units.emplace_back(crypto::hex(unit.tag), static_cast<std::int64_t>(unit.entries.size()));
  return ask;
}

bool Replica::take(const wire::Json& part) {
  waiting_.push_back(part);
  const auto* live = member(part, "live").boolean();
  if (live == nullptr || !*live) return false;
  const auto parts = std::exchange(waiting_, {});
  const auto before = entries_.empty() ? std::int64_t{-1} : entries_.rbegin()->first;
  bool anew = false;
  for (const auto& one : parts) {
    const auto bytes = need(native::bytes_member(one, "leaves"), "leaves");
    for (std::size_t at = 0; at + 32 <= bytes.size(); at += 32)
      tree_.append(*crypto::fixed<crypto::Hash>(crypto::View(bytes).subspan(at, 32)));
    for (const auto& closed : member(one, "closed").elements()) {
      const auto tag = need(crypto::from_hex<crypto::UnitTag>(*closed.text()), "tag");
      const auto unit = std::ranges::find_if(units_, [&](const auto& held) { return held.second.tag == tag; });
      if (unit == units_.end()) continue;
      for (const auto index : unit->second.entries) entries_.erase(index);
      units_.erase(unit);
      anew = true;
    }
    for (const auto& [name, salt] : member(one, "salts").members())
      units_.try_emplace(name,
                         Unit{crypto::unit_tag(need(crypto::from_hex<crypto::Salt>(*salt.text()), "salt"), name), {}});
  }
  for (const auto& one : parts)
    for (const auto& entry : member(one, "entries").elements()) anew = add(entry) < before || anew;
  settle(before, anew);

  const auto note = need(native::text_member(parts.back(), "checkpoint"), "checkpoint");
  const auto checkpoint = of_this_history(note);
  if (checkpoint.size != tree_.size()) fail("checkpoint");
  seen_ = {static_cast<std::int64_t>(checkpoint.size), crypto::hex(checkpoint.root)};
  compare_seen(before);
  return true;
}

/// Leaf, chain and place of one entry; its signature and unit come when it is folded.
std::int64_t Replica::add(const wire::Json& entry) {
  const auto index = need(native::count_member(entry, "i"), "index");
  HeldEntry held;
  held.time_ms = need(native::count_member(entry, "t"), "time");
  held.unit = need(native::text_member(entry, "u"), "unit");
  const auto position = need(native::count_member(entry, "p"), "position");
  const auto text = need(native::text_member(entry, "e"), "envelope");
  const auto unit = units_.find(held.unit);
  if (unit == units_.end() || static_cast<std::uint64_t>(index) >= tree_.size())
    fail("place of entry " + std::to_string(index));
  auto& chain = unit->second.entries;
  const auto previous = chain.empty() ? crypto::Hash{} : tree_.leaf(static_cast<std::uint64_t>(chain.back()));
  held.envelope = crypto::sha256(text);
  held.leaf = crypto::hash_of({static_cast<std::uint64_t>(held.time_ms), unit->second.tag,
                               static_cast<std::uint64_t>(position), previous, held.envelope});
  if (static_cast<std::size_t>(position) != chain.size() || native::hex_member<crypto::Hash>(entry, "v") != previous ||
      held.leaf != tree_.leaf(static_cast<std::uint64_t>(index)))
    fail("leaf of entry " + std::to_string(index));
  if (index == 0 && crypto::log_name(log_.substr(0, log_.find('#')), text) != log_) fail("founding hash");
  const auto envelope = need(crypto::parse_envelope(text), "envelope");
  held.payload = need(wire::parse_payload(envelope.payload), "payload");
  held.payload.statement.at_ms = held.time_ms;
  if (index == 0) founding_ = need(native::read_founding_body(held.payload.body), "founding body");
  learn(held);
  verify_signatures(held, envelope);
  keep_promise(index, held);
  if (const auto frame = native::bytes_member(entry, "c")) held.ciphertext = *frame;
  chain.push_back(index);
  entries_.insert_or_assign(index, std::move(held));
  return index;
}

void Replica::learn(const HeldEntry& entry) {
  if (entry.payload.statement.kind != policy::Kind::device_add) return;
  const auto& statement = entry.payload.statement;
  const auto body = need(native::read_device_body(entry.payload.body, statement.device), "device");
  devices_.insert_or_assign(statement.device,
                            HeldDevice{statement.person, body.bundle.sign,
                                       need(native::recipient_from(entry.payload.body, statement.device), "kem key")});
}

void Replica::verify_signatures(const HeldEntry& entry, const crypto::Envelope& envelope) const {
  const auto& payload = entry.payload;
  if (payload.statement.kind == policy::Kind::tenant_found) {
    if (!crypto::verify(envelope, 0, founding_->device.sign)) fail("founding signature");
    return;
  }
  if (payload.log != log_) fail("log of an entry");
  const bool own = payload.device == policy::server_name;
  const auto device = devices_.find(payload.device);
  if (!own && (device == devices_.end() || device->second.person != payload.statement.by)) fail("author of an entry");
  if (!crypto::verify(envelope, 0, own ? founding_->server_key : device->second.sign)) fail("signature");
  if (payload.statement.with.empty()) return;
  const auto second = envelope.signatures.size() == 2 ? devices_.find(envelope.signatures[1].keyid) : devices_.end();
  if (second == devices_.end() || second->second.person != payload.statement.with ||
      !crypto::verify(envelope, 1, second->second.sign))
    fail("second signature");
}

void Replica::settle(std::int64_t before, bool anew) {
  if (anew) begin();
  for (auto at = anew ? entries_.begin() : entries_.upper_bound(before); at != entries_.end(); ++at)
    fold(at->first, at->second);
}

void Replica::fold(std::int64_t index, const HeldEntry& entry) {
  auto statement = entry.payload.statement;
  if (entry.payload.device != policy::server_name) statement.signed_with = entry.payload.device;
  if (entry.payload.unit != entry.unit || wire::unit_name(world_, statement) != entry.unit)
    fail("unit of entry " + std::to_string(index));
  world_.fold(statement, index);
}

const wire::Payload* Replica::made(std::string_view record) const {
  for (const auto& [index, entry] : entries_) {
    const auto& statement = entry.payload.statement;
    if ((statement.kind == policy::Kind::record_share || statement.kind == policy::Kind::record_rebase) &&
        statement.record == record)
      return &entry.payload;
  }
  return nullptr;
}

}  // namespace kasane::commands::demo
