#include "tests/policy/oracle/steps.hpp"

// policy.md §5, with an item.
namespace kasane::oracle {
namespace {

Step hide(const char* reason) { return Denial{reason, true}; }
Step show(const char* reason) { return Denial{reason, false}; }

bool has(const Scene& s, Category category) { return contains(s.record.label.categories, category); }
bool sits_privately(Seat seat) {
  return seat == Seat::person || seat == Seat::family || seat == Seat::rep || seat == Seat::aide;
}
bool looks_on(Seat seat) { return seat == Seat::observer || seat == Seat::advisor; }

/// Somebody seated at the item is kept away from this record by a protection of one of its subjects.
bool opponent_sits_at(const Scene& s, const std::string& item) {
  for (const auto& seated : seated_at(s.ledger, item))
    for (const auto& subject : s.record.label.subjects)
      if (recused_by_protection(s.ledger, seated.person, subject)) return true;
  return false;
}

}  // namespace

std::optional<Seat> Scene::seat() const {
  const auto found = item != nullptr ? seat_of(ledger, item->item, who) : std::nullopt;
  return found ? std::optional<Seat>(found->seat) : std::nullopt;
}
std::optional<Basis> Scene::basis() const { return basis_in_force(ledger, item->basis, at); }
bool Scene::of_the_records_agency() const {
  const auto own = agency_of(ledger, who);
  return !own.empty() && own == record.label.agency;
}
bool Scene::is_professional() const { return item != nullptr && in_professional_seat(ledger, item->item, who); }

// 1
Step identity(const Ledger& ledger, const Question& q) {
  if (!is_person(ledger, q.who) || !record_of(ledger, q.record)) return hide("UNKNOWN");
  if (!q.item.empty() && item_added(ledger, q.item) == nullptr) return hide("UNKNOWN");
  if (!q.device.empty() && owner_of(ledger, q.device) != q.who) return hide("UNKNOWN");
  if (has_ended(ledger, q.who)) return hide("PERSON_ENDED");
  if (!q.device.empty() && is_revoked(ledger, q.device)) return hide("DEVICE_REVOKED");
  return {};
}

// 2
Step wrong_case(const Scene& s) {
  if (s.record.in_case != s.item->case_id) return hide("WRONG_CASE");
  return {};
}
Step seated_now(const Scene& s) {
  if (!s.seat()) return hide("NOT_MEMBER");
  if (!s.basis()) return hide("BASIS_NOT_IN_FORCE");
  if (sits_privately(*s.seat()) && !s.basis()->subject_may_attend) return hide("NOT_MEMBER");
  return {};
}
Step withdrawn(const Scene& s) {
  if (!is_withdrawn(s.ledger, s.record.id)) return {};
  return Denial{"WITHDRAWN", s.item == nullptr};  // a placeholder at the item, nothing at the desk
}
Step window(const Scene& s) {
  const Stage stage = stage_of(s.ledger, s.item->item);
  if (stage == Stage::closed) return show("ITEM_NOT_OPEN");
  if (s.as_if_open || stage == Stage::open || !s.basis()->in_session) return {};
  if (ordered(s.ledger, s.item->item, s.who, s.record.id)) return {};  // so one prepares
  return show("ITEM_NOT_OPEN");
}

// 3
Step notice(const Scene& s) {
  if (s.as_if_acknowledged || has_acknowledged(s.ledger, s.item->item, s.who)) return {};
  return show("NOT_ACKNOWLEDGED");
}

// 4
Step conflict(const Scene& s) {
  if (in_declared_conflict(s.ledger, s.record.in_case, s.who)) return hide("RECUSED");
  for (const auto& subject : s.record.label.subjects)
    if (recused_by_subject(s.ledger, s.who, subject)) return hide("RECUSED");
  return {};
}

// 5a
Step whereabouts(const Scene& s) {
  if (!has(s, Category::PADR)) return {};
  const auto items =
      s.item != nullptr ? std::vector<std::string>{s.item->item} : items_of_case(s.ledger, s.record.in_case);
  for (const auto& item : items) {
    if (s.item == nullptr && stage_of(s.ledger, item) == Stage::closed) continue;
    if (opponent_sits_at(s, item)) return hide("PROTECTED");
  }
  if (has_role(s.ledger, s.who, policy::Role::protection) || s.record.author == s.who) return {};
  if (s.item != nullptr)
    for (const Statement* order : orders_for(s.ledger, s.item->item, s.who))
      if (order->by != s.who && contains(order->records, s.record.id)) return {};
  return show("PROTECTED");
}

// 5b
Step reporter(const Scene& s) {
  if (!has(s, Category::SRC)) return {};
  // Where no version is in force, as under one that requires consent; at the desk, as under one that does not.
  const bool requires_consent = s.item != nullptr && (!s.basis() || s.basis()->requires_consent);
  if (requires_consent) return hide("SOURCE_PROTECTED");
  if (has_role(s.ledger, s.who, policy::Role::protection) || s.record.author == s.who) return {};
  if (type_of(s.ledger, agency_of(s.ledger, s.who)) == "abuse_desk") return {};
  return hide("SOURCE_PROTECTED");
}

// 5c
Step held(const Scene& s) {
  if (!s.record.label.hold || s.of_the_records_agency()) return {};
  const auto own = agency_of(s.ledger, s.who);
  if (!own.empty() && contains(*s.record.label.hold, own)) return {};
  return show("ORIGINATOR_HOLD");
}

// 5d
Step private_seat(const Scene& s) {
  if (!sits_privately(*s.seat())) return {};
  if (s.record.label.withhold_from_subject) return hide("WITHHELD");
  if (s.record.label.kind == policy::RecordKind::OPN && !ordered(s.ledger, s.item->item, s.who, s.record.id))
    return hide("WITHHELD");
  return {};
}

// 5e
Step onlooker(const Scene& s) {
  if (!looks_on(*s.seat())) return {};
  if (s.record.label.deidentified && ordered(s.ledger, s.item->item, s.who, s.record.id)) return {};
  return hide("OBSERVER");
}

// 6
bool flows(const Ledger& ledger, const Record& record, const std::string& basis, const std::optional<Basis>& version) {
  auto line = ancestors_of(ledger, record);
  line.push_back(record);
  return std::all_of(line.begin(), line.end(), [&](const Record& one) {
    const std::string& origin = one.label.origin;
    if (origin == "INTAKE") return true;
    // The version of the origin in force when it was shared; none counts as needing no consent and not statutory.
    const auto learned = basis_in_force(ledger, origin, ledger[one.place]->at_ms, one.place);
    const bool learned_with_consent = learned && learned->requires_consent;
    if (!learned_with_consent && (!version || version->requires_consent)) return false;
    if (origin == basis || learned_with_consent) return true;
    return learned && learned->statutory && version && version->statutory && learned->links.contains(basis);
  });
}
Step flow(const Scene& s) {
  if (!flows(s.ledger, s.record, s.item->basis, s.basis())) return hide("FLOW");
  return {};
}

// 7
Step consent(const Scene& s) {
  const Seat seat = *s.seat();
  if (!s.basis()->requires_consent || looks_on(seat)) return {};
  if (s.is_professional() && s.of_the_records_agency()) return {};
  const std::string recipient = sits_privately(seat) ? "person:" + s.who : agency_of(s.ledger, s.who);
  for (const auto& subject : s.record.label.subjects) {
    if (seat == Seat::person && seat_of(s.ledger, s.item->item, s.who)->as == subject) continue;
    for (const Category category : s.record.label.categories) {
      const auto cell = state(s.ledger, {s.record.in_case, subject, category, recipient, "support"}, s.at);
      if (cell != "GRANTED") return show(cell.c_str());
    }
  }
  return {};
}

// 8
Step need_to_know(const Scene& s) {
  if (*s.seat() != Seat::member && *s.seat() != Seat::adhoc) return {};
  if (s.of_the_records_agency()) return {};
  auto allowed = needed_by(s.ledger, type_of(s.ledger, agency_of(s.ledger, s.who)));
  for (const Statement* order : orders_for(s.ledger, s.item->item, s.who)) {
    if (contains(order->records, s.record.id)) return {};
    allowed.insert(order->categories.named.begin(), order->categories.named.end());
  }
  for (const Category category : s.record.label.categories)
    if (category != Category::PADR && category != Category::SRC && !allowed.contains(category))
      return show("NOT_NEEDED");
  return {};
}

}  // namespace kasane::oracle
