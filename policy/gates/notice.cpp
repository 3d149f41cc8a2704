#include "policy/gates/gate.hpp"

namespace kasane::policy::gate {

// policy.md §5 step 3.
Verdict notice(const Scene& s) {
  if (s.as_if_acknowledged || s.world.acknowledged(s.item, s.who)) return std::nullopt;
  const auto due = s.world.notice_due(s.item);
  return Denial{Reason::NOT_ACKNOWLEDGED, false, {due ? due->index : no_index}};
}

}  // namespace kasane::policy::gate
