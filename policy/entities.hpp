#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "policy/codes.hpp"
#include "policy/ids.hpp"
#include "policy/instant.hpp"
#include "policy/name_index.hpp"
#include "policy/small.hpp"
#include "policy/soon.hpp"
#include "policy/statement.hpp"
#include "policy/unit_rows.hpp"

/// The rows of the World: what is known of each thing at this point of the ledger. `index` is the ledger index of the
/// statement that made it so, `no_index` where none did (defaults that ship, and things named but not held). In the
/// rows that every decision reads at random, what it reads stands first, in the row's own cache lines.
namespace kasane::policy {

inline constexpr Index no_index = -1;

struct Agency {
  bool defined = false;
  AgencyType type = AgencyType::secretariat;
  std::string name;
  Index index = no_index;
};

struct Person {
  bool defined = false;
  AgencyId agency;  ///< unknown: without agency
  Roles roles;
  Roles first_roles;  ///< as the person was added
  Index index = no_index, roles_index = no_index, ended_index = no_index;
  std::string duty_source;
  std::vector<ItemId> seated;            ///< items where the person has a seat now
  std::vector<AuthorityId> authorities;  ///< held
  std::vector<TaskId> tasks;
  std::vector<EmergencyId> emergencies;  ///< invoked for this person
  std::vector<EmergencyId> invoked;
  std::vector<DeviceId> devices;
  bool ended() const { return ended_index != no_index; }
  UnitsOf units;
};

struct Device {
  bool defined = false;
  PersonId person, added_by;
  Index index = no_index, revoked_index = no_index;
  bool live() const { return defined && revoked_index == no_index; }
};

struct BasisVersion {
  bool consent_required = true, duty = false, statutory = false, subject_may_attend = false;
  Reading reading = Reading::in_session;
  std::vector<BasisId> cross_links;
  Instant from = 0;
  std::optional<Instant> to;
  BasisTexts texts;
  Index index = no_index;
};
struct Notice {
  std::int64_t version = 0;
  Index index = no_index;
};
struct Basis {
  bool defined = false;
  std::vector<BasisVersion> versions;  ///< in order of registration
  std::vector<Notice> notices;         ///< published, ascending
};

struct CaseSubject {
  SubjectId subject;
  SubjectDates dates;
  SubjectDates first_dates;  ///< as the subject was first named
  Index index = no_index, dates_index = no_index;
  std::vector<ConsentId> consents;
};
struct Conflict {
  PersonId person;
  Index index = no_index;
};
struct alignas(64) Case {
  bool defined = false;
  bool dates_changed = false;    ///< of a subject, since it was first named
  PersonId opener, coordinator;  ///< `coordinator` counts only while holding the role
  Index index = no_index, coordinator_index = no_index;
  std::vector<Conflict> conflicts;  ///< declared and not lifted
  std::vector<CaseSubject> subjects;
  std::vector<ItemId> items;
  std::vector<RecordId> records;  ///< in order of definition
  NameIndex labels;               ///< records by their label, the first of each alike
  std::vector<EmergencyId> emergencies;
  std::vector<TaskId> tasks;
  UnitsOf units;
};

struct Protection {
  std::vector<PersonId> persons;    ///< opponents, read as persons
  std::vector<SubjectId> subjects;  ///< the same opponents, read as subjects
  CaseId in_case;
  Index index = no_index;
};
struct alignas(64) Subject {
  bool defined = false;
  std::uint32_t age = 0;                ///< counts what puts the found-out cells of the subject out of date
  std::vector<Protection> protections;  ///< live
  std::vector<CaseId> cases;
  std::vector<AuthorityId> authorities;
  UnitsOf units;
};

struct Authority {
  bool defined = false;
  CaseId in_case;
  SubjectId subject;
  PersonId holder;
  AuthorityType type = AuthorityType::parent;
  Categories categories;
  Instant from = 0;
  std::optional<Instant> to;
  bool conflict = false;
  Index index = no_index, conflict_index = no_index;
};

struct Consent {
  bool defined = false;
  CaseId in_case;
  SubjectId subject;
  AuthorityId giver;  ///< unknown: the subject
  ConsentState state = ConsentState::refused;
  bool all_categories = false, all_recipients = false;
  Categories named;
  std::vector<AgencyId> agencies;
  std::vector<PersonId> persons;
  PurposeId purpose;
  ConsentMethod method = ConsentMethod::oral;
  PersonId witness, by;
  Instant at = 0, from = 0;
  std::optional<Instant> to;
  Index index = no_index;
};

struct Purpose {
  bool defined = false;
};

struct Acknowledgement {
  BasisId basis;
  PersonId person;
  std::int64_t version = 0;
  Index index = no_index;
};
struct Conference {
  bool defined = false;
  Instant starts_at = 0;
  Index index = no_index, closed_index = no_index;
  std::vector<ItemId> items;
  std::vector<Acknowledgement> acknowledged;
  bool closed() const { return closed_index != no_index; }
  UnitsOf units;
};

struct Seated {
  PersonId person;
  Seat seat = Seat::member;
  SubjectId as;
  Index index = no_index;
};
/// The seats by person, in open addressing: one look where a person sits.
class SeatsByPerson {
 public:
  SeatsByPerson() = default;
  explicit SeatsByPerson(const std::vector<Seated>& seats)
      : slots_(seats.empty() ? 0 : std::bit_ceil(2 * seats.size())) {
    for (const Seated& one : seats) {
      std::size_t at = place(one.person);
      while (slots_[at].person.known()) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = one;
    }
  }
  const Seated* find(PersonId person) const {
    if (slots_.empty() || !person.known()) return nullptr;
    for (std::size_t at = place(person); slots_[at].person.known(); at = (at + 1) & (slots_.size() - 1))
      if (slots_[at].person == person) return &slots_[at];
    return nullptr;
  }
  /// Before `find`.
  void soon(PersonId person) const {
    if (!slots_.empty()) policy::soon(&slots_[place(person)]);
  }

 private:
  std::size_t place(PersonId person) const {
    return static_cast<std::size_t>(person.row * 0x9e37'79b9'7f4a'7c15U >> 32U) & (slots_.size() - 1);
  }
  std::vector<Seated> slots_;  ///< a power of two, at most half full
};
struct Order {
  PersonId person, by;
  Categories categories;
  std::vector<RecordId> records;
  std::optional<OrderReason> reason;
  Index index = no_index;
};
enum class ItemState : std::uint8_t { planned, open, suspended, closed };
struct alignas(64) Item {
  bool defined = false;
  ItemState state = ItemState::planned;
  ConferenceId conference;
  CaseId in_case;
  BasisId basis;
  Index index = no_index;
  Index first_open_index = no_index, state_index = no_index;  ///< `state_index`: what put it in its present state
  std::vector<Seated> seats;                                  ///< as they are now, in order of person id
  SeatsByPerson seat_of;                                      ///< the same, to be looked up
  std::vector<Order> orders;
  PersonId added_by;
  std::optional<Instant> opened_at;  ///< first opening
  std::vector<Seated> first_seats;   ///< as the item was added
  std::vector<Seated>
      moved;  ///< the last change of each person's seat since, a removal included (then `seat` is no more)
  std::int64_t last_epoch = 0;
  bool closed() const { return state == ItemState::closed; }
  UnitsOf units;
};

/// A legal basis other than `INTAKE`, in the version that was in force when a record was shared; -1: none was.
struct Origin {
  BasisId basis;
  std::int32_t version = -1;
  friend bool operator==(Origin, Origin) = default;
};
/// What a record rests on, over its parents, transitively: kept with each, so that a long line of them costs no walk.
struct Ancestry {
  Small<Origin, 1> origins;  ///< each once
  bool all_held = true;      ///< false: a parent is not in this fold (policy.md §12)
};

struct alignas(64) Record {
  bool defined = false;
  bool has_hold = false, withhold_from_subject = false, deidentified = false;
  bool singled_out = false;  ///< withdrawn, or named by an order, a task or an emergency
  RecordKind kind = RecordKind::FACT;
  Categories categories;
  CaseId in_case;
  PersonId author;
  AgencyId agency;
  BasisId origin;                    ///< unknown: `INTAKE`
  std::int32_t origin_version = -1;  ///< of the origin when it was shared; -1: none was in force
  std::uint32_t alike = 0;           ///< a number shared with the records of the case that are labelled just so
  Index index = no_index, withdrawn_index = no_index;
  ItemId item;            ///< where it was shared or rebased; unknown: at none
  RecordId rebased_from;  ///< unknown: shared
  Small<SubjectId, 2> subjects;
  Small<Category, 4> category_list;  ///< in label order
  Ancestry above;
  Small<RecordId, 2> parents;
  std::vector<AgencyId> hold;
  Instant at = 0;
  Index destroyed_index = no_index;
  std::vector<PersonId> released_to;
  std::vector<TaskId> tasks;
  bool withdrawn() const { return withdrawn_index != no_index; }
  bool rebased() const { return rebased_from.known(); }
  UnitsOf units;
};

struct Task {
  bool defined = false;
  ItemId item;
  PersonId person, by;
  std::vector<RecordId> records;
  std::optional<Instant> to;
  Index index = no_index, ended_index = no_index;
};

struct RecordedDecision {
  bool defined = false;
  ItemId item;
  DecisionKind kind = DecisionKind::new_plan;
  RecordId record;
  std::vector<RecordId> rests_on;
  PersonId by, confirmed_by;
  Instant at = 0;
  Index index = no_index, confirmed_index = no_index;
};

struct Emergency {
  bool defined = false;
  CaseId in_case;
  PersonId person, by, approved_by;
  std::vector<RecordId> records;
  Categories categories;
  EmergencyGround ground = EmergencyGround::life;
  std::int64_t minutes = 0;
  bool protective = false;
  Instant at = 0, approved_at = 0;
  Index index = no_index, approved_index = no_index, reviewed_index = no_index;
  bool upheld = true;
  bool approved() const { return approved_index != no_index; }
  UnitsOf units;
};

struct Message {
  bool defined = false;
  ItemId item;
  PersonId by;
  Index index = no_index, withdrawn_index = no_index;
};
struct Request {
  bool defined = false;
  ItemId item;
  PersonId by;
  Index index = no_index;
};

}  // namespace kasane::policy
