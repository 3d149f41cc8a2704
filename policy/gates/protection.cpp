#include <algorithm>

#include "policy/gates/gate.hpp"

namespace kasane::policy::gate {
namespace {

/// Somebody seated at the item who stands on the other side of a protection of one of the label's subjects.
Verdict opponent_seated(const Scene& s, ItemId item) {
  for (const auto& seated : s.world.items[item].seats)
    for (const auto subject : s.rec().subjects)
      if (const Protection* protection = opposing(s.world, seated.person, subject))
        return Denial{Reason::PROTECTED, true, {protection->index, seated.index}};
  return std::nullopt;
}

}  // namespace

// policy.md §5 step 5a. At the desk: anyone at an item of the case that is not closed, and no order opens it.
Verdict whereabouts(const Scene& s) {
  if (!s.rec().categories.has(Category::PADR)) return std::nullopt;
  if (s.item.known()) {
    if (auto denial = opponent_seated(s, s.item)) return denial;
  } else {
    for (const auto item : s.world.cases[s.rec().in_case].items)
      if (!s.world.items[item].closed())
        if (auto denial = opponent_seated(s, item)) return denial;
  }
  if (s.viewer().roles.has(Role::protection) || s.rec().author == s.who) return std::nullopt;
  if (s.item.known() && order_naming(s.world, s.item, s.who, s.record, true) != nullptr) return std::nullopt;
  return Denial{Reason::PROTECTED, false, {s.rec().index}};
}

// policy.md §5 step 5b. At the desk as under a basis that needs no consent; at an item without a version in force (an
// emergency) as under one that requires it.
Verdict source(const Scene& s) {
  if (!s.rec().categories.has(Category::SRC)) return std::nullopt;
  const bool needs_consent = s.item.known() && (s.basis == nullptr || s.basis->consent_required);
  if (!needs_consent) {
    if (s.viewer().roles.has(Role::protection) || s.rec().author == s.who) return std::nullopt;
    if (s.viewer().agency.known() && s.world.agencies[s.viewer().agency].type == AgencyType::abuse_desk)
      return std::nullopt;
  }
  return Denial{Reason::SOURCE_PROTECTED, true, {s.rec().index}};
}

// policy.md §5 step 5c.
Verdict hold(const Scene& s) {
  if (!s.rec().has_hold || s.own_agency()) return std::nullopt;
  const auto& list = s.rec().hold;
  if (s.viewer().agency.known() && std::find(list.begin(), list.end(), s.viewer().agency) != list.end())
    return std::nullopt;
  return Denial{Reason::ORIGINATOR_HOLD, false, {s.rec().index}};
}

// policy.md §5 step 5d.
Verdict private_seat(const Scene& s) {
  if (s.seat == nullptr || !is_private(s.seat->seat)) return std::nullopt;
  if (s.rec().withhold_from_subject) return Denial{Reason::WITHHELD, true, {s.rec().index}};
  if (s.rec().kind == RecordKind::OPN && order_naming(s.world, s.item, s.who, s.record) == nullptr)
    return Denial{Reason::WITHHELD, true, {s.rec().index}};
  return std::nullopt;
}

// policy.md §5 step 5e.
Verdict onlooker(const Scene& s) {
  if (s.seat == nullptr || !is_onlooker(s.seat->seat)) return std::nullopt;
  if (s.rec().deidentified && order_naming(s.world, s.item, s.who, s.record) != nullptr) return std::nullopt;
  return Denial{Reason::OBSERVER, true, {s.seat->index}};
}

}  // namespace kasane::policy::gate
