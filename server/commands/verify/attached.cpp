#include "server/commands/verify/attached.hpp"

#include <algorithm>

#include "crypto/sha256.hpp"
#include "crypto/wraps_root.hpp"
#include "policy/action.hpp"

namespace kasane::commands::verify {

Attached::Attached(store::LedgerReader& reader, Report& report) : reader_(reader), report_(report) {
  reader_.each_wraps_root([&](const crypto::Hash& root) { roots_there_.insert(root); });
}

bool Attached::destroyed(const policy::World& world, const std::string& record) {
  const auto id = world.records.find_defined(record);
  return id.known() && world.records[id].destroyed_index != policy::no_index;
}

// design.md §4 "Wrap", "Talk": nobody beyond those whom the policy lists at that entry.
void Attached::recipients(const ReadEntry& entry, const crypto::Hash& root, std::span<const std::string> persons,
                          const policy::World& world) {
  roots_named_.emplace(root, entry.index);
  if (!roots_there_.contains(root)) return;
  for (const auto& wrap : reader_.wraps.list(root)) {
    const auto device = world.devices.find_defined(wrap.device);
    if (!device.known() || !world.devices[device].live() ||
        !std::ranges::binary_search(persons, world.persons.name(world.devices[device].person)))
      report_.find(entry.index, "a key in it is wrapped to a device that may not have it: " + wrap.device);
  }
}

void Attached::entry(const ReadEntry& entry, const policy::World& world) {
  const policy::Statement& statement = entry.payload.statement;
  const wire::Json& body = entry.payload.body;
  switch (statement.kind) {
    case policy::Kind::record_share:
    case policy::Kind::record_rebase:
      if (const auto read = conference::read_record_body(body)) {
        records_[statement.record] = {entry.index, *read};
        blobs_named_.emplace(read->digest, entry.index);
        recipients(entry, read->wraps_root, policy::wrap(world, statement.record, entry.time_ms), world);
      }
      return;
    case policy::Kind::epoch_commit:
      if (const auto read = conference::read_epoch_body(body))
        recipients(entry, read->wraps_root, policy::epoch(world, statement.item, entry.time_ms), world);
      return;
    case policy::Kind::key_grant:
      if (const auto digest = conference::read_grant_body(body))
        grants_.emplace(entry.index, Grant{statement.record, statement.device, *digest});
      return;
    case policy::Kind::case_coordinator:
      if (const auto keys = conference::read_coordinator_body(body))
        for (const auto& key : *keys) grants_.emplace(entry.index, Grant{key.record, key.device, key.digest});
      return;
    case policy::Kind::message_post:
      if (const auto read = conference::read_message_body(body)) frames_[entry.index] = {statement.item, *read};
      return;
    case policy::Kind::device_add:
      if (const auto read = conference::read_device_body(body, statement.device); read && read->wrap)
        blobs_named_.emplace(*read->wrap, entry.index);
      return;
    default:
      return;
  }
}

void Attached::check_blobs(const policy::World& world) {
  std::map<crypto::Hash, std::int64_t> there;
  reader_.each_blob([&](const crypto::Hash& digest, std::string_view bytes) {
    if (crypto::sha256(bytes) != digest) report_.find("a ciphertext was changed: " + crypto::hex(digest));
    if (!blobs_named_.contains(digest)) report_.find("a ciphertext that no entry names: " + crypto::hex(digest));
    there[digest] = static_cast<std::int64_t>(bytes.size());
  });
  std::set<crypto::Hash> of_records;
  for (const auto& [record, share] : records_) {
    of_records.insert(share.body.digest);
    if (destroyed(world, record)) continue;
    const auto at = there.find(share.body.digest);
    if (at == there.end())
      report_.find(share.index, "its record's ciphertext is missing");
    else if (at->second != share.body.length)
      report_.find(share.index, "its record's ciphertext has another length");
  }
  for (const auto& [digest, index] : blobs_named_)
    if (!of_records.contains(digest) && !there.contains(digest))
      report_.find(index, "the directory key's wrap that it names is missing");
}

void Attached::check_wraps(const policy::World& world) {
  for (const auto& root : roots_there_) {
    std::vector<crypto::WrapDigest> digests;
    for (const auto& wrap : reader_.wraps.list(root)) digests.push_back({wrap.device, crypto::sha256(wrap.bytes)});
    if (crypto::wraps_root(std::move(digests)) != root)
      report_.find("a list of wraps was changed: " + crypto::hex(root));
    if (!roots_named_.contains(root)) report_.find("a list of wraps that no entry names: " + crypto::hex(root));
  }
  std::set<crypto::Hash> gone;
  for (const auto& [record, share] : records_)
    if (destroyed(world, record)) gone.insert(share.body.wraps_root);
  for (const auto& [root, index] : roots_named_)
    if (!roots_there_.contains(root) && !gone.contains(root)) report_.find(index, "its list of wraps is missing");
}

void Attached::check_grants(const policy::World& world) {
  reader_.each_grant([&](const conference::Grant& row) {
    const auto [begin, end] = grants_.equal_range(row.index);
    const auto grant = std::find_if(begin, end, [&](const auto& one) {
      return one.second.record == row.record && one.second.device == row.device && !one.second.there;
    });
    if (grant == end) return report_.find(row.index, "a key is kept for a device that this entry gave none");
    grant->second.there = true;
    if (crypto::sha256(row.wrap) != grant->second.digest) report_.find(row.index, "the key that it gave was changed");
  });
  for (const auto& [index, grant] : grants_)
    if (!grant.there && !destroyed(world, grant.record)) report_.find(index, "the key that it gave is missing");
}

void Attached::check_frames(const policy::World& world) {
  reader_.each_frame([&](std::int64_t index, std::string_view item, std::string_view bytes) {
    const auto posted = frames_.find(index);
    if (posted == frames_.end()) return report_.find(index, "a message's ciphertext stands at an entry that is none");
    posted->second.there = true;
    if (posted->second.item != item || crypto::sha256(bytes) != posted->second.body.digest ||
        posted->second.body.length != static_cast<std::int64_t>(bytes.size()))
      report_.find(index, "its message's ciphertext was changed");
  });
  for (const auto& [index, posted] : frames_) {
    const auto item = world.items.find_defined(posted.item);
    const bool closed = item.known() && world.conferences[world.items[item].conference].closed();
    if (!posted.there && !closed) report_.find(index, "its message's ciphertext is missing");
  }
}

void Attached::finish(const policy::World& world) {
  check_blobs(world);
  check_wraps(world);
  check_grants(world);
  check_frames(world);
}

}  // namespace kasane::commands::verify
