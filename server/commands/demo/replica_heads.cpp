#include <algorithm>
#include <map>

#include "crypto/cosignature.hpp"
#include "crypto/moving_tree.hpp"
#include "crypto/sha256.hpp"
#include "server/commands/demo/replica.hpp"
#include "server/commands/demo/replica_need.hpp"
#include "server/native/member.hpp"

namespace kasane::commands::demo {

using replica::fail;
using replica::member;
using replica::need;

// One tree that only grows: two heads that both have its roots are consistent.
crypto::Checkpoint Replica::of_this_history(const std::string& note) {
  const auto head = crypto::verify_checkpoint(note, log_.substr(0, log_.find('#')), founding_->log_key);
  if (!head) fail("checkpoint");
  if (head->size > tree_.size()) fail("a head is ahead of what was sent before it");
  if (head->root != tree_.root(head->size)) fail("two histories of one log (fork)");
  return *head;
}

/// Of each device the newest: who saw another history before has stopped by themselves.
void Replica::compare_seen(std::int64_t after) {
  std::map<std::string_view, const wire::Payload::Seen*> newest;
  for (auto at = entries_.upper_bound(after); at != entries_.end(); ++at) {
    const auto& payload = at->second.payload;
    if (payload.seen.size > at->first) fail("entry " + std::to_string(at->first) + " has seen entries after itself");
    newest[payload.device] = &payload.seen;
  }
  for (const auto& [device, seen] : newest)
    if (seen->root != crypto::hex(tree_.root(static_cast<std::uint64_t>(seen->size))))
      fail("a colleague was shown another history (fork)");
}

void Replica::keep_promise(std::int64_t index, const HeldEntry& entry) const {
  for (const auto& promise : promises_)
    if (static_cast<std::uint64_t>(index) >= promise.size && entry.time_ms <= promise.at_ms)
      fail("entry " + std::to_string(index) + " is not later than the log promised");
}

void Replica::hear(const wire::Json& head) {
  of_this_history(need(native::text_member(head, "checkpoint"), "checkpoint"));
  const auto* own = member(head, "own").text();
  if (own == nullptr || !founding_->cosigner_key) return;
  const auto size = of_this_history(*own).size;
  const auto at_s =
      crypto::cosigned_at(*crypto::parse_checkpoint(*own), log_.substr(0, log_.find('#')), *founding_->cosigner_key);
  if (!at_s) fail("the log's own cosignature");
  const auto at_ms = static_cast<std::int64_t>(*at_s) * 1'000;
  promises_.push_back({size, at_ms});
  for (auto at = entries_.lower_bound(static_cast<std::int64_t>(size)); at != entries_.end(); ++at)
    keep_promise(at->first, at->second);
  own_at_ms_ = std::max(own_at_ms_.value_or(0), at_ms);
}

std::vector<std::string> Replica::tags(const std::vector<std::string>& units) const {
  std::vector<std::string> out;
  for (const auto& name : units)
    if (const auto unit = units_.find(name); unit != units_.end()) out.push_back(crypto::hex(unit->second.tag));
  return out;
}

namespace {

/// The server's `ledger.heads`, as it stands in the log: index, units and root of their tree.
struct Ends {
  std::int64_t index = 0, units = 0;
  crypto::Hash root;
};
Ends read_ends(const wire::Json& answer, const crypto::Tree& tree, const std::string& log,
               const crypto::PublicKey& server_key) {
  const auto& entry = member(answer, "entry");
  const auto index = need(native::count_member(entry, "i"), "index");
  const auto text = need(native::text_member(entry, "e"), "envelope");
  const auto salt = need(native::hex_member<crypto::Salt>(answer, "salt"), "salt");
  if (static_cast<std::uint64_t>(index) >= tree.size()) fail("where units end is not in the log");
  const auto leaf = crypto::hash_of(
      {static_cast<std::uint64_t>(need(native::count_member(entry, "t"), "time")), crypto::unit_tag(salt, "heads"),
       static_cast<std::uint64_t>(need(native::count_member(entry, "p"), "position")),
       need(native::hex_member<crypto::Hash>(entry, "v"), "previous"), crypto::sha256(text)});
  if (leaf != tree.leaf(static_cast<std::uint64_t>(index))) fail("where units end is not in the log");
  const auto envelope = need(crypto::parse_envelope(text), "envelope");
  const auto payload = need(wire::parse_payload(envelope.payload), "payload");
  if (payload.statement.kind != policy::Kind::ledger_heads || payload.log != log ||
      payload.device != policy::server_name || !crypto::verify(envelope, 0, server_key) ||
      native::count_member(payload.body, "size") != index)
    fail("where units end is not the server's word");
  return {index, need(native::count_member(payload.body, "units"), "units"),
          need(native::hex_member<crypto::Hash>(payload.body, "root"), "root")};
}

}  // namespace

void Replica::check_ends(const wire::Json& answer, const std::vector<std::string>& tags) const {
  const Ends ends = read_ends(answer, tree_, log_, founding_->server_key);
  const auto& rows = member(answer, "units").elements();
  for (const auto& [name, unit] : units_) {
    const auto tag = crypto::hex(unit.tag);
    if (std::ranges::find(tags, tag) == tags.end()) continue;
    const auto row =
        std::ranges::find_if(rows, [&](const auto& one) { return native::text_member(one, "tag") == tag; });
    if (row == rows.end()) fail(name + " is not said to end anywhere");
    const auto count = need(native::count_member(*row, "count"), "count");
    const auto last = need(native::hex_member<crypto::Hash>(*row, "last"), "last");
    std::vector<crypto::Hash> path;
    for (const auto& step : member(*row, "path").elements())
      path.push_back(need(crypto::from_hex<crypto::Hash>(step.text() != nullptr ? *step.text() : ""), "path"));
    if (!crypto::verify_inclusion(crypto::unit_head(unit.tag, static_cast<std::uint64_t>(count), last),
                                  static_cast<std::uint64_t>(need(native::count_member(*row, "place"), "place")),
                                  static_cast<std::uint64_t>(ends.units), ends.root, path))
      fail("the end of " + name + " is not in the server's word");
    const auto held = std::ranges::lower_bound(unit.entries, ends.index) - unit.entries.begin();
    const auto mine = held == 0
                          ? crypto::Hash{}
                          : tree_.leaf(static_cast<std::uint64_t>(unit.entries[static_cast<std::size_t>(held - 1)]));
    if (held != count || mine != last) fail(name + " was shown without its end (hidden tail)");
  }
}

}  // namespace kasane::commands::demo
