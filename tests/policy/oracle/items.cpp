#include "tests/policy/oracle/facts.hpp"

// Agenda items: seats, opening and closing, notices, orders (policy.md §3, §5 steps 2 and 3).
namespace kasane::oracle {

const Statement* item_added(const Ledger& ledger, const std::string& item) {
  for (const Statement* s : ledger)
    if (s->kind == Kind::item_add && s->item == item) return s;
  return nullptr;
}

std::optional<Seated> seat_of(const Ledger& ledger, const std::string& item, const std::string& person) {
  std::optional<Seated> found;
  for (const Statement* s : ledger) {
    if (s->item != item) continue;
    if (s->kind == Kind::item_add)
      for (const auto& one : s->seats)
        if (one.person == person) found = Seated{person, one.seat, one.as};
    if (s->kind == Kind::item_seat && s->person == person) {
      found.reset();
      if (s->seat) found = Seated{person, *s->seat, s->as};
    }
  }
  return found;
}

std::vector<Seated> seated_at(const Ledger& ledger, const std::string& item) {
  std::set<std::string> persons;
  for (const Statement* s : ledger) {
    if (s->item != item) continue;
    if (s->kind == Kind::item_add)
      for (const auto& one : s->seats) persons.insert(one.person);
    if (s->kind == Kind::item_seat) persons.insert(s->person);
  }
  std::vector<Seated> seated;
  for (const auto& person : persons)
    if (const auto seat = seat_of(ledger, item, person)) seated.push_back(*seat);
  return seated;
}

bool in_professional_seat(const Ledger& ledger, const std::string& item, const std::string& person) {
  const auto seat = seat_of(ledger, item, person);
  return seat && (seat->seat == Seat::chair || seat->seat == Seat::recorder || seat->seat == Seat::member ||
                  seat->seat == Seat::adhoc);
}

Stage stage_of(const Ledger& ledger, const std::string& item) {
  const Statement* added = item_added(ledger, item);
  Stage stage = Stage::planned;
  for (const Statement* s : ledger) {
    if (s->kind == Kind::item_open && s->item == item) stage = Stage::open;
    if (s->kind == Kind::item_suspend && s->item == item) stage = Stage::suspended;
    if (s->kind == Kind::item_close && s->item == item) stage = Stage::closed;
    // Items never opened are closed with the conference; of the others none is open then.
    if (s->kind == Kind::conference_close && added != nullptr && s->conference == added->conference)
      stage = Stage::closed;
  }
  return stage;
}

bool has_been_opened(const Ledger& ledger, const std::string& item) {
  return std::any_of(ledger.begin(), ledger.end(),
                     [&](const Statement* s) { return s->kind == Kind::item_open && s->item == item; });
}

bool conference_closed(const Ledger& ledger, const std::string& conference) {
  return std::any_of(ledger.begin(), ledger.end(), [&](const Statement* s) {
    return s->kind == Kind::conference_close && s->conference == conference;
  });
}

bool has_acknowledged(const Ledger& ledger, const std::string& item, const std::string& person) {
  const Statement* added = item_added(ledger, item);
  if (added == nullptr) return false;
  std::optional<std::int64_t> due;
  for (const Statement* s : ledger) {  // the newest before the first opening; as long as there is none, the newest
    if (s->kind == Kind::item_open && s->item == item) break;
    if (s->kind == Kind::notice_publish && s->basis == added->basis) due = s->version;
  }
  if (!due) return true;
  return std::any_of(ledger.begin(), ledger.end(), [&](const Statement* s) {
    const bool theirs = (s->kind == Kind::notice_acknowledge && s->by == person) ||
                        (s->kind == Kind::presence_attest && s->person == person);
    return theirs && s->conference == added->conference && s->basis == added->basis && s->version >= *due;
  });
}

std::vector<const Statement*> orders_for(const Ledger& ledger, const std::string& item, const std::string& person) {
  std::vector<const Statement*> orders;
  for (const Statement* s : ledger) {
    if (s->item != item || s->person != person) continue;
    if (s->kind == Kind::record_order) orders.push_back(s);
    if (s->kind == Kind::item_seat && !s->seat) orders.clear();  // a removed seat takes its orders along
  }
  return orders;
}

bool ordered(const Ledger& ledger, const std::string& item, const std::string& person, const std::string& record) {
  const auto orders = orders_for(ledger, item, person);
  return std::any_of(orders.begin(), orders.end(),
                     [&](const Statement* order) { return contains(order->records, record); });
}

std::vector<std::string> items_of_case(const Ledger& ledger, const std::string& in_case) {
  std::vector<std::string> items;
  for (const Statement* s : ledger)
    if (s->kind == Kind::item_add && s->case_id == in_case) items.push_back(s->item);
  return items;
}

}  // namespace kasane::oracle
