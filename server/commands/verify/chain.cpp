#include "server/commands/verify/chain.hpp"

namespace kasane::commands::verify {

Chain::Chain(const std::vector<conference::UnitRow>& units, Report& report) : report_(report), heads_(units.size()) {
  for (std::size_t i = 0; i < units.size(); ++i) {
    tags_.push_back(crypto::unit_tag(units[i].salt, units[i].name));
    if (units[i].unit != static_cast<std::int64_t>(i)) report_.find("the units are not counted from 0 without a gap");
    const auto [at, fresh] = by_tag_.emplace(tags_.back(), i);
    if (!fresh) report_.find("a unit stands twice: " + units[i].name);
    slots_.push_back(at->second);
  }
}

std::optional<std::size_t> Chain::unit_of(const ShownEntry& entry) const {
  if (entry.unit) return *entry.unit < tags_.size() ? entry.unit : std::nullopt;
  if (!entry.leaf) return std::nullopt;
  const auto at = by_tag_.find(entry.leaf->unit);
  return at == by_tag_.end() ? std::nullopt : std::optional(at->second);
}

void Chain::add(const ShownEntry& entry, const std::optional<crypto::Hash>& envelope) {
  const auto unit = unit_of(entry);
  crypto::Leaf leaf;
  if (entry.leaf) leaf = *entry.leaf;
  if (!entry.leaf && unit) leaf.unit = tags_[*unit];
  if (!entry.leaf && !unit) report_.find(entry.index, "it is of a unit that is not there");
  Head& head = unit ? heads_[slots_[*unit]] : strangers_[leaf.unit];
  if (entry.leaf) {
    if (leaf.position != head.count) report_.find(entry.index, "a gap, or a second entry, in the chain of its unit");
    if (leaf.previous != head.last) report_.find(entry.index, "its unit's chain does not lead to it");
    if (envelope && leaf.envelope != *envelope) report_.find(entry.index, "its envelope is not the one in the log");
  } else {
    if (entry.position != static_cast<std::int64_t>(head.count))
      report_.find(entry.index, "a gap, or a second entry, in the chain of its unit");
    leaf.time_ms = static_cast<std::uint64_t>(entry.time_ms);
    leaf.position = head.count;
    leaf.previous = head.last;
    if (envelope) leaf.envelope = *envelope;
  }
  if (entry.time_ms < last_ms_) report_.find(entry.index, "its ledger time is before the one before");
  last_ms_ = std::max(last_ms_, entry.time_ms);
  crypto::Hash hash = crypto::hash_of(leaf);
  if (entry.leaf_hash && *entry.leaf_hash != hash) {
    if (envelope) report_.find(entry.index, "its leaf is not that of its envelope, time, unit and place");
    hash = *entry.leaf_hash;  // an erased envelope's leaf stands as it is: tree and chain still have to lead over it
  }
  ++head.count;
  head.last = hash;
  tree_.append(hash);
}

}  // namespace kasane::commands::verify
