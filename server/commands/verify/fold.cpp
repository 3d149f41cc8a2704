#include "server/commands/verify/fold.hpp"

#include <algorithm>
#include <tuple>

#include "policy/readers.hpp"
#include "policy/stale.hpp"
#include "server/native/founding.hpp"

namespace kasane::commands::verify {

namespace {

constexpr std::int64_t ahead_ms = 2 * policy::minute_ms;

}  // namespace

void Keys::learn(const ReadEntry& entry) {
  const policy::Statement& statement = entry.payload.statement;
  if (entry.index == 0 && statement.kind == policy::Kind::tenant_found) {
    founding = conference::read_founding_body(entry.payload.body);
    if (auto named = native::read_witnesses(entry.payload.body))
      witnesses = std::move(*named);
    else
      founding.reset();  // what cannot be read of it must not be judged by less
    origin = entry.payload.log;
  }
  if (statement.kind == policy::Kind::device_add)
    if (const auto body = conference::read_device_body(entry.payload.body, statement.device))
      devices.emplace(statement.device, body->bundle.sign);
}

void Keys::check(ReadEntry& entry) const {
  const auto good = [&](std::size_t which) {
    if (which >= entry.envelope.signatures.size()) return false;
    const std::string& signer = entry.envelope.signatures[which].keyid;
    if (which == 0 && signer != entry.payload.device) return false;
    if (signer == policy::server_name)
      return which == 0 && founding && crypto::verify(entry.envelope, which, founding->server_key);
    if (entry.index < 2)  // signed by the device that entry 1 adds, and that the founding entry names
      return which == 0 && founding && crypto::verify(entry.envelope, which, founding->first_device);
    const auto key = devices.find(signer);
    return key != devices.end() && crypto::verify(entry.envelope, which, key->second);
  };
  entry.first_good = good(0);
  entry.second_good = good(1);
}

Fold::Fold(Report& report, const Keys& keys, const crypto::Tree& tree, bool part,
           std::function<void(std::int64_t, const std::string&)> line)
    : report_(report), keys_(keys), tree_(tree), part_(part), line_(std::move(line)) {}

bool Fold::is_live(const std::string& device, const std::string& person) const {
  const auto id = world_.devices.find_defined(device);
  return id.known() && world_.devices[id].live() && world_.persons.name(world_.devices[id].person) == person;
}

// design.md §3 "Envelope": the author's signature, then that of a live device of `with`.
void Fold::check_author(const ReadEntry& entry) {
  const policy::Statement& statement = entry.payload.statement;
  const bool two = !statement.with.empty();
  report_.signatures += two ? 2 : 1;
  if (!entry.first_good) report_.find(entry.index, "its author has not signed it");
  if (entry.envelope.signatures.size() != (two ? 2U : 1U))
    report_.find(entry.index, "it has not as many signatures as it names people");
  if (!two) return;
  if (!entry.second_good) report_.find(entry.index, "its second person has not signed it");
  if (entry.envelope.signatures.size() > 1 && !is_live(entry.envelope.signatures[1].keyid, statement.with))
    report_.find(entry.index, "its second signature is not by a live device of that person");
}

/// Authors who write at one time have mostly seen the same head.
bool Fold::stood_so(const wire::Payload::Seen& seen) {
  if (seen.size == last_seen_.size && seen.root == last_seen_.root) return true;
  if (seen.size < 1 || seen.size > static_cast<std::int64_t>(tree_.size())) return false;
  if (crypto::from_hex<crypto::Hash>(seen.root) != tree_.root(static_cast<std::uint64_t>(seen.size))) return false;
  last_seen_ = seen;
  return true;
}

void Fold::finish() {
  const auto said_by = [](const Said& one) { return std::tie(one.nonce.bytes, one.device); };
  std::ranges::sort(nonces_, [&](const Said& a, const Said& b) {
    return std::tie(a.nonce.bytes, a.device, a.index) < std::tie(b.nonce.bytes, b.device, b.index);
  });
  for (std::size_t i = 1; i < nonces_.size(); ++i)
    if (said_by(nonces_[i - 1]) == said_by(nonces_[i]))
      report_.find(nonces_[i].index, "the same nonce of that device stands in an earlier entry");
}

void Fold::check_standpoint(const ReadEntry& entry) {
  const wire::Payload& payload = entry.payload;
  const bool founding = entry.index < 2;
  if (payload.v != 1) report_.find(entry.index, "it is of rules that this program does not know");
  if (payload.log != (entry.index == 0 ? keys_.origin : keys_.log))
    report_.find(entry.index, "it was signed for another log");
  if (entry.nonce && crypto::hex(*entry.nonce) != payload.nonce)
    report_.find(entry.index, "another nonce stands beside it");
  if (const auto nonce = crypto::from_hex<crypto::Nonce>(payload.nonce))
    nonces_.push_back({*nonce, devices_.try_emplace(payload.device, devices_.size()).first->second, entry.index});
  if (founding) return;
  if (!stood_so(payload.seen)) report_.find(entry.index, "its author had seen another past of this log (fork)");
  const std::int64_t age = entry.time_ms - payload.signed_at_ms;
  if (age < -ahead_ms || age > policy::allowed_age_ms(world_, payload.statement))
    report_.find(entry.index, "it was signed too long before, or after, it was taken");
}

// design.md §3 "Order without contention". Requires: before the entry is applied.
void Fold::check_stale(const ReadEntry& entry) {
  const wire::Payload& payload = entry.payload;
  if (entry.index < 2 || payload.device == policy::server_name || !policy::effect_of(world_, payload.statement).widens)
    return;
  for (const policy::Unit& unit : policy::rests_on(world_, payload.statement)) {
    const auto at = narrowings_.find(unit.name());
    if (at == narrowings_.end()) continue;
    const auto since = std::ranges::lower_bound(at->second, payload.seen.size);
    if (since != at->second.end() && *since < run_from_)
      return report_.find(entry.index, "it widens access though entry " + std::to_string(*since) +
                                           ", which its author had not seen, narrowed it");
  }
}

void Fold::check_body(const ReadEntry& entry) {
  const wire::Payload& payload = entry.payload;
  const policy::Statement& statement = payload.statement;
  bool good = true;
  switch (statement.kind) {
    case policy::Kind::tenant_found:
      good = keys_.founding.has_value();
      break;
    case policy::Kind::device_add:
      good = conference::read_device_body(payload.body, statement.device).has_value();
      break;
    case policy::Kind::record_share:
    case policy::Kind::record_rebase:
      good = conference::read_record_body(payload.body).has_value();
      break;
    case policy::Kind::key_grant:
      good = conference::read_grant_body(payload.body).has_value();
      break;
    case policy::Kind::case_coordinator:
      good = conference::read_coordinator_body(payload.body).has_value();
      break;
    case policy::Kind::message_post:
      good = conference::read_message_body(payload.body).has_value();
      break;
    case policy::Kind::epoch_commit: {
      const auto body = conference::read_epoch_body(payload.body);
      const auto last = commits_.find(statement.item);
      good = body && body->previous == (last == commits_.end() ? crypto::Hash{} : last->second);
      commits_[statement.item] = entry.hash;
      break;
    }
    default:
      break;
  }
  if (!good) report_.find(entry.index, "its body is not one of its kind");
}

void Fold::remember(const ReadEntry& entry) {
  const policy::Statement& statement = entry.payload.statement;
  const auto subject_unit = [&](const std::string& subject) {
    named_.insert(policy::Unit{policy::UnitKind::subject, subject, {}, {}}.name());
  };
  if (statement.kind == policy::Kind::case_open)
    for (const auto& one : statement.subjects) subject_unit(one.subject);
  if (statement.kind == policy::Kind::case_subject) subject_unit(statement.subject);
  if (statement.kind == policy::Kind::key_request)
    requests_[entry.hash] = {entry.index,      statement.by,   statement.device,
                             statement.record, statement.item, statement.at_ms};
  if (statement.kind == policy::Kind::key_release)
    released_.insert(statement.record + " " + statement.device + " " + statement.person);
}

void Fold::skip(std::int64_t index) { run_from_ = index + 1; }

void Fold::add(ReadEntry& entry) {
  wire::Payload& payload = entry.payload;
  policy::Statement& statement = payload.statement;
  statement.at_ms = entry.time_ms;
  if (payload.device == policy::server_name) statement.signed_with.clear();
  if (payload.device != run_device_ || entry.time_ms != run_at_ms_ || payload.seen.root != run_root_) {
    run_from_ = entry.index;
    run_device_ = payload.device;
    run_at_ms_ = entry.time_ms;
    run_root_ = payload.seen.root;
  }
  ++report_.envelopes;
  check_author(entry);
  check_standpoint(entry);
  const std::string unit = policy::unit_of(world_, statement).name();
  if (unit != payload.unit || (entry.unit != nullptr && unit != *entry.unit))
    report_.find(entry.index, "it stands in another unit than its own");
  check_stale(entry);
  check_body(entry);
  if (statement.kind == policy::Kind::key_release) rerun_release(entry);
  if (statement.kind == policy::Kind::access_denied) rerun_refusal(entry);
  if (statement.kind == policy::Kind::opened) count_opened(entry);
  if (!policy::is_recording(statement.kind) && policy::effect_of(world_, statement).narrows)
    narrowings_[unit].push_back(entry.index);
  if (part_)
    world_.fold(statement, entry.index);
  else if (const auto reason = world_.accept(statement, entry.index))
    report_.find(entry.index, "the rules refuse it: " + std::string(policy::name_of(*reason)));
  remember(entry);
}

}  // namespace kasane::commands::verify
