#include <algorithm>

#include "policy/apply.hpp"

namespace kasane::policy {

void Apply::conference() {
  const auto id = w.conferences.intern(s.conference);
  if (s.kind == Kind::conference_close) {
    Conference& row = w.conferences.edit(id);
    row.closed_index = index_;
    // Those never opened are closed with it.
    for (const auto item : row.items)
      if (!w.items[item].closed()) state(item, ItemState::closed);
    return;
  }
  Conference& row = w.conferences.edit(id);
  row.starts_at = s.starts_at.value_or(0);
  if (s.kind == Kind::conference_convene) {
    row.defined = true;
    row.index = index_;
  }
}

void Apply::item() {
  switch (s.kind) {
    case Kind::item_add:
      return seats_added();
    case Kind::item_seat:
      return seat_changed();
    case Kind::item_open: {
      const auto id = w.items.intern(s.item);
      state(id, ItemState::open);
      Item& row = w.items.edit(id);
      if (row.first_open_index == no_index) {
        row.first_open_index = index_;
        row.opened_at = s.at_ms;
      }
      return;
    }
    case Kind::item_suspend:
      return state(w.items.intern(s.item), ItemState::suspended);
    default:
      return state(w.items.intern(s.item), ItemState::closed);
  }
}

void Apply::seats_added() {
  const auto id = w.items.intern(s.item);
  Item& row = w.items.edit(id);
  row.defined = true;
  row.conference = w.conferences.intern(s.conference);
  row.in_case = w.cases.intern(s.case_id);
  row.basis = w.bases.intern(s.basis);
  row.added_by = w.persons.intern(s.by);
  row.index = row.state_index = index_;
  for (const auto& entry : s.seats) {
    const auto person = w.persons.intern(entry.person);
    row.seats.push_back({person, entry.seat, entry.as.empty() ? SubjectId{} : w.subjects.intern(entry.as), index_});
    w.persons.edit(person).seated.push_back(id);
  }
  std::sort(row.seats.begin(), row.seats.end(),
            [&](const Seated& a, const Seated& b) { return w.persons.name(a.person) < w.persons.name(b.person); });
  row.first_seats = row.seats;
  row.seat_of = SeatsByPerson(row.seats);
  w.conferences.edit(row.conference).items.push_back(id);
  w.cases.edit(row.in_case).items.push_back(id);
}

void Apply::seat_changed() {
  const auto id = w.items.intern(s.item);
  const auto person = w.persons.intern(s.person);
  Item& row = w.items.edit(id);
  auto& seats = row.seats;
  std::erase_if(row.moved, [&](const Seated& one) { return one.person == person; });
  row.moved.push_back({person, s.seat.value_or(Seat::member), {}, index_});
  auto seated = std::find_if(seats.begin(), seats.end(), [&](const Seated& one) { return one.person == person; });
  if (!s.seat) {
    if (seated == seats.end()) return;
    seats.erase(seated);
    row.seat_of = SeatsByPerson(row.seats);
    std::erase_if(row.orders, [&](const Order& order) { return order.person == person; });
    std::erase(w.persons.edit(person).seated, id);
    return;
  }
  const Seated now{person, *s.seat, s.as.empty() ? SubjectId{} : w.subjects.intern(s.as), index_};
  if (seated != seats.end()) {
    *seated = now;
    row.seat_of = SeatsByPerson(seats);
    return;
  }
  const auto place = std::find_if(seats.begin(), seats.end(), [&](const Seated& one) {
    return w.persons.name(one.person) > w.persons.name(person);
  });
  seats.insert(place, now);
  row.seat_of = SeatsByPerson(row.seats);
  w.persons.edit(person).seated.push_back(id);
}

void Apply::notice() {
  const auto person = w.persons.intern(s.kind == Kind::presence_attest ? s.person : s.by);
  const auto basis = w.bases.intern(s.basis);
  w.conferences.edit(w.conferences.intern(s.conference)).acknowledged.push_back({basis, person, s.version, index_});
}

}  // namespace kasane::policy
