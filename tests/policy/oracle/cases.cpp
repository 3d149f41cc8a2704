#include "tests/policy/oracle/facts.hpp"

// Cases, their subjects, and who stands against them (policy.md §3, §5 step 4, §12).
namespace kasane::oracle {

bool is_coordinator_of(const Ledger& ledger, const std::string& in_case, const std::string& person) {
  std::string named;
  for (const Statement* s : ledger) {
    if (s->case_id != in_case) continue;
    if (s->kind == Kind::case_open) named = s->by;
    if (s->kind == Kind::case_coordinator) named = s->person;
  }
  return !named.empty() && named == person && has_role(ledger, person, policy::Role::coordinator);
}

policy::SubjectDates dates_of(const Ledger& ledger, const std::string& in_case, const std::string& subject) {
  policy::SubjectDates dates;
  for (const Statement* s : ledger) {
    if (s->case_id != in_case) continue;
    if (s->kind == Kind::case_open)
      for (const auto& one : s->subjects)
        if (one.subject == subject) dates = one.dates;
    if (s->kind == Kind::case_subject && s->subject == subject) dates = s->dates;  // they replace the former
  }
  return dates;
}

std::set<std::string> opponents_of(const Ledger& ledger, const std::string& subject) {
  std::set<std::string> opponents;
  for (const Statement* s : ledger) {
    if (s->subject != subject) continue;
    if (s->kind == Kind::protect_set) opponents.insert(s->opponents.begin(), s->opponents.end());
    if (s->kind == Kind::protect_lift) opponents.clear();  // ends all live ones of the subject
  }
  return opponents;
}

bool recused_by_protection(const Ledger& ledger, const std::string& person, const std::string& subject) {
  const auto opponents = opponents_of(ledger, subject);
  if (opponents.contains(person)) return true;
  for (const Statement* s : ledger) {
    if (s->kind == Kind::item_add) {  // seated `as` an opponent, at any item
      const auto seat = seat_of(ledger, s->item, person);
      if (seat && !seat->as.empty() && opponents.contains(seat->as)) return true;
    }
    if (s->kind == Kind::authority_add && s->holder == person && opponents.contains(s->subject)) return true;
  }
  return false;
}

bool recused_by_subject(const Ledger& ledger, const std::string& person, const std::string& subject) {
  if (recused_by_protection(ledger, person, subject)) return true;
  return std::any_of(ledger.begin(), ledger.end(), [&](const Statement* s) {
    return s->kind == Kind::authority_add && s->subject == subject && s->holder == person &&
           in_conflict(ledger, s->authority);
  });
}

bool in_declared_conflict(const Ledger& ledger, const std::string& in_case, const std::string& person) {
  bool declared = false;
  for (const Statement* s : ledger) {
    if (s->case_id != in_case || s->person != person) continue;
    if (s->kind == Kind::conflict_declare) declared = true;
    if (s->kind == Kind::conflict_lift) declared = false;
  }
  return declared;
}

bool recused_for_case(const Ledger& ledger, const std::string& in_case, const std::string& person) {
  if (in_declared_conflict(ledger, in_case, person)) return true;
  for (const Statement* s : ledger) {
    if (s->case_id != in_case) continue;
    if (s->kind == Kind::case_open)
      for (const auto& one : s->subjects)
        if (recused_by_subject(ledger, person, one.subject)) return true;
    if (s->kind == Kind::case_subject && recused_by_subject(ledger, person, s->subject)) return true;
  }
  return false;
}

bool in_conflict(const Ledger& ledger, const std::string& authority) {
  bool conflict = false;
  for (const Statement* s : ledger)
    if (s->kind == Kind::authority_conflict && s->authority == authority) conflict = s->conflict;
  return conflict;
}

}  // namespace kasane::oracle
