#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "server/conference/ledger.hpp"

// design.md §3 "Tail hiding": the tree over all units but `heads`, in order of creation.
namespace kasane::conference {

std::optional<std::uint64_t> Ledger::place_of(log::UnitNumber unit) const {
  const auto heads = writer_.units().find("heads");
  if (!heads) return unit;
  if (unit == *heads) return std::nullopt;
  return unit - (unit > *heads ? 1 : 0);
}

const crypto::MovingTree& Ledger::unit_heads() {
  std::vector<log::UnitNumber> moved(moved_units_.begin(), moved_units_.end());
  moved_units_.clear();
  std::ranges::sort(moved);  // new ones in order of creation
  for (const auto unit : moved) {
    const log::UnitChain& chain = writer_.units()[unit];
    if (const auto place = place_of(unit))
      unit_heads_.set(*place, crypto::unit_head(chain.tag, chain.entries.size(), chain.last));
  }
  return unit_heads_;
}

void Ledger::append_heads(std::int64_t now_ms) {
  const crypto::MovingTree& tree = unit_heads();
  wire::Json body = wire::Json::object();
  body.add("size", writer_.size());
  body.add("units", static_cast<std::int64_t>(tree.size()));
  body.add("root", crypto::hex(tree.root()));
  policy::Statement statement;
  statement.kind = policy::Kind::ledger_heads;
  const auto written = append_own(std::move(statement), std::move(body), now_ms);
  if (std::holds_alternative<Receipt>(written)) return;
  std::fputs("kasane: broken invariant in Ledger::append_heads: the policy refuses the server's own statement\n",
             stderr);
  std::abort();
}

// Rounded down, and a millisecond at least before now: what comes next is later.
std::optional<CosignedRow> Ledger::promise(std::int64_t now_ms) {
  if (!cosigns_ || committed_size_ == 0) return std::nullopt;
  const std::int64_t at_s = (time_at(now_ms) - 1) / 1'000;
  if (at_s * 1'000 <= promised_ms_) return std::nullopt;
  promised_ms_ = at_s * 1'000;
  CosignedRow row{CosignedRow::Which::own, committed_size_, writer_.timestamped(static_cast<std::uint64_t>(at_s)), {}};
  pending_.cosigned.push_back(row);
  return row;
}

}  // namespace kasane::conference
