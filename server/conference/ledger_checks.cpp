#include <algorithm>

#include "policy/action.hpp"
#include "policy/readers.hpp"
#include "server/conference/ledger.hpp"

namespace kasane::conference {

namespace {

using wire::Fault;
using wire::Json;
namespace limits = wire::limits;

constexpr std::int64_t ahead_ms = 2 * policy::minute_ms;

AppendRefusal refuse(Fault fault, Json data = {}) { return {{fault, {}, std::move(data)}, 0, {}}; }

}  // namespace

// design.md §3 "Envelope": the author's signature first, then that of a live device of `with`.
std::optional<AppendRefusal> Ledger::check_signed(Checked& checked) const {
  check_again(checked, keyring_);
  if (checked.refusal) return AppendRefusal{*checked.refusal, 0, {}};
  const wire::Payload& payload = checked.payload;
  if (payload.v != 1 || payload.log != writer_.log()) return refuse(Fault::log);
  const bool two = !payload.statement.with.empty();
  if (!checked.first_good || checked.signatures != (two ? 2U : 1U)) return refuse(Fault::signature);
  if (two) {
    const Keyring::Key* second = keyring_.find(checked.second);
    if (!checked.second_good || second == nullptr || !second->live || second->person != payload.statement.with)
      return refuse(Fault::signature);
  }
  return std::nullopt;
}

std::optional<AppendRefusal> Ledger::check_time(const policy::World& world, const wire::Payload& payload,
                                                std::int64_t at_ms) const {
  const std::int64_t age = at_ms - payload.signed_at_ms;
  if (age < -ahead_ms || age > policy::allowed_age_ms(world, payload.statement)) return refuse(Fault::clock);
  return std::nullopt;
}

std::optional<AppendRefusal> Ledger::check_seen(const wire::Payload& payload) const {
  const auto& seen = payload.seen;
  if (seen.size < 1 || seen.size > committed_size_) return refuse(Fault::seen);
  const auto root = crypto::from_hex<crypto::Hash>(seen.root);
  const auto recent = recent_roots_.find(seen.size);
  if (!root || *root != (recent != recent_roots_.end() ? recent->second
                                                       : writer_.tree().root(static_cast<std::uint64_t>(seen.size))))
    return refuse(Fault::seen);
  return std::nullopt;
}

std::optional<AppendRefusal> Ledger::check_unit(const policy::World& world, const wire::Payload& payload) const {
  if (policy::unit_of(world, payload.statement).name() == payload.unit) return std::nullopt;
  // What it names may not exist, and then nobody can know its unit: the policy's reason says more.
  if (const auto reason = world.check(payload.statement))
    return AppendRefusal{wire::Refusal::by_policy(*reason), 0, {}};
  return refuse(Fault::unit);
}

// design.md §3 "Order without contention".
std::optional<AppendRefusal> Ledger::check_stale(const policy::World& world, const wire::Payload& payload) const {
  if (payload.seen.size >= committed_size_ && fresh_.empty()) return std::nullopt;
  if (!policy::effect_of(world, payload.statement).widens) return std::nullopt;
  std::vector<std::pair<Index, std::string>> changed;
  for (const policy::Unit& unit : policy::rests_on(world, payload.statement)) {
    const auto at = narrowings_.find(unit.name());
    if (at == narrowings_.end()) continue;
    for (auto index = std::ranges::lower_bound(at->second, payload.seen.size); index != at->second.end(); ++index)
      changed.emplace_back(*index, at->first);
  }
  if (changed.empty()) return std::nullopt;
  std::ranges::sort(changed);
  AppendRefusal refusal = refuse(Fault::stale);
  refusal.changed = std::move(changed);
  return refusal;
}

bool Ledger::extends(std::int64_t now_ms) const {
  return !quorum_required_ ||
         (quorum_at_ms_ && now_ms - *quorum_at_ms_ <= std::chrono::milliseconds(limits::quorum_age).count());
}

// design.md §3 "Freshness": under an old head nobody may be given anything; what takes away is always taken.
std::optional<AppendRefusal> Ledger::check_quorum(const policy::World& world, const wire::Payload& payload,
                                                  std::int64_t now_ms) const {
  if (extends(now_ms) || !policy::extends_access(world, payload.statement)) return std::nullopt;
  return AppendRefusal{quorum_stale(), 0, {}};
}

wire::Refusal Ledger::quorum_stale() const {
  return {Fault::quorum_stale,
          {},
          Json::object({{"since", quorum_at_ms_ ? Json(policy::print_instant(*quorum_at_ms_)) : Json()}})};
}

// The digests that a body names must be here; FORMATS.md §8, §9, §12.
std::optional<AppendRefusal> Ledger::check_body(const policy::World& world, const wire::Payload& payload,
                                                const Supply& supply) const {
  const policy::Statement& statement = payload.statement;
  const auto missing = [&](const crypto::Hash& digest) { return supply.blob(digest) == nullptr; };
  switch (statement.kind) {
    case policy::Kind::record_share:
    case policy::Kind::record_rebase: {
      const auto body = read_record_body(payload.body);
      if (!body) return refuse(Fault::malformed);
      if (missing(body->digest) || supply.wraps(body->wraps_root) == nullptr) return refuse(Fault::blob_missing);
      if (supply.blob(body->digest)->size() != static_cast<std::size_t>(body->length)) return refuse(Fault::malformed);
      return std::nullopt;
    }
    case policy::Kind::key_grant: {
      const auto digest = read_grant_body(payload.body);
      if (!digest) return refuse(Fault::malformed);
      if (missing(*digest)) return refuse(Fault::blob_missing);
      if (supply.blob(*digest)->size() > limits::wrap_bytes) return refuse(Fault::too_large);
      return std::nullopt;
    }
    case policy::Kind::case_coordinator: {
      const auto keys = read_coordinator_body(payload.body);
      if (!keys || keys->size() > limits::wraps_a_list) return refuse(Fault::malformed);
      for (const HandedKey& key : *keys)
        if (missing(key.digest)) return refuse(Fault::blob_missing);
      return std::nullopt;
    }
    case policy::Kind::epoch_commit: {
      const auto body = read_epoch_body(payload.body);
      if (!body) return refuse(Fault::malformed);
      const auto* former = epochs(statement.item);
      const crypto::Hash previous = former == nullptr || former->empty() ? crypto::Hash{} : former->back().commit;
      const std::int64_t last = former == nullptr ? 0 : static_cast<std::int64_t>(former->size());
      if (statement.epoch != last + 1 || body->previous != previous)
        return refuse(Fault::epoch_changed, Json::object({{"epoch", Json(last)}}));
      if (supply.wraps(body->wraps_root) == nullptr) return refuse(Fault::blob_missing);
      return std::nullopt;
    }
    case policy::Kind::message_post: {
      const auto body = read_message_body(payload.body);
      if (!body) return refuse(Fault::malformed);
      const auto item = world.items.find_defined(statement.item);
      const std::int64_t last = item.known() ? world.items[item].last_epoch : 0;
      if (body->epoch != last || last == 0) return refuse(Fault::epoch_changed, Json::object({{"epoch", Json(last)}}));
      if (missing(body->digest)) return refuse(Fault::blob_missing);
      const std::size_t bytes = supply.blob(body->digest)->size();
      if (bytes > limits::frame_bytes) return refuse(Fault::too_large);
      if (bytes != static_cast<std::size_t>(body->length)) return refuse(Fault::malformed);
      return std::nullopt;
    }
    case policy::Kind::device_add: {
      const auto body = read_device_body(payload.body, statement.device);
      if (!body) return refuse(Fault::malformed);
      if (body->wrap && missing(*body->wrap)) return refuse(Fault::blob_missing);
      return std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

// design.md §4 "Wrap", "Talk": nobody beyond the server's own answer; one too few is no error.
std::optional<AppendRefusal> Ledger::check_recipients(const policy::World& after, const wire::Payload& payload,
                                                      const Supply& supply, std::int64_t at_ms) const {
  const policy::Statement& statement = payload.statement;
  switch (statement.kind) {
    case policy::Kind::record_share:
    case policy::Kind::record_rebase: {
      const auto body = read_record_body(payload.body);
      return check_wraps(body->wraps_root, policy::wrap(after, statement.record, at_ms), supply);
    }
    case policy::Kind::epoch_commit: {
      const auto body = read_epoch_body(payload.body);
      return check_wraps(body->wraps_root, policy::epoch(after, statement.item, at_ms), supply);
    }
    case policy::Kind::case_coordinator: {
      Json beyond = Json::array();
      const auto devices = live_devices_of(after, statement.person);
      const auto keys = read_coordinator_body(payload.body);
      for (const HandedKey& key : *keys) {
        const auto persons = policy::wrap(after, key.record, at_ms);
        if (!std::ranges::binary_search(devices, key.device) || !std::ranges::binary_search(persons, statement.person))
          beyond.push(key.device);
      }
      if (beyond.elements().empty()) return std::nullopt;
      return refuse(Fault::recipients_changed, Json::object({{"beyond", std::move(beyond)}}));
    }
    default:
      return std::nullopt;
  }
}

std::optional<AppendRefusal> Ledger::check_wraps(const crypto::Hash& root, std::span<const std::string> persons,
                                                 const Supply& supply) const {
  Json beyond = Json::array();
  for (const Wrap& wrap : *supply.wraps(root)) {
    const Keyring::Key* key = keyring_.find(wrap.device);
    if (key == nullptr || !key->live || !std::ranges::binary_search(persons, key->person)) beyond.push(wrap.device);
  }
  if (beyond.elements().empty()) return std::nullopt;
  return refuse(Fault::recipients_changed, Json::object({{"beyond", std::move(beyond)}}));
}

}  // namespace kasane::conference
