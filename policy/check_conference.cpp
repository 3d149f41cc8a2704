#include <algorithm>

#include "policy/check.hpp"

namespace kasane::policy {

Check::Result Check::conference() {
  if (s.kind == Kind::conference_convene) return coordinator() ? Result{} : Result{Reason::NOT_AUTHORISED};
  const Conference& row = w.conferences[w.conferences.find_defined(s.conference)];
  const auto any = [&](auto holds) {
    return std::any_of(row.items.begin(), row.items.end(), [&](ItemId id) { return holds(id, w.items[id]); });
  };
  if (s.kind == Kind::conference_move) {
    if (!coordinator()) return Reason::NOT_AUTHORISED;
    const bool begun = any([](ItemId, const Item& item) { return item.first_open_index != no_index; });
    return begun || row.closed() ? Result{Reason::TOO_LATE} : Result{};
  }
  // conference.close
  if (!coordinator() && !any([&](ItemId id, const Item&) { return chairs(id); })) return Reason::NOT_AUTHORISED;
  if (row.closed()) return Reason::ITEM_CLOSED;
  const bool in_the_way = any([&](ItemId, const Item& item) {
    return item.state == ItemState::open || item.state == ItemState::suspended ||
           (!coordinator() && item.state == ItemState::planned);
  });
  return in_the_way ? Result{Reason::OTHER_ITEM_OPEN} : Result{};
}

/// policy.md §2 on seats. Where no version is in force nobody can say that a subject may attend: then they may not.
Check::Result Check::seat_reason(const Item*, BasisId basis, const SeatEntry& entry) {
  const BasisVersion* in_force = w.in_force(basis, moment);
  const bool with_agency = w.persons[w.persons.find_defined(entry.person)].agency.known();
  if (!with_agency && !is_private(entry.seat)) return Reason::SEAT_NOT_ALLOWED;
  if (is_private(entry.seat) && (in_force == nullptr || !in_force->subject_may_attend)) return Reason::SEAT_NOT_ALLOWED;
  if (names_subject(entry.seat) && entry.as.empty()) return Reason::SUBJECT_MISSING;
  return std::nullopt;
}

Check::Result Check::item() {
  if (s.kind == Kind::item_add) {
    if (!coordinator()) return Reason::NOT_AUTHORISED;
    for (const auto& entry : s.seats)
      if (auto reason = seat_reason(nullptr, w.bases.find_defined(s.basis), entry)) return reason;
    const auto chairs =
        std::count_if(s.seats.begin(), s.seats.end(), [](const SeatEntry& one) { return one.seat == Seat::chair; });
    if (chairs != 1) return Reason::CHAIR_MISSING;
    return w.conferences[w.conferences.find_defined(s.conference)].closed() ? Result{Reason::ITEM_CLOSED} : Result{};
  }
  const ItemId id = item_id();
  const Item& row = w.items[id];
  if (s.kind == Kind::item_seat) {
    if (!chairs(id) && !coordinator()) return Reason::NOT_AUTHORISED;
    if (s.seat)
      if (auto reason = seat_reason(&row, row.basis, {s.person, *s.seat, s.as})) return reason;
    const auto others = std::count_if(row.seats.begin(), row.seats.end(), [&](const Seated& one) {
      return one.seat == Seat::chair && one.person != person_id();
    });
    if (others == 0 && w.is_chair(id, person_id()) && s.seat != Seat::chair) return Reason::CHAIR_MISSING;
    return row.closed() ? Result{Reason::ITEM_CLOSED} : Result{};
  }
  if (!chairs(id)) return Reason::NOT_AUTHORISED;
  if (row.closed()) return Reason::ITEM_CLOSED;
  if (s.kind == Kind::item_suspend) return row.state == ItemState::open ? Result{} : Result{Reason::ITEM_NOT_OPEN};
  if (s.kind == Kind::item_close) return row.state == ItemState::planned ? Result{Reason::ITEM_NOT_OPEN} : Result{};
  const Conference& conference = w.conferences[row.conference];
  if (s.at_ms < conference.starts_at - 60 * minute_ms) return Reason::TOO_EARLY;
  const bool other_open = std::any_of(conference.items.begin(), conference.items.end(),
                                      [&](ItemId one) { return w.items[one].state == ItemState::open; });
  return other_open ? Result{Reason::OTHER_ITEM_OPEN} : Result{};
}

Check::Result Check::notice() {
  const auto conference = w.conferences.find_defined(s.conference);
  const auto basis = w.bases.find_defined(s.basis);
  const auto& items = w.conferences[conference].items;
  const auto any = [&](auto holds) {
    return std::any_of(items.begin(), items.end(), [&](ItemId id) { return w.items[id].basis == basis && holds(id); });
  };
  if (s.kind == Kind::notice_acknowledge) {
    if (!any([&](ItemId id) { return my_seat(id) != nullptr; })) return Reason::NOT_AUTHORISED;
  } else {
    const auto leads = [&](ItemId id) { return !w.items[id].closed() && chairs_or_records(id); };
    if (!any(leads)) return Reason::NOT_AUTHORISED;
    if (person_id() == by) return Reason::SECOND_PERSON;
    if (!any([&](ItemId id) { return leads(id) && w.seat(id, person_id()) != nullptr; }))
      return Reason::SEAT_NOT_ALLOWED;
  }
  const auto newest = newest_notice(basis);
  return !newest || s.version != *newest ? Result{Reason::STALE_NOTICE} : Result{};
}

}  // namespace kasane::policy
