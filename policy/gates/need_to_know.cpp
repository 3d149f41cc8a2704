#include "policy/gates/gate.hpp"

namespace kasane::policy::gate {

// policy.md §5 step 8.
Verdict need_to_know(const Scene& s) {
  if (s.seat == nullptr) return std::nullopt;  // step 2 denies
  if (s.seat->seat != Seat::member && s.seat->seat != Seat::adhoc) return std::nullopt;
  if (s.own_agency()) return std::nullopt;
  Categories missing = s.rec().categories.without(protective());
  Index matrix = no_index;
  if (s.viewer().agency.known() && s.world.agencies[s.viewer().agency].defined) {
    const auto& needs = s.world.needs(s.world.agencies[s.viewer().agency].type);
    missing = missing.without(needs.categories);
    matrix = needs.index;
  }
  if (missing.empty() || order_naming(s.world, s.item, s.who, s.record) != nullptr) return std::nullopt;
  for (const auto& order : s.at().orders)
    if (order.person == s.who) missing = missing.without(order.categories);
  if (missing.empty()) return std::nullopt;
  return Denial{Reason::NOT_NEEDED, false, {matrix}};
}

}  // namespace kasane::policy::gate
