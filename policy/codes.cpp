#include "policy/codes.hpp"

#include <array>

namespace kasane::policy {
namespace {

constexpr std::array<std::string_view, kind_count> kinds = {"tenant.found",
                                                            "agency.add",
                                                            "person.add",
                                                            "person.roles",
                                                            "person.end",
                                                            "device.add",
                                                            "device.revoke",
                                                            "basis.register",
                                                            "matrix.set",
                                                            "notice.publish",
                                                            "case.open",
                                                            "case.subject",
                                                            "case.coordinator",
                                                            "authority.add",
                                                            "authority.conflict",
                                                            "consent.record",
                                                            "protect.set",
                                                            "protect.lift",
                                                            "conflict.declare",
                                                            "conflict.lift",
                                                            "conference.convene",
                                                            "conference.move",
                                                            "item.add",
                                                            "item.seat",
                                                            "item.open",
                                                            "item.suspend",
                                                            "item.close",
                                                            "conference.close",
                                                            "notice.acknowledge",
                                                            "presence.attest",
                                                            "record.share",
                                                            "record.withdraw",
                                                            "record.destroy",
                                                            "record.rebase",
                                                            "record.order",
                                                            "task.assign",
                                                            "task.end",
                                                            "decision.record",
                                                            "decision.confirm",
                                                            "emergency.invoke",
                                                            "emergency.approve",
                                                            "emergency.review",
                                                            "message.post",
                                                            "epoch.commit",
                                                            "request.make",
                                                            "request.answer",
                                                            "message.withdraw",
                                                            "key.request",
                                                            "opened",
                                                            "purged",
                                                            "key.grant",
                                                            "device.vouch",
                                                            "disclosure.oral",
                                                            "recovery.open",
                                                            "export.made",
                                                            "audit.query",
                                                            "key.release",
                                                            "access.denied",
                                                            "attendance.join",
                                                            "attendance.leave",
                                                            "ledger.heads"};
constexpr std::array<std::string_view, category_count> categories = {
    "ID", "PADR", "FAM", "MED", "DIS", "LTC", "FIN", "BEN", "HOU", "WRK", "EDU", "VIC", "OFF", "RIG", "ORG", "SRC"};
constexpr std::array<std::string_view, 9> record_kinds = {"FACT", "OBS", "OPN", "WIS", "PLN",
                                                          "TSK",  "DEC", "MIN", "DOC"};
constexpr std::array<std::string_view, 9> roles = {"registrar",       "coordinator", "decider",
                                                   "consent_officer", "protection",  "compliance",
                                                   "custodian",       "disclosure",  "statistics"};
constexpr std::array<std::string_view, 10> seats = {"chair",    "recorder", "member", "adhoc", "advisor",
                                                    "observer", "person",   "family", "rep",   "aide"};
constexpr std::array<std::string_view, agency_type_count> agency_types = {
    "secretariat", "elderly",      "disability",  "child",     "livelihood", "public_assistance",
    "medical",     "school",       "police",      "advocacy",  "housing",    "employment",
    "outreach",    "commissioner", "watch_group", "abuse_desk"};
constexpr std::array<std::string_view, 5> authority_types = {"parent", "guardian", "curator", "assistant", "mandate"};
constexpr std::array<std::string_view, 5> consent_states = {"granted", "refused", "revoked", "asked_no_answer",
                                                            "unable"};
constexpr std::array<std::string_view, 3> methods = {"written", "electronic", "oral"};
constexpr std::array<std::string_view, 2> hows = {"paper", "oral"};
constexpr std::array<std::string_view, 2> readings = {"in_session", "from_convening"};
constexpr std::array<std::string_view, 6> order_reasons = {"role", "task", "safety", "study", "with_person", "other"};
constexpr std::array<std::string_view, 6> decision_kinds = {"new", "replan", "close", "suspend", "continue", "ratify"};
constexpr std::array<std::string_view, 3> emergency_grounds = {"life", "body", "property"};
constexpr std::array<std::string_view, 12> cell_states = {"GRANTED",
                                                          "REFUSED",
                                                          "REVOKED",
                                                          "EXPIRED",
                                                          "ENDED_MAJORITY",
                                                          "ENDED_AUTHORITY",
                                                          "ENDED_DEATH",
                                                          "ASKED_NO_ANSWER",
                                                          "UNABLE_TO_JUDGE",
                                                          "AUTHORITY_CONFLICT",
                                                          "CONSENT_NOT_COVERING",
                                                          "NO_CONSENT"};
constexpr std::array<std::string_view, 9> grounds = {"CONSENT", "LAW",    "OWN",  "SELF",     "DEIDENTIFIED",
                                                     "OFFICE",  "REBASE", "TASK", "EMERGENCY"};
constexpr std::array<std::string_view, reason_count> reasons = {"MALFORMED",
                                                                "UNKNOWN",
                                                                "PERSON_ENDED",
                                                                "DEVICE_REVOKED",
                                                                "WRONG_CASE",
                                                                "WITHDRAWN",
                                                                "ITEM_NOT_OPEN",
                                                                "NOT_ACKNOWLEDGED",
                                                                "FLOW",
                                                                "TIME_REVERSED",
                                                                "NOT_AUTHORISED",
                                                                "DUPLICATE",
                                                                "INCOMPATIBLE_ROLES",
                                                                "SEAT_NOT_ALLOWED",
                                                                "SUBJECT_MISSING",
                                                                "STALE_NOTICE",
                                                                "EVIDENCE_MISSING",
                                                                "SECOND_PERSON",
                                                                "TOO_LATE",
                                                                "CHAIR_MISSING",
                                                                "ITEM_CLOSED",
                                                                "TOO_EARLY",
                                                                "OTHER_ITEM_OPEN",
                                                                "PROTECTED_PARENT",
                                                                "REASON_MISSING",
                                                                "REVIEW_OVERDUE",
                                                                "REBASE_NOT_NEEDED",
                                                                "REBASE_PROTECTED",
                                                                "REBASE_ORIGINATOR_HOLD",
                                                                "REBASE_REFUSED",
                                                                "REBASE_REVOKED",
                                                                "REBASE_EXPIRED",
                                                                "REBASE_ENDED_MAJORITY",
                                                                "REBASE_ENDED_AUTHORITY",
                                                                "REBASE_ENDED_DEATH",
                                                                "REBASE_ASKED_NO_ANSWER",
                                                                "REBASE_UNABLE_TO_JUDGE",
                                                                "REBASE_AUTHORITY_CONFLICT",
                                                                "REBASE_CONSENT_NOT_COVERING",
                                                                "REBASE_NO_CONSENT",
                                                                "NOT_MEMBER",
                                                                "BASIS_NOT_IN_FORCE",
                                                                "RECUSED",
                                                                "PROTECTED",
                                                                "SOURCE_PROTECTED",
                                                                "ORIGINATOR_HOLD",
                                                                "WITHHELD",
                                                                "OBSERVER",
                                                                "NOT_NEEDED",
                                                                "REFUSED",
                                                                "REVOKED",
                                                                "EXPIRED",
                                                                "ENDED_MAJORITY",
                                                                "ENDED_AUTHORITY",
                                                                "ENDED_DEATH",
                                                                "ASKED_NO_ANSWER",
                                                                "UNABLE_TO_JUDGE",
                                                                "AUTHORITY_CONFLICT",
                                                                "CONSENT_NOT_COVERING",
                                                                "NO_CONSENT"};

template <class Code>
struct Names;
#define KASANE_NAMES(Code, list)             \
  template <>                                \
  struct Names<Code> {                       \
    static constexpr const auto& all = list; \
  };                                         \
  std::string_view name(Code code) { return list[static_cast<std::size_t>(code)]; }

KASANE_NAMES(Kind, kinds)
KASANE_NAMES(Category, categories)
KASANE_NAMES(RecordKind, record_kinds)
KASANE_NAMES(Role, roles)
KASANE_NAMES(Seat, seats)
KASANE_NAMES(AgencyType, agency_types)
KASANE_NAMES(AuthorityType, authority_types)
KASANE_NAMES(ConsentState, consent_states)
KASANE_NAMES(ConsentMethod, methods)
KASANE_NAMES(PresenceHow, hows)
KASANE_NAMES(Reading, readings)
KASANE_NAMES(OrderReason, order_reasons)
KASANE_NAMES(DecisionKind, decision_kinds)
KASANE_NAMES(EmergencyGround, emergency_grounds)
KASANE_NAMES(CellState, cell_states)
KASANE_NAMES(Ground, grounds)
KASANE_NAMES(Reason, reasons)
#undef KASANE_NAMES

}  // namespace

template <class Code>
std::optional<Code> code_of(std::string_view text) {
  for (std::size_t i = 0; i < Names<Code>::all.size(); ++i)
    if (Names<Code>::all[i] == text) return static_cast<Code>(i);
  return std::nullopt;
}

#define KASANE_CODE(Code)                                    \
  std::string_view name_of(Code code) { return name(code); } \
  template std::optional<Code> code_of<Code>(std::string_view);
KASANE_CODE(Kind)
KASANE_CODE(Category)
KASANE_CODE(RecordKind)
KASANE_CODE(Role)
KASANE_CODE(Seat)
KASANE_CODE(AgencyType)
KASANE_CODE(AuthorityType)
KASANE_CODE(ConsentState)
KASANE_CODE(ConsentMethod)
KASANE_CODE(PresenceHow)
KASANE_CODE(Reading)
KASANE_CODE(OrderReason)
KASANE_CODE(DecisionKind)
KASANE_CODE(EmergencyGround)
KASANE_CODE(CellState)
KASANE_CODE(Ground)
KASANE_CODE(Reason)
#undef KASANE_CODE

}  // namespace kasane::policy
