#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "crypto/sha256.hpp"
#include "server/conference/ledger.hpp"

namespace kasane::conference {

namespace {

constexpr std::size_t recent_roots_max = 1'024;

/// Several statements are tried on a copy first; so is one whose recipients are judged `with` itself.
bool needs_trial(const std::vector<Checked>& envelopes) {
  if (envelopes.size() > 1) return true;
  const policy::Kind kind = envelopes.front().payload.statement.kind;
  return kind == policy::Kind::record_share || kind == policy::Kind::record_rebase ||
         kind == policy::Kind::case_coordinator;
}

[[noreturn]] void broken(const char* where) {
  std::fprintf(stderr, "kasane: broken invariant in %s\n", where);
  std::abort();
}

}  // namespace

// PROTOCOL.md append: a repeat gets the first receipts, however late, before time, STALE and policy are asked.
std::variant<std::monostate, std::vector<Receipt>, AppendRefusal> Ledger::repeated(
    const std::vector<Checked>& envelopes) {
  std::vector<Receipt> receipts;
  for (std::size_t i = 0; i < envelopes.size(); ++i) {
    const auto& payload = envelopes[i].payload;
    const auto index = find_nonce(payload.device, payload.nonce);
    // A device that says a nonce twice within one append, or joins old and new envelopes, has lost count.
    const bool first_time = !index && receipts.empty();
    bool twice = false;
    for (std::size_t j = 0; j < i; ++j)
      twice = twice || (envelopes[j].payload.nonce == payload.nonce && envelopes[j].payload.device == payload.device);
    if (twice) return AppendRefusal{{wire::Fault::repeated}, i, {}};
    if (first_time) continue;
    if (!index || receipts.size() != i || envelope(*index) != envelopes[i].text)
      return AppendRefusal{{wire::Fault::repeated}, i, {}};
    receipts.push_back({*index, writer_.time_ms(*index)});
  }
  if (receipts.empty()) return std::monostate{};
  return receipts;
}

Ledger::Appended Ledger::append(std::vector<Checked>& envelopes, const Supply& supply, std::int64_t now_ms) {
  for (std::size_t i = 0; i < envelopes.size(); ++i)
    if (auto refused = check_signed(envelopes[i])) {
      refused->which = i;
      return *std::move(refused);
    }
  auto before = repeated(envelopes);
  if (auto* receipts = std::get_if<std::vector<Receipt>>(&before)) return std::move(*receipts);
  if (auto* refusal = std::get_if<AppendRefusal>(&before)) return std::move(*refusal);

  const std::int64_t at_ms = time_at(now_ms);
  const bool on_trial = needs_trial(envelopes);
  std::optional<policy::World> trial;
  if (on_trial) trial = world_;
  const policy::World& world = on_trial ? *trial : world_;
  for (std::size_t i = 0; i < envelopes.size(); ++i) {
    wire::Payload& payload = envelopes[i].payload;
    payload.statement.at_ms = at_ms;
    auto refused = check_time(world, payload, at_ms);
    if (!refused) refused = check_seen(payload);
    if (!refused) refused = check_unit(world, payload);
    if (!refused) refused = check_stale(world, payload);
    if (!refused) refused = check_quorum(world, payload, now_ms);
    if (!refused && on_trial) {
      if (const auto reason = trial->accept(payload.statement, writer_.size() + static_cast<Index>(i)))
        refused = AppendRefusal{wire::Refusal::by_policy(*reason), 0, {}};
    } else if (!refused) {
      if (const auto reason = world_.check(payload.statement))
        refused = AppendRefusal{wire::Refusal::by_policy(*reason), 0, {}};
    }
    if (!refused) refused = check_body(world, payload, supply);
    if (!refused) refused = check_recipients(world, payload, supply, at_ms);
    if (refused) {
      refused->which = i;
      return *std::move(refused);
    }
  }
  std::vector<Receipt> receipts;
  for (Checked& checked : envelopes) {
    receipts.push_back({writer_.size(), at_ms});
    take(checked, at_ms, &supply);
  }
  return receipts;
}

std::optional<AppendRefusal> Ledger::found(Checked tenant_found, Checked device_add, const Supply& supply,
                                           std::int64_t now_ms) {
  const auto refuse = [](wire::Refusal why, std::size_t which) { return AppendRefusal{std::move(why), which, {}}; };
  if (writer_.size() != 0) return refuse(wire::Refusal::by_policy(policy::Reason::DUPLICATE), 0);
  if (tenant_found.refusal) return refuse(*tenant_found.refusal, 0);
  if (device_add.refusal) return refuse(*device_add.refusal, 1);
  const auto body = read_founding_body(tenant_found.payload.body);
  const auto device = read_device_body(device_add.payload.body, device_add.payload.statement.device);
  if (!body || !device || body->log_key != writer_.log_key() || body->server_key != writer_.server_key() ||
      (body->cosigner_key && body->cosigner_key != writer_.cosigner_key()) || device->bundle.sign != body->first_device)
    return refuse({wire::Fault::malformed}, 0);
  if (tenant_found.payload.v != 1 || !crypto::acceptable_key_name(tenant_found.payload.log))
    return refuse({wire::Fault::log}, 0);
  // Both are signed with the device that the second one adds.
  for (Checked* checked : {&tenant_found, &device_add})
    if (checked->signatures != 1 || checked->payload.device != device_add.payload.statement.device ||
        (!checked->first_good && !crypto::verify(checked->envelope, 0, body->first_device)))
      return refuse({wire::Fault::signature}, checked == &tenant_found ? 0 : 1);
  writer_.found(tenant_found.payload.log, tenant_found.text);
  if (device_add.payload.log != writer_.log()) return refuse({wire::Fault::log}, 1);
  const std::int64_t at_ms = time_at(now_ms);
  policy::World trial = world_;
  std::size_t which = 0;
  for (Checked* checked : {&tenant_found, &device_add}) {
    checked->payload.statement.at_ms = at_ms;
    if (policy::unit_of(trial, checked->payload.statement).name() != checked->payload.unit)
      return refuse({wire::Fault::unit}, which);
    if (const auto reason = trial.accept(checked->payload.statement, static_cast<Index>(which)))
      return refuse(wire::Refusal::by_policy(*reason), which);
    if (auto refused = check_body(trial, checked->payload, supply)) return refused;
    ++which;
  }
  cosigns_ = body->cosigner_key.has_value();
  take(tenant_found, at_ms, &supply);
  take(device_add, at_ms, &supply);
  return std::nullopt;
}

std::variant<Receipt, policy::Reason> Ledger::append_own(policy::Statement statement, wire::Json body,
                                                         std::int64_t now_ms) {
  wire::Payload payload;
  statement.by = policy::server_name;
  statement.at_ms = time_at(now_ms);
  if (const auto reason = world_.check(statement)) return *reason;
  crypto::Nonce nonce;
  random_.fill(nonce.bytes);
  payload.v = 1;
  payload.log = writer_.log();
  payload.unit = policy::unit_of(world_, statement).name();
  payload.seen = {writer_.size(), crypto::hex(writer_.tree().root())};
  payload.signed_at_ms = statement.at_ms;
  payload.nonce = crypto::hex(nonce);
  payload.device = policy::server_name;
  payload.statement = std::move(statement);
  payload.body = std::move(body);
  Checked checked;
  checked.text = writer_.sign_statement(wire::print_payload(payload));
  checked.hash = crypto::sha256(checked.text);
  checked.payload = std::move(payload);
  const Receipt receipt{writer_.size(), checked.payload.statement.at_ms};
  take(checked, receipt.at_ms, nullptr);
  return receipt;
}

// The one place where an entry comes into force. Requires: the policy has accepted it in a World that stood as this one
// does, and its unit is the payload's.
void Ledger::take(Checked& checked, std::int64_t at_ms, const Supply* supply) {
  wire::Payload& payload = checked.payload;
  const Index index = writer_.size();
  ExtractEntry entry;
  entry.narrows = note_narrowing(payload.statement, index);
  world_.replay(payload.statement, index);
  place(payload, std::move(checked.text), checked.hash, at_ms);
  if (supply != nullptr) attach(payload, *supply, index);
  if (checked.signatures > 1) pending_.completed.push_back(checked.payload_hash);
  create_subject_units(payload.statement);
  entry.unit = fresh_.back().unit;
  entry.nonce = pending_.entries.back().leaf.nonce;
  entry.facts = facts_of(payload, checked.hash);
  entry.statement = std::move(payload.statement);
  remember(entry, index);
  extract(entry);
  fresh_.back().statement = std::move(entry.statement);
}

void Ledger::place(const wire::Payload& payload, std::string text, const crypto::Hash& hash, std::int64_t at_ms) {
  const log::Place at = writer_.append(unit_for(payload.unit), at_ms, hash);
  moved_units_.insert(at.unit);
  const auto nonce = crypto::from_hex<crypto::Nonce>(payload.nonce);
  if (!nonce) broken("Ledger::place: a nonce that the payload's reader let through");
  pending_.entries.push_back(
      {{at.index, at.time_ms, static_cast<std::int64_t>(at.unit), at.position, *nonce, at.leaf_hash}, std::move(text)});
  fresh_.push_back({at.index, at.time_ms, at.position, at.unit, at.previous, {}});
}

log::UnitNumber Ledger::unit_for(const std::string& name) {
  if (const auto known = writer_.units().find(name)) return *known;
  crypto::Salt salt;
  random_.fill(salt.bytes);
  const log::UnitNumber unit = writer_.create_unit(name, salt);
  pending_.units.push_back({static_cast<std::int64_t>(unit), name, salt});
  created_.push_back(unit);
  moved_units_.insert(unit);
  return unit;
}

// design.md §3 "Tail hiding": a subject's unit is there, with count 0, from the first naming on.
void Ledger::create_subject_units(const policy::Statement& statement) {
  const auto create = [this](const std::string& subject) {
    unit_for(policy::Unit{policy::UnitKind::subject, subject, {}, {}}.name());
  };
  if (statement.kind == policy::Kind::case_open)
    for (const auto& entry : statement.subjects) create(entry.subject);
  if (statement.kind == policy::Kind::case_subject) create(statement.subject);
}

// Puts what the body names beside the entry.
void Ledger::attach(const wire::Payload& payload, const Supply& supply, Index index) {
  const auto keep_blob = [&](const crypto::Hash& digest) { pending_.blobs.push_back({digest, *supply.blob(digest)}); };
  const policy::Statement& statement = payload.statement;
  switch (statement.kind) {
    case policy::Kind::record_share:
    case policy::Kind::record_rebase: {
      const auto body = read_record_body(payload.body);
      keep_blob(body->digest);
      pending_.wraps.push_back({body->wraps_root, *supply.wraps(body->wraps_root)});
      return;
    }
    case policy::Kind::epoch_commit: {
      const auto body = read_epoch_body(payload.body);
      pending_.wraps.push_back({body->wraps_root, *supply.wraps(body->wraps_root)});
      return;
    }
    case policy::Kind::key_grant:
      pending_.grants.push_back(
          {statement.record, statement.device, index, *supply.blob(*read_grant_body(payload.body))});
      return;
    case policy::Kind::case_coordinator:
      // Named first: the range of a temporary's member would dangle.
      if (const auto keys = read_coordinator_body(payload.body))
        for (const HandedKey& key : *keys)
          pending_.grants.push_back({key.record, key.device, index, *supply.blob(key.digest)});
      return;
    case policy::Kind::message_post:
      pending_.frames.push_back({index, statement.item, *supply.blob(read_message_body(payload.body)->digest)});
      return;
    case policy::Kind::device_add:
      if (const auto body = read_device_body(payload.body, statement.device); body && body->wrap)
        keep_blob(*body->wrap);
      return;
    case policy::Kind::conference_close: {
      const auto conference = world_.conferences.find_defined(statement.conference);
      if (!conference.known()) return;
      for (const auto item : world_.conferences[conference].items)
        pending_.forgotten_items.emplace_back(world_.items.name(item));
      return;
    }
    case policy::Kind::record_destroy:
      if (const RecordKeys* keys = record(statement.record)) {
        pending_.destroyed_records.push_back(statement.record);
        pending_.dropped_blobs.push_back(keys->digest);
        pending_.dropped_wraps.push_back(keys->wraps_root);
      }
      return;
    default:
      return;
  }
}

std::string Ledger::commit() {
  std::string note;
  if (!pending_.entries.empty()) {
    note = writer_.checkpoint();
    pending_.checkpoints.push_back({writer_.size(), note});
    recent_roots_.emplace(writer_.size(), writer_.tree().root());
    if (recent_roots_.size() > recent_roots_max) recent_roots_.erase(recent_roots_.begin());
  }
  store_.commit(pending_);
  committed_size_ = writer_.size();
  if (committed_size_ - extract_from_ >= extract_entries || extract_.size() >= extract_bytes)
    store_.add_extract(sealed_extract());
  return note;
}

void Ledger::begin_batch() {
  pending_ = {};
  fresh_.clear();
  created_.clear();
  keyring_changed_ = false;
}

}  // namespace kasane::conference
