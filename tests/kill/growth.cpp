#include "tests/kill/growth.hpp"

#include "crypto/envelope.hpp"
#include "crypto/sha256.hpp"
#include "server/store/database.hpp"
#include "server/store/sqlite_store.hpp"
#include "server/wire/payload.hpp"

namespace kasane::kill_loop {

Held read_folder(const std::filesystem::path& data, const std::filesystem::path& scratch, std::int64_t envelopes_from) {
  namespace fs = std::filesystem;
  fs::remove_all(scratch);
  fs::create_directories(scratch);
  for (const char* file : {"ledger.db", "ledger.db-wal"})
    if (fs::exists(data / file)) fs::copy_file(data / file, scratch / file);
  Held held;
  held.envelopes_from = envelopes_from;
  {
    store::SqliteStore store(scratch);
    store.each_leaf([&](const conference::LeafRow& row) { held.leaves.push_back(row); });
    store.each_unit([&](const conference::UnitRow& row) { held.units.push_back(row); });
    store.each_envelope(envelopes_from,
                        [&](std::int64_t, std::string_view text) { held.envelopes.emplace_back(text); });
    held.checkpoint = store.last_checkpoint().value_or("");
  }
  store::Database database((scratch / "ledger.db").string());
  store::Query check(database, "PRAGMA integrity_check(1)");
  if (check.use().step()) held.integrity = check.blob(0);
  return held;
}

void Growth::take(const Held& held, const History& history) {
  if (held.integrity != "ok") throw Broken("the file is damaged: " + held.integrity);
  if (held.leaves.size() < tree_.size()) throw Broken("entries are gone: the log shrank");
  for (const auto& row : held.leaves) {
    const auto next = tree_.size();
    const auto index = static_cast<std::uint64_t>(&row - held.leaves.data());
    if (row.index != static_cast<std::int64_t>(index)) throw Broken("a gap in the log at " + std::to_string(index));
    if (index >= next)
      take_entry(held, row);
    else if (row.leaf != tree_.leaf(index))
      throw Broken("entry " + std::to_string(index) + " is another than before");
  }
  const auto checkpoint = crypto::verify_checkpoint(held.checkpoint, origin_, log_key_);
  if (!checkpoint || checkpoint->size != tree_.size() || checkpoint->root != tree_.root())
    throw Broken("the newest checkpoint is not that of the entries");
  hold_receipts(history);
  hold_roots(history);
  hold_groups(history);
}

void Growth::take_entry(const Held& held, const conference::LeafRow& row) {
  const auto where = "entry " + std::to_string(row.index);
  const auto at = static_cast<std::size_t>(row.index - held.envelopes_from);
  if (row.index < held.envelopes_from || at >= held.envelopes.size()) throw Broken(where + " has no envelope");
  if (static_cast<std::size_t>(row.unit) >= held.units.size()) throw Broken(where + " has no unit");
  const auto& text = held.envelopes[at];
  const auto& unit = held.units[static_cast<std::size_t>(row.unit)];
  chains_.resize(held.units.size());
  auto& chain = chains_[static_cast<std::size_t>(row.unit)];
  if (row.position != chain.next) throw Broken(where + ": a gap or a double in the chain of " + unit.name);
  if (row.time_ms < last_time_ms_) throw Broken(where + ": ledger time ran back");
  const crypto::Leaf leaf{static_cast<std::uint64_t>(row.time_ms), crypto::unit_tag(unit.salt, unit.name),
                          static_cast<std::uint64_t>(row.position), chain.last, crypto::sha256(text)};
  if (crypto::hash_of(leaf) != row.leaf) throw Broken(where + ": its leaf is not that of its parts");
  const auto envelope = crypto::parse_envelope(text);
  const auto payload = envelope ? wire::parse_payload(envelope->payload) : std::nullopt;
  if (!payload || payload->unit != unit.name || payload->nonce != crypto::hex(row.nonce))
    throw Broken(where + ": its payload is not that of its row");
  if (!places_.try_emplace({payload->device, payload->nonce}, row.index).second)
    throw Broken(where + " is there twice");
  ++chain.next;
  chain.last = row.leaf;
  last_time_ms_ = row.time_ms;
  envelopes_.push_back(leaf.envelope);
  tree_.append(row.leaf);
}

const std::int64_t* Growth::place(const Signed& what) const {
  const auto at = places_.find(what);
  return at == places_.end() ? nullptr : &at->second;
}

void Growth::hold_receipts(const History& history) {
  for (const auto& one : history.acknowledged_since(receipts_held_)) {
    const auto* index = place(one.what);
    if (index == nullptr || *index != one.index || envelopes_[static_cast<std::size_t>(*index)] != one.envelope)
      throw Broken("acknowledged at " + std::to_string(one.index) +
                   (index == nullptr ? ", but not there" : ", but something else is there"));
    ++receipts_held_;
  }
}

/// A proof from each checkpoint that anybody saw to the next larger one: so, by transitivity, between every two.
void Growth::hold_roots(const History& history) {
  for (const auto& seen : history.roots()) {
    if (seen.size > tree_.size())
      throw Broken("a checkpoint of size " + std::to_string(seen.size) + " went out before its entries were kept");
    if (seen.size <= proven_.size) {
      if (tree_.root(seen.size) != seen.root) throw Broken("a checkpoint of another log");
      continue;
    }
    const auto proof = tree_.consistency(proven_.size, seen.size);
    const bool first = proven_.size == 0;
    if (tree_.root(seen.size) != seen.root ||
        (!first && (!proof || !crypto::verify_consistency(proven_.size, proven_.root, seen.size, seen.root, *proof))))
      throw Broken("no proof leads from size " + std::to_string(proven_.size) + " to " + std::to_string(seen.size));
    proven_ = seen;
  }
}

void Growth::hold_groups(const History& history) const {
  for (const auto& group : history.groups()) {
    const auto* first = place(group.front());
    for (std::size_t i = 1; i < group.size(); ++i) {
      const auto* next = place(group[i]);
      if ((first == nullptr) != (next == nullptr)) throw Broken("half an append was kept");
      if (first != nullptr && *next != *first + static_cast<std::int64_t>(i)) throw Broken("an append was torn apart");
    }
  }
}

}  // namespace kasane::kill_loop
