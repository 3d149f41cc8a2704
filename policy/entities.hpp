#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "policy/codes.hpp"
#include "policy/ids.hpp"
#include "policy/instant.hpp"
#include "policy/name_index.hpp"
#include "policy/statement.hpp"
#include "policy/unit_rows.hpp"

/// The rows of the World: what is known of each thing at this point of the ledger. `index` is the ledger index of the
/// statement that made it so, `no_index` where none did (defaults that ship, and things named but not held).
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
  std::uint32_t number = 0;  ///< among the subjects of all cases, for the index of their cells
  std::vector<ConsentId> consents;
};
struct Conflict {
  PersonId person;
  Index index = no_index;
};
struct Case {
  bool defined = false;
  PersonId opener, coordinator;  ///< `coordinator` counts only while holding the role
  Index index = no_index, coordinator_index = no_index;
  std::vector<CaseSubject> subjects;
  std::vector<Conflict> conflicts;  ///< declared and not lifted
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
struct Subject {
  bool defined = false;
  std::vector<CaseId> cases;
  std::vector<AuthorityId> authorities;
  std::vector<Protection> protections;  ///< live
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
struct Order {
  PersonId person, by;
  Categories categories;
  std::vector<RecordId> records;
  std::optional<OrderReason> reason;
  Index index = no_index;
};
/// Where a person's seat stands among the item's.
struct SeatPlace {
  PersonId person;
  std::uint32_t place = 0;
};
enum class ItemState : std::uint8_t { planned, open, suspended, closed };
struct Item {
  bool defined = false;
  ConferenceId conference;
  CaseId in_case;
  BasisId basis;
  PersonId added_by;
  ItemState state = ItemState::planned;
  Index index = no_index;
  Index first_open_index = no_index, state_index = no_index;  ///< `state_index`: what put it in its present state
  std::optional<Instant> opened_at;                           ///< first opening
  std::vector<Seated> seats;                                  ///< as they are now, in order of person id
  std::vector<SeatPlace> seats_by_person;                     ///< the same, in order of the persons' rows
  std::vector<Seated> first_seats;                            ///< as the item was added
  std::vector<Seated>
      moved;  ///< the last change of each person's seat since, a removal included (then `seat` is no more)
  std::vector<Order> orders;
  std::int64_t last_epoch = 0;
  bool closed() const { return state == ItemState::closed; }
  UnitsOf units;
};

struct Record {
  bool defined = false;
  CaseId in_case;
  ItemId item;  ///< where it was shared or rebased; unknown: at none
  PersonId author;
  Instant at = 0;
  Index index = no_index, withdrawn_index = no_index, destroyed_index = no_index;
  std::vector<SubjectId> subjects;
  std::vector<Category> category_list;  ///< in label order
  Categories categories;
  RecordKind kind = RecordKind::FACT;
  AgencyId agency;
  BasisId origin;                    ///< unknown: `INTAKE`
  std::int32_t origin_version = -1;  ///< of the origin when it was shared; -1: none was in force
  bool has_hold = false;
  std::vector<AgencyId> hold;
  bool withhold_from_subject = false, deidentified = false;
  std::vector<RecordId> parents;
  RecordId rebased_from;  ///< unknown: shared
  std::vector<PersonId> released_to;
  std::vector<TaskId> tasks;
  std::uint32_t alike = 0;   ///< a number shared with the records of the case that are labelled just so
  bool singled_out = false;  ///< withdrawn, or named by an order, a task or an emergency
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
