#include <algorithm>

#include "crypto/sha256.hpp"
#include "policy/readers.hpp"
#include "server/conference/ledger.hpp"

namespace kasane::conference {

namespace {
[[noreturn]] void does_not_add_up(Index index, const char* what) {
  throw StoreError("the ledger does not add up at entry " + std::to_string(index) + ": " + what +
                   "; restore the folder from a backup and run kasane verify");
}
}  // namespace

Ledger::Ledger(Store& store, log::Writer writer, Random& random)
    : store_(store), random_(random), writer_(std::move(writer)) {
  load();
}

// Replays what is stored: every leaf is computed again from its envelope, every statement accepted again, and the root
// compared with the last checkpoint. Signatures were checked before they were stored.
void Ledger::load() {
  store_.each_unit([&](const UnitRow& row) { writer_.create_unit(row.name, row.salt); });
  std::vector<LeafRow> leaves;
  leaves.reserve(static_cast<std::size_t>(store_.size()));
  store_.each_leaf([&](const LeafRow& row) { leaves.push_back(row); });
  Index next = 0;
  store_.each_envelope(0, [&](Index index, std::string_view text) {
    if (index != next || static_cast<std::size_t>(index) >= leaves.size())
      does_not_add_up(index, "an entry is missing");
    const LeafRow& leaf = leaves[static_cast<std::size_t>(index)];
    auto envelope = crypto::parse_envelope(text);
    auto payload = envelope ? wire::parse_payload(envelope->payload) : std::nullopt;
    if (!payload) does_not_add_up(index, "it is no envelope");
    if (index == 0) writer_.found(payload->log, text);
    if (payload->device == policy::server_name) payload->statement.signed_with.clear();
    payload->statement.at_ms = leaf.time_ms;
    note_narrowing(payload->statement, index);
    if (world_.accept(payload->statement, index)) does_not_add_up(index, "the rules refuse it");
    const auto unit = writer_.units().find(policy::unit_of(world_, payload->statement).name());
    if (!unit || static_cast<std::int64_t>(*unit) != leaf.unit) does_not_add_up(index, "its unit is another");
    const crypto::Hash hash = crypto::sha256(text);
    if (writer_.append(*unit, leaf.time_ms, hash).leaf_hash != leaf.leaf) does_not_add_up(index, "its leaf is another");
    remember(*payload, hash, index);
    ++next;
  });
  if (static_cast<std::size_t>(next) != leaves.size()) does_not_add_up(next, "an envelope is missing");
  for (std::size_t unit = 0; unit < writer_.units().size(); ++unit)
    moved_units_.insert(static_cast<log::UnitNumber>(unit));
  committed_size_ = writer_.size();
  keyring_changed_ = false;
  if (committed_size_ == 0) return;
  const auto note = store_.last_checkpoint();
  const auto checkpoint = note ? crypto::verify_checkpoint(*note, writer_.origin(), writer_.log_key()) : std::nullopt;
  if (!checkpoint) throw StoreError("the last checkpoint is not signed by this folder's log.key");
  if (checkpoint->size != writer_.tree().size() || checkpoint->root != writer_.tree().root())
    does_not_add_up(next, "the root is not that of the last checkpoint");
}

}  // namespace kasane::conference
