#include "tests/policy/oracle/steps.hpp"

// policy.md §5 without an item, and §7.
namespace kasane::oracle {
namespace {

bool is_office_kind(policy::RecordKind kind) {
  using policy::RecordKind;
  return kind == RecordKind::DEC || kind == RecordKind::MIN || kind == RecordKind::PLN || kind == RecordKind::TSK;
}

bool own(const Scene& s) {
  if (s.record.author == s.who && !s.record.rebased) return true;
  auto line = ancestors_of(s.ledger, s.record);
  line.push_back(s.record);
  for (const auto& one : line)
    if (one.label.origin != "INTAKE") return false;
  if (!s.of_the_records_agency()) return false;
  if (is_coordinator_of(s.ledger, s.record.in_case, s.who)) return true;
  for (const auto& item : items_of_case(s.ledger, s.record.in_case))
    if (stage_of(s.ledger, item) != Stage::closed && in_professional_seat(s.ledger, item, s.who)) return true;
  return false;
}

bool office(const Scene& s) {
  if (!is_office_kind(s.record.label.kind) || s.record.item.empty()) return false;
  if (is_coordinator_of(s.ledger, s.record.in_case, s.who)) return true;
  const auto seat = seat_of(s.ledger, s.record.item, s.who);
  return seat && (seat->seat == Seat::chair || seat->seat == Seat::recorder);
}

bool chairs(const Ledger& ledger, const std::string& item, const std::string& person) {
  const auto seat = seat_of(ledger, item, person);
  return seat && seat->seat == Seat::chair;
}

bool rebase(const Scene& s) {
  for (const auto& item : items_of_case(s.ledger, s.record.in_case)) {
    if (!chairs(s.ledger, item, s.who)) continue;
    auto line = ancestors_of(s.ledger, s.record);
    line.push_back(s.record);
    if (std::all_of(line.begin(), line.end(),
                    [&](const Record& one) { return rebase_stop(s.ledger, s.who, one.id, item, s.at).empty(); }))
      return true;
  }
  return false;
}

bool task(const Scene& s) {
  for (const Statement* t : s.ledger) {
    if (t->kind != Kind::task_assign || t->person != s.who || !contains(t->records, s.record.id)) continue;
    if (t->to && s.at >= *t->to) continue;
    const bool ended = std::any_of(s.ledger.begin(), s.ledger.end(),
                                   [&](const Statement* e) { return e->kind == Kind::task_end && e->task == t->task; });
    if (ended || !in_professional_seat(s.ledger, t->item, s.who)) continue;
    Scene there = s;
    there.item = item_added(s.ledger, t->item);
    if (!there.basis() || flow(there) || consent(there)) continue;
    return true;
  }
  return false;
}

}  // namespace

std::string claim(const Scene& s) {
  if (own(s)) return "OWN";
  if (office(s)) return "OFFICE";
  if (rebase(s)) return "REBASE";
  if (task(s)) return "TASK";
  return {};
}

std::string rebase_stop(const Ledger& ledger, const std::string& chair, const std::string& source,
                        const std::string& item, Instant at) {
  const auto record = record_of(ledger, source);
  const Statement* target = item_added(ledger, item);
  if (!record || target == nullptr) return "UNKNOWN";
  if (!chairs(ledger, item, chair)) return "NOT_AUTHORISED";
  const auto basis = basis_in_force(ledger, target->basis, at);
  if (!basis || !basis->requires_consent || flows(ledger, *record, target->basis, basis)) return "REBASE_NOT_NEEDED";
  if (record->in_case != target->case_id) return "WRONG_CASE";
  if (stage_of(ledger, item) == Stage::closed) return "ITEM_CLOSED";
  std::vector<Record> line{*record};
  for (auto& ancestor : ancestors_of(ledger, *record)) line.push_back(ancestor);
  for (const auto& one : line)
    if (is_withdrawn(ledger, one.id)) return "WITHDRAWN";
  for (const auto& one : line)
    if (contains(one.label.categories, Category::PADR) || contains(one.label.categories, Category::SRC))
      return "REBASE_PROTECTED";
  if (record->label.hold && agency_of(ledger, chair) != record->label.agency) return "REBASE_ORIGINATOR_HOLD";
  std::set<std::string> agencies;
  for (const auto& seated : seated_at(ledger, item))
    if (in_professional_seat(ledger, item, seated.person)) agencies.insert(agency_of(ledger, seated.person));
  agencies.erase(record->label.agency);
  for (const auto& one : line)
    for (const auto& subject : one.label.subjects)
      for (const Category category : one.label.categories)
        for (const auto& agency : agencies) {
          const auto cell = state(ledger, {record->in_case, subject, category, agency, "support"}, at);
          if (cell != "GRANTED") return "REBASE_" + cell;
        }
  return {};
}

}  // namespace kasane::oracle
