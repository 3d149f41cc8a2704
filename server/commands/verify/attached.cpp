#include "server/commands/verify/attached.hpp"

#include <algorithm>
#include <limits>

#include "crypto/sha256.hpp"
#include "crypto/wraps_root.hpp"
#include "policy/action.hpp"

namespace kasane::commands::verify {

Attached::Attached(store::LedgerReader& reader, Report& report) : reader_(reader), report_(report), frames_(reader) {
  frame_there_ = frames_.next();
}

namespace {

bool destroyed(const policy::World& world, policy::RecordId record) {
  return record.known() && world.records[record].destroyed_index != policy::no_index;
}

/// Each digest once, with its first entry.
template <class Named>
void sort_named(std::vector<Named>& named) {
  std::ranges::sort(named);
  const auto twice = std::ranges::unique(named, {}, &Named::first);
  named.erase(twice.begin(), twice.end());
}
/// In a sorted list. Null: it is not there.
template <class Named>
const Named* find_in(const std::vector<Named>& named, const crypto::Hash& digest) {
  const auto at = std::ranges::lower_bound(named, digest, {}, &Named::first);
  return at == named.end() || at->first != digest ? nullptr : &*at;
}

}  // namespace

// design.md §4 "Wrap", "Talk": nobody beyond those whom the policy lists at that entry.
void Attached::recipients(const ReadEntry& entry, const crypto::Hash& root, std::span<const std::string> persons,
                          const policy::World& world) {
  roots_named_.emplace_back(root, entry.index);
  std::vector<crypto::WrapDigest> digests;
  for (const auto& wrap : reader_.wraps.list(root)) {
    digests.push_back({wrap.device, crypto::sha256(wrap.bytes)});
    const auto device = world.devices.find_defined(wrap.device);
    if (!device.known() || !world.devices[device].live() ||
        !std::ranges::binary_search(persons, world.persons.name(world.devices[device].person)))
      report_.find(entry.index, "a key in it is wrapped to a device that may not have it: " + wrap.device);
  }
  if (digests.empty())
    roots_missing_.emplace_back(root, entry.index);
  else if (crypto::wraps_root(std::move(digests)) != root)
    report_.find("a list of wraps was changed: " + crypto::hex(root));
}

void Attached::entry(const ReadEntry& entry, const policy::World& world) {
  const policy::Statement& statement = entry.payload.statement;
  const wire::Json& body = entry.payload.body;
  switch (statement.kind) {
    case policy::Kind::record_share:
    case policy::Kind::record_rebase:
      if (const auto read = conference::read_record_body(body)) {
        records_.push_back({entry.index, world.records.find_defined(statement.record), *read});
        blobs_named_.emplace_back(read->digest, entry.index);
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
      if (const auto read = conference::read_message_body(body)) frame(entry, *read, world);
      return;
    case policy::Kind::device_add:
      if (const auto read = conference::read_device_body(body, statement.device); read && read->wrap)
        blobs_named_.emplace_back(*read->wrap, entry.index);
      return;
    default:
      return;
  }
}

void Attached::check_blobs(const policy::World& world) {
  std::vector<Named> there, of_records;
  sort_named(blobs_named_);
  reader_.each_blob([&](const crypto::Hash& digest, std::string_view bytes) {
    if (crypto::sha256(bytes) != digest) report_.find("a ciphertext was changed: " + crypto::hex(digest));
    there.emplace_back(digest, static_cast<std::int64_t>(bytes.size()));
  });
  sort_named(there);
  for (const auto& [digest, bytes] : there)
    if (find_in(blobs_named_, digest) == nullptr)
      report_.find("a ciphertext that no entry names: " + crypto::hex(digest));
  for (const Share& share : records_) {
    of_records.emplace_back(share.body.digest, share.index);
    if (destroyed(world, share.record)) continue;
    const Named* at = find_in(there, share.body.digest);
    if (at == nullptr)
      report_.find(share.index, "its record's ciphertext is missing");
    else if (at->second != share.body.length)
      report_.find(share.index, "its record's ciphertext has another length");
  }
  sort_named(of_records);
  for (const auto& [digest, index] : blobs_named_)
    if (find_in(of_records, digest) == nullptr && find_in(there, digest) == nullptr)
      report_.find(index, "the directory key's wrap that it names is missing");
}

void Attached::check_wraps(const policy::World& world) {
  sort_named(roots_named_);
  sort_named(roots_missing_);
  std::vector<Named> gone;  // whose absence is accounted for
  reader_.each_wraps_root([&](const crypto::Hash& root) {
    if (find_in(roots_named_, root) == nullptr)
      report_.find("a list of wraps that no entry names: " + crypto::hex(root));
    const Named* empty = find_in(roots_missing_, root);
    if (empty == nullptr) return;
    report_.find("a list of wraps was changed: " + crypto::hex(root));
    gone.push_back(*empty);
  });
  for (const Share& share : records_)
    if (destroyed(world, share.record)) gone.emplace_back(share.body.wraps_root, share.index);
  sort_named(gone);
  for (const auto& [root, index] : roots_missing_)
    if (find_in(gone, root) == nullptr) report_.find(index, "its list of wraps is missing");
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
    if (!grant.there && !destroyed(world, world.records.find_defined(grant.record)))
      report_.find(index, "the key that it gave is missing");
}

/// Frames of the entries before this one that are still waiting belong to no message.
void Attached::pass_frames(std::int64_t until) {
  for (; frame_there_ && frames_.index < until; frame_there_ = frames_.next())
    report_.find(frames_.index, "a message's ciphertext stands at an entry that is none");
}

void Attached::frame(const ReadEntry& entry, const conference::MessageBody& body, const policy::World& world) {
  const std::string& item = entry.payload.statement.item;
  pass_frames(entry.index);
  if (!frame_there_ || frames_.index != entry.index) {
    frames_missing_.emplace_back(entry.index, world.items.find_defined(item));
    return;
  }
  if (frames_.item != item || crypto::sha256(frames_.bytes) != body.digest ||
      body.length != static_cast<std::int64_t>(frames_.bytes.size()))
    report_.find(entry.index, "its message's ciphertext was changed");
  frame_there_ = frames_.next();
}

void Attached::check_frames(const policy::World& world) {
  pass_frames(std::numeric_limits<std::int64_t>::max());
  for (const auto& [index, item] : frames_missing_)
    if (!item.known() || !world.conferences[world.items[item].conference].closed())
      report_.find(index, "its message's ciphertext is missing");
}

void Attached::finish(const policy::World& world) {
  check_blobs(world);
  check_wraps(world);
  check_grants(world);
  check_frames(world);
}

}  // namespace kasane::commands::verify
