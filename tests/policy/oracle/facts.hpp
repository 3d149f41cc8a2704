#pragma once

#include <algorithm>
#include <set>

#include "tests/policy/oracle/oracle.hpp"

/// What the statements say of each thing, looked up anew at every call.
namespace kasane::oracle {

using policy::Kind;
using policy::Seat;

template <class List, class Value>
bool contains(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// The directory.
bool is_person(const Ledger&, const std::string& person);
bool has_ended(const Ledger&, const std::string& person);
std::string agency_of(const Ledger&, const std::string& person);  ///< empty: without agency
bool has_role(const Ledger&, const std::string& person, policy::Role role);
std::string type_of(const Ledger&, const std::string& agency);   ///< of an agency; empty: unknown
std::string owner_of(const Ledger&, const std::string& device);  ///< empty: unknown
bool is_revoked(const Ledger&, const std::string& device);
std::vector<std::string> all_agencies(const Ledger&);
std::vector<std::string> all_persons(const Ledger&);

/// A version of a legal basis (policy.md §2).
struct Basis {
  bool requires_consent = true, statutory = false, subject_may_attend = false, in_session = true;
  std::set<std::string> links;
};
/// The version of the code in force at `at`, judged by what was said before place `before` of the ledger.
std::optional<Basis> basis_in_force(const Ledger&, const std::string& code, Instant at, std::size_t before);
std::optional<Basis> basis_in_force(const Ledger&, const std::string& code, Instant at);

// Cases.
bool is_coordinator_of(const Ledger&, const std::string& in_case, const std::string& person);
policy::SubjectDates dates_of(const Ledger&, const std::string& in_case, const std::string& subject);
std::set<std::string> opponents_of(const Ledger&, const std::string& subject);  ///< in its live protections
/// Step 4, through a protection of this subject alone.
bool recused_by_protection(const Ledger&, const std::string& person, const std::string& subject);
/// Step 4, for this subject alone: a protection, or an authority in conflict.
bool recused_by_subject(const Ledger&, const std::string& person, const std::string& subject);
bool in_declared_conflict(const Ledger&, const std::string& in_case, const std::string& person);
/// policy.md §12.
bool recused_for_case(const Ledger&, const std::string& in_case, const std::string& person);
bool in_conflict(const Ledger&, const std::string& authority);

// Items.
const Statement* item_added(const Ledger&, const std::string& item);  ///< null: unknown
struct Seated {
  std::string person;
  Seat seat;
  std::string as;
};
std::vector<Seated> seated_at(const Ledger&, const std::string& item);  ///< now, by person
std::optional<Seated> seat_of(const Ledger&, const std::string& item, const std::string& person);
bool in_professional_seat(const Ledger&, const std::string& item, const std::string& person);
enum class Stage { planned, open, suspended, closed };
Stage stage_of(const Ledger&, const std::string& item);
bool has_been_opened(const Ledger&, const std::string& item);
bool conference_closed(const Ledger&, const std::string& conference);
bool has_acknowledged(const Ledger&, const std::string& item, const std::string& person);
/// Orders of the item for this person, as far as their seat has not been taken away since.
std::vector<const Statement*> orders_for(const Ledger&, const std::string& item, const std::string& person);
bool ordered(const Ledger&, const std::string& item, const std::string& person, const std::string& record);
std::vector<std::string> items_of_case(const Ledger&, const std::string& in_case);

// Records.
struct Record {
  std::string id, in_case, author, item;  ///< `item`: where it was shared or rebased; empty: at none
  policy::Label label;
  std::size_t place = 0;  ///< in the ledger
  bool rebased = false;
};
std::optional<Record> record_of(const Ledger&, const std::string& record);
bool is_withdrawn(const Ledger&, const std::string& record);
std::vector<std::string> parents_of(const Record&);
/// The record's ancestors, nearest first, each once.
std::vector<Record> ancestors_of(const Ledger&, const Record&);
std::vector<std::string> all_records(const Ledger&);

}  // namespace kasane::oracle
