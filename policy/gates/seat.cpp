#include "policy/gates/gate.hpp"

namespace kasane::policy::gate {

// policy.md §5 step 2, what hides.
Verdict seat(const Scene& s) {
  if (s.rec().in_case != s.at().in_case) return Denial{Reason::WRONG_CASE, true, {s.rec().index, s.at().index}};
  if (s.seat == nullptr) return Denial{Reason::NOT_MEMBER, true, {}};
  if (s.basis == nullptr) {
    // The last version whose time has come is the one that ended.
    Index ended = no_index;
    const auto& versions = s.world.bases[s.at().basis].versions;
    for (auto version = versions.rbegin(); version != versions.rend() && ended == no_index; ++version)
      if (s.moment.reached(version->from)) ended = version->index;
    return Denial{Reason::BASIS_NOT_IN_FORCE, true, {ended}};
  }
  if (is_private(s.seat->seat) && !s.basis->subject_may_attend)
    return Denial{Reason::NOT_MEMBER, true, {s.seat->index}};
  return std::nullopt;
}

// policy.md §5 step 2, what leaves a placeholder.
Verdict window(const Scene& s) {
  if (s.rec().withdrawn()) return Denial{Reason::WITHDRAWN, false, {s.rec().withdrawn_index}};
  if (s.at().closed()) return Denial{Reason::ITEM_NOT_OPEN, false, {s.at().state_index}};
  if (s.as_if_open || s.at().state == ItemState::open) return std::nullopt;
  if (s.basis != nullptr && s.basis->reading == Reading::from_convening) return std::nullopt;
  if (order_naming(s.world, s.item, s.who, s.record) != nullptr) return std::nullopt;
  return Denial{Reason::ITEM_NOT_OPEN, false, {s.at().state_index}};
}

}  // namespace kasane::policy::gate

namespace kasane::policy {

const Order* order_naming(const World& world, ItemId item, PersonId person, RecordId record, bool by_another) {
  for (const auto& order : world.items[item].orders) {
    if (order.person != person || (by_another && order.by == person)) continue;
    for (const auto named : order.records)
      if (named == record) return &order;
  }
  return nullptr;
}

}  // namespace kasane::policy
