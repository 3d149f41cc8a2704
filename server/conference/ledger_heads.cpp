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

}  // namespace kasane::conference
