#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

/// The closed lists of policy.md §2 and §3, each with its codes as they are written in statements and answers.
namespace kasane::policy {

enum class Kind : std::uint8_t {
  tenant_found,
  agency_add,
  person_add,
  person_roles,
  person_end,
  device_add,
  device_revoke,
  basis_register,
  matrix_set,
  notice_publish,
  case_open,
  case_subject,
  case_coordinator,
  authority_add,
  authority_conflict,
  consent_record,
  protect_set,
  protect_lift,
  conflict_declare,
  conflict_lift,
  conference_convene,
  conference_move,
  item_add,
  item_seat,
  item_open,
  item_suspend,
  item_close,
  conference_close,
  notice_acknowledge,
  presence_attest,
  record_share,
  record_withdraw,
  record_destroy,
  record_rebase,
  record_order,
  task_assign,
  task_end,
  decision_record,
  decision_confirm,
  emergency_invoke,
  emergency_approve,
  emergency_review,
  // Recording kinds: they change no decision.
  message_post,
  epoch_commit,
  request_make,
  request_answer,
  message_withdraw,
  key_request,
  opened,
  purged,
  key_grant,
  device_vouch,
  disclosure_oral,
  recovery_open,
  export_made,
  audit_query,
  // By the server alone.
  key_release,
  access_denied,
  attendance_join,
  attendance_leave,
  ledger_heads,
};
inline constexpr std::size_t kind_count = static_cast<std::size_t>(Kind::ledger_heads) + 1;
constexpr bool is_recording(Kind kind) { return kind >= Kind::message_post; }
constexpr bool is_by_server(Kind kind) { return kind >= Kind::key_release; }

enum class Category : std::uint8_t { ID, PADR, FAM, MED, DIS, LTC, FIN, BEN, HOU, WRK, EDU, VIC, OFF, RIG, ORG, SRC };
inline constexpr std::size_t category_count = 16;

enum class RecordKind : std::uint8_t { FACT, OBS, OPN, WIS, PLN, TSK, DEC, MIN, DOC };

enum class Role : std::uint8_t {
  registrar,
  coordinator,
  decider,
  consent_officer,
  protection,
  compliance,
  custodian,
  disclosure,
  statistics
};

enum class Seat : std::uint8_t { chair, recorder, member, adhoc, advisor, observer, person, family, rep, aide };
constexpr bool is_professional(Seat seat) { return seat <= Seat::adhoc; }
constexpr bool is_private(Seat seat) { return seat >= Seat::person; }
constexpr bool is_onlooker(Seat seat) { return seat == Seat::advisor || seat == Seat::observer; }
/// Seats that name in `as` the subject whom they are or stand for.
constexpr bool names_subject(Seat seat) { return seat == Seat::person || seat == Seat::rep || seat == Seat::aide; }

enum class AgencyType : std::uint8_t {
  secretariat,
  elderly,
  disability,
  child,
  livelihood,
  public_assistance,
  medical,
  school,
  police,
  advocacy,
  housing,
  employment,
  outreach,
  commissioner,
  watch_group,
  abuse_desk
};
inline constexpr std::size_t agency_type_count = 16;

enum class AuthorityType : std::uint8_t { parent, guardian, curator, assistant, mandate };
enum class ConsentState : std::uint8_t { granted, refused, revoked, asked_no_answer, unable };
enum class ConsentMethod : std::uint8_t { written, electronic, oral };
enum class PresenceHow : std::uint8_t { paper, oral };
enum class Reading : std::uint8_t { in_session, from_convening };
enum class OrderReason : std::uint8_t { role, task, safety, study, with_person, other };
enum class DecisionKind : std::uint8_t { new_plan, replan, close, suspend, resume, ratify };  // new, …, continue, …
enum class EmergencyGround : std::uint8_t { life, body, property };

/// policy.md §8, the state of a consent cell.
enum class CellState : std::uint8_t {
  GRANTED,
  REFUSED,
  REVOKED,
  EXPIRED,
  ENDED_MAJORITY,
  ENDED_AUTHORITY,
  ENDED_DEATH,
  ASKED_NO_ANSWER,
  UNABLE_TO_JUDGE,
  AUTHORITY_CONFLICT,
  CONSENT_NOT_COVERING,
  NO_CONSENT
};

enum class Ground : std::uint8_t { CONSENT, LAW, OWN, SELF, DEIDENTIFIED, OFFICE, REBASE, TASK, EMERGENCY };

/// Why a statement is rejected or a question denied. One list, since the wire carries both as one code.
enum class Reason : std::uint8_t {
  // both
  MALFORMED,
  UNKNOWN,
  PERSON_ENDED,
  DEVICE_REVOKED,
  WRONG_CASE,
  WITHDRAWN,
  ITEM_NOT_OPEN,
  NOT_ACKNOWLEDGED,
  FLOW,
  // statements
  TIME_REVERSED,
  NOT_AUTHORISED,
  DUPLICATE,
  INCOMPATIBLE_ROLES,
  SEAT_NOT_ALLOWED,
  SUBJECT_MISSING,
  STALE_NOTICE,
  EVIDENCE_MISSING,
  SECOND_PERSON,
  TOO_LATE,
  CHAIR_MISSING,
  ITEM_CLOSED,
  TOO_EARLY,
  OTHER_ITEM_OPEN,
  PROTECTED_PARENT,
  REASON_MISSING,
  REVIEW_OVERDUE,
  REBASE_NOT_NEEDED,
  REBASE_PROTECTED,
  REBASE_ORIGINATOR_HOLD,
  // REBASE_ + the state of a cell, in the order of CellState from REFUSED on
  REBASE_REFUSED,
  REBASE_REVOKED,
  REBASE_EXPIRED,
  REBASE_ENDED_MAJORITY,
  REBASE_ENDED_AUTHORITY,
  REBASE_ENDED_DEATH,
  REBASE_ASKED_NO_ANSWER,
  REBASE_UNABLE_TO_JUDGE,
  REBASE_AUTHORITY_CONFLICT,
  REBASE_CONSENT_NOT_COVERING,
  REBASE_NO_CONSENT,
  // questions
  NOT_MEMBER,
  BASIS_NOT_IN_FORCE,
  RECUSED,
  PROTECTED,
  SOURCE_PROTECTED,
  ORIGINATOR_HOLD,
  WITHHELD,
  OBSERVER,
  NOT_NEEDED,
  // the state of a cell, in the order of CellState from REFUSED on
  REFUSED,
  REVOKED,
  EXPIRED,
  ENDED_MAJORITY,
  ENDED_AUTHORITY,
  ENDED_DEATH,
  ASKED_NO_ANSWER,
  UNABLE_TO_JUDGE,
  AUTHORITY_CONFLICT,
  CONSENT_NOT_COVERING,
  NO_CONSENT,
};
inline constexpr std::size_t reason_count = static_cast<std::size_t>(Reason::NO_CONSENT) + 1;

/// Requires: state is not GRANTED.
constexpr Reason reason_of(CellState state) {
  return static_cast<Reason>(static_cast<int>(Reason::REFUSED) + static_cast<int>(state) - 1);
}
constexpr Reason rebase_reason_of(CellState state) {
  return static_cast<Reason>(static_cast<int>(Reason::REBASE_REFUSED) + static_cast<int>(state) - 1);
}

std::string_view name_of(Kind);
std::string_view name_of(Category);
std::string_view name_of(RecordKind);
std::string_view name_of(Role);
std::string_view name_of(Seat);
std::string_view name_of(AgencyType);
std::string_view name_of(AuthorityType);
std::string_view name_of(ConsentState);
std::string_view name_of(ConsentMethod);
std::string_view name_of(PresenceHow);
std::string_view name_of(Reading);
std::string_view name_of(OrderReason);
std::string_view name_of(DecisionKind);
std::string_view name_of(EmergencyGround);
std::string_view name_of(CellState);
std::string_view name_of(Ground);
std::string_view name_of(Reason);

/// The code of that name, none for an unknown one. Instantiated for every enumeration above.
template <class Code>
std::optional<Code> code_of(std::string_view name);

/// A set of codes of one list as bits.
template <class Code, class Bits>
class CodeSet {
 public:
  constexpr CodeSet() = default;
  constexpr explicit CodeSet(Bits bits) : bits_(bits) {}
  template <class Range>
  static constexpr CodeSet of(const Range& codes) {
    CodeSet set;
    for (const Code code : codes) set.add(code);
    return set;
  }
  constexpr void add(Code code) { bits_ = static_cast<Bits>(bits_ | bit(code)); }
  constexpr bool has(Code code) const { return (bits_ & bit(code)) != 0; }
  constexpr bool holds(CodeSet other) const { return (other.bits_ & static_cast<Bits>(~bits_)) == 0; }
  constexpr bool meets(CodeSet other) const { return (other.bits_ & bits_) != 0; }
  constexpr CodeSet without(CodeSet other) const {
    return CodeSet(static_cast<Bits>(bits_ & static_cast<Bits>(~other.bits_)));
  }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr Bits bits() const { return bits_; }
  friend constexpr bool operator==(CodeSet, CodeSet) = default;

 private:
  static constexpr Bits bit(Code code) { return static_cast<Bits>(Bits{1} << static_cast<unsigned>(code)); }
  Bits bits_ = 0;
};
using Categories = CodeSet<Category, std::uint16_t>;
using Roles = CodeSet<Role, std::uint16_t>;

inline constexpr Categories every_category{0xffff};
/// Whereabouts and reporter: opened by no consent alone, and by no `*`.
constexpr Categories protective() {
  Categories set;
  set.add(Category::PADR);
  set.add(Category::SRC);
  return set;
}

}  // namespace kasane::policy
