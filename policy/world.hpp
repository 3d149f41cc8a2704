#pragma once

#include <optional>
#include <string_view>

#include "policy/cell_memo.hpp"
#include "policy/entities.hpp"
#include "policy/statement.hpp"
#include "policy/table.hpp"
#include "policy/unit.hpp"

namespace kasane::policy {

/// The state that a prefix of the ledger adds up to. Pure: no clock, no I/O; never throws on input; the same in the
/// server and in the browser. Questions about an instant are asked of the World of the entries up to that instant. A
/// copy is cheap (see Rows) and independent: try statements on it. Thread: one; copies belong to the thread of their
/// original.
class Apply;
class World {
 public:
  /// Nothing but the bases that ship (policy.md §2).
  World();

  /// Checks the statement (policy.md §3) as of `statement.at_ms` and, if it holds, applies it.
  /// Errors: the reason of the rejection; then nothing has changed.
  std::optional<Reason> accept(const Statement& statement, Index index);
  /// The check alone.
  std::optional<Reason> check(const Statement& statement) const;

  /// Applies a statement that was accepted before (a replay), without asking again.
  void replay(const Statement& statement, Index index) { apply(statement, index); }

  /// One entry of a reader's partial fold (policy.md §12): counts as accepted, what it refers to counts as defined.
  /// Requires: entries in ledger order; fold anew where the past of a unit comes late.
  void fold(const Statement& statement, Index index);
  /// Says whose fold this is (policy.md §12: a record whose case is not held is denied to everybody else).
  void set_reader(std::string_view person);
  bool partial() const { return partial_; }
  PersonId reader() const { return reader_; }

  /// `at` of the last accepted statement; none before the founding.
  std::optional<Instant> clock() const { return clock_; }
  bool founded() const { return founded_; }
  std::string_view tenant() const { return tenant_; }
  /// The index after the last applied one; hypothetical statements count from here.
  Index next_index() const { return next_index_; }

  Table<AgencyTag, Agency> agencies;
  Table<PersonTag, Person> persons;
  Table<DeviceTag, Device> devices;
  Table<BasisTag, Basis> bases;
  Table<CaseTag, Case> cases;
  Table<SubjectTag, Subject> subjects;
  Table<AuthorityTag, Authority> authorities;
  Table<ConsentTag, Consent> consents;
  Table<PurposeTag, Purpose> purposes;
  Table<ConferenceTag, Conference> conferences;
  Table<ItemTag, Item> items;
  Table<RecordTag, Record> records;
  Table<TaskTag, Task> tasks;
  Table<DecisionTag, RecordedDecision> decisions;
  Table<EmergencyTag, Emergency> emergencies;
  Table<MessageTag, Message> messages;
  Table<RequestTag, Request> requests;
  Rows<UnitRow> units;  ///< every unit that has an entry, in the order of the first
  /// Persons who hold or held a role.
  const std::vector<PersonId>& officers() const { return officers_; }

  /// Need-to-know of an agency type (policy.md §6) and the `matrix.set` that gave it.
  struct Needs {
    Categories categories, shipped;
    Index index = no_index;
  };
  const Needs& needs(AgencyType type) const { return needs_[static_cast<std::size_t>(type)]; }

  /// The purpose for which conferences ask.
  PurposeId support() const { return support_; }
  /// Found-out consent cells, and what puts a subject's out of date.
  CellMemo& cells() const { return cells_; }

  // Look-ups that several rules share.
  std::int32_t version_in_force(BasisId basis, Moment& moment) const;  ///< place in `versions`; -1: none
  const BasisVersion* in_force(BasisId basis, Moment& moment) const;   ///< null: none (policy.md §2)
  const Seated* seat(ItemId item, PersonId person) const;              ///< null: no seat
  const CaseSubject* subject_of(CaseId in_case, SubjectId subject) const;
  bool has_role(PersonId person, Role role) const;
  PersonId case_coordinator(CaseId in_case) const;  ///< unknown: nobody is
  bool is_case_coordinator(CaseId in_case, PersonId person) const;
  Unit unit(UnitId id) const;                       ///< with its names
  std::uint32_t labels() const { return labels_; }  ///< `Record::alike` is less than this
  UnitKey key_of(const Unit& unit) const;           ///< rows that are not there stay unknown
  bool is_chair(ItemId item, PersonId person) const;
  std::optional<Notice> notice_due(ItemId item) const;    ///< policy.md §5 step 3
  bool acknowledged(ItemId item, PersonId person) const;  ///< nothing due, or due and acknowledged

 private:
  friend class Apply;
  void apply(const Statement& statement, Index index);
  void note_officer(PersonId person);
  UnitId& unit_slot(const Statement& statement, UnitKey& key);
  BasisVersion version_of(const Statement& registration, Index index);
  CaseSubject& case_subject(CaseId in_case, SubjectId subject);  ///< made where there is none
  /// Something that the subject's cells are made of has changed.
  void outdate_cells(SubjectId subject) { ++subjects.edit(subject).age; }
  Needs needs_[agency_type_count];
  PurposeId support_;
  mutable CellMemo cells_;
  bool founded_ = false, partial_ = false;
  std::string tenant_;
  std::string founding_device_;
  PersonId registrar_, reader_;
  UnitId directory_, heads_;
  std::vector<PersonId> officers_;
  std::optional<Instant> clock_;
  Index next_index_ = 0;
  std::uint32_t labels_ = 0;
  friend class Check;
};

}  // namespace kasane::policy
