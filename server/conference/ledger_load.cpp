#include <algorithm>

#include "crypto/cosignature.hpp"
#include "crypto/sha256.hpp"
#include "policy/readers.hpp"
#include "server/conference/extract_reader.hpp"
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

Ledger::~Ledger() {
  if (writer_.size() == committed_size_ && !extract_.empty() && committed_size_ >= store_.least_extracted())
    store_.add_extract(sealed_extract());
}

// Replays what is stored. What the extract holds was accepted by an earlier run; of every entry after it the leaf is
// computed again from its envelope and the statement accepted again. The root is compared with the last checkpoint.
// Signatures were checked before they were stored.
void Ledger::load() {
  store_.each_unit([&](const UnitRow& row) { writer_.create_unit(row.name, row.salt); });
  std::vector<LeafRow> leaves;
  leaves.reserve(static_cast<std::size_t>(store_.size()));
  store_.each_leaf([&](const LeafRow& row) { leaves.push_back(row); });
  old_nonces_.reserve(leaves.size());
  load_extract(leaves);
  Index next = start_.extracted;
  std::vector<std::string> segments;  // sealed for good only once the whole is known to add up
  store_.each_envelope(next, [&](Index index, std::string_view text) {
    if (index != next || static_cast<std::size_t>(index) >= leaves.size())
      does_not_add_up(index, "an entry is missing");
    const LeafRow& leaf = leaves[static_cast<std::size_t>(index)];
    auto envelope = crypto::parse_envelope(text);
    auto payload = envelope ? wire::parse_payload(envelope->payload) : std::nullopt;
    if (!payload) does_not_add_up(index, "it is no envelope");
    if (index == 0) writer_.found(payload->log, text);
    if (payload->device == policy::server_name) payload->statement.signed_with.clear();
    payload->statement.at_ms = leaf.time_ms;
    ExtractEntry entry;
    entry.narrows = note_narrowing(payload->statement, index);
    if (world_.accept(payload->statement, index)) does_not_add_up(index, "the rules refuse it");
    const auto unit = writer_.units().find(policy::unit_of(world_, payload->statement).name());
    if (!unit || static_cast<std::int64_t>(*unit) != leaf.unit) does_not_add_up(index, "its unit is another");
    const crypto::Hash hash = crypto::sha256(text);
    if (writer_.append(*unit, leaf.time_ms, hash).leaf_hash != leaf.leaf) does_not_add_up(index, "its leaf is another");
    const auto nonce = crypto::from_hex<crypto::Nonce>(payload->nonce);
    if (!nonce) does_not_add_up(index, "it has no nonce");
    entry.unit = *unit;
    entry.nonce = *nonce;
    entry.facts = facts_of(*payload, hash);
    entry.statement = std::move(payload->statement);
    remember(entry, index);
    extract(entry);
    if (writer_.size() - extract_from_ >= extract_entries || extract_.size() >= extract_bytes)
      segments.push_back(sealed_extract());
    ++next;
  });
  if (static_cast<std::size_t>(next) != leaves.size()) does_not_add_up(next, "an envelope is missing");
  for (std::size_t unit = 0; unit < writer_.units().size(); ++unit)
    moved_units_.insert(static_cast<log::UnitNumber>(unit));
  std::ranges::sort(old_nonces_);
  loading_ = false;
  committed_size_ = writer_.size();
  keyring_changed_ = false;
  if (committed_size_ == 0) return;
  const auto note = store_.last_checkpoint();
  const auto checkpoint = note ? crypto::verify_checkpoint(*note, writer_.origin(), writer_.log_key()) : std::nullopt;
  if (!checkpoint) throw StoreError("the last checkpoint is not signed by this folder's log.key");
  if (checkpoint->size != writer_.tree().size() || checkpoint->root != writer_.tree().root())
    does_not_add_up(next, "the root is not that of the last checkpoint");
  load_promise();
  for (const auto& segment : segments) store_.add_extract(segment);
}

// What the log has promised binds it after a restart too.
void Ledger::load_promise() {
  const auto text = store_.envelope(0);
  const auto envelope = text ? crypto::parse_envelope(*text) : std::nullopt;
  const auto payload = envelope ? wire::parse_payload(envelope->payload) : std::nullopt;
  const auto body = payload ? read_founding_body(payload->body) : std::nullopt;
  if (!body) does_not_add_up(0, "it founds nothing");
  if (!body->cosigner_key) return;
  if (writer_.cosigner_key() != body->cosigner_key)
    throw StoreError("the folder's cosigner.key is missing, or not the one that the founding entry names");
  cosigns_ = true;
  const auto row = store_.cosigned(CosignedRow::Which::own);
  if (!row) return;
  const auto note = crypto::parse_checkpoint(row->note);
  const auto at_s = note ? crypto::cosigned_at(*note, writer_.origin(), *body->cosigner_key) : std::nullopt;
  if (!at_s || note->checkpoint.size > writer_.tree().size() ||
      note->checkpoint.root != writer_.tree().root(note->checkpoint.size))
    throw StoreError(
        "the head that the log cosigned is not of this ledger; restore the folder from a backup and run "
        "kasane verify");
  promised_ms_ = static_cast<std::int64_t>(*at_s) * 1'000;
}

void Ledger::extract(const ExtractEntry& entry) { append_entry(extract_, entry); }

std::string Ledger::sealed_extract() {
  std::string sealed = seal({extract_from_, writer_.size(), writer_.tree().root(), extract_},
                            [this](crypto::View bytes) { return writer_.extract_mac(bytes); });
  extract_from_ = writer_.size();
  extract_.clear();
  return sealed;
}

/// One entry of the extract. Errors: a sentence; then nothing was done.
std::string Ledger::take_extract(const ExtractEntry& entry, const LeafRow& leaf) {
  const auto& units = writer_.units();
  if (entry.statement.at_ms != leaf.time_ms || static_cast<std::int64_t>(entry.unit) != leaf.unit ||
      entry.unit >= units.size() || leaf.position != static_cast<std::int64_t>(units[entry.unit].entries.size()))
    return "the rows say otherwise";
  const Index index = start_.extracted;
  if (index == 0) {
    const auto text = store_.envelope(0);
    const auto envelope = text ? crypto::parse_envelope(*text) : std::nullopt;
    const auto payload = envelope ? wire::parse_payload(envelope->payload) : std::nullopt;
    if (!payload) return "the founding envelope cannot be read";
    writer_.found(payload->log, *text);
  }
  if (entry.narrows) narrowings_[units[entry.unit].name].push_back(index);
  world_.replay(entry.statement, index);
  writer_.restore(entry.unit, leaf.time_ms, leaf.leaf);
  remember(entry, index);
  return {};
}

// What an odd entry leaves of its segment begins the next one.
void Ledger::load_extract(const std::vector<LeafRow>& leaves) {
  ExtractReader reader(store_, leaves, [this](crypto::View bytes) { return writer_.extract_mac(bytes); });
  ExtractEntry entry;
  std::size_t whole = 0;  // segments
  std::string why;
  while (why.empty()) {
    const auto part = reader.next();
    if (!part) break;
    std::string_view rest = part->entries;
    while (why.empty() && start_.extracted < part->to) {
      const std::size_t done = part->entries.size() - rest.size();
      why = take_entry(rest, entry) ? take_extract(entry, leaves[static_cast<std::size_t>(start_.extracted)])
                                    : "an entry in it cannot be read";
      if (why.empty())
        ++start_.extracted;
      else
        extract_ = part->entries.substr(0, done);
    }
    extract_from_ = why.empty() ? part->to : part->from;
    if (why.empty()) ++whole;
  }
  reader.stop();
  start_.doubt = why.empty() ? reader.doubt() : why;
  store_.keep_extract(whole);
  const auto taken = static_cast<std::uint64_t>(start_.extracted);
  if (reader.tree().size() == taken) return writer_.restore_tree(std::move(reader.tree()));
  crypto::Tree tree;  // the reader went further than what was taken
  for (std::size_t i = 0; i < taken; ++i) tree.append(leaves[i].leaf);
  writer_.restore_tree(std::move(tree));
}

}  // namespace kasane::conference
