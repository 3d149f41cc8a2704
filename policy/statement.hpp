#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "policy/codes.hpp"
#include "policy/ids.hpp"
#include "policy/instant.hpp"

namespace kasane::policy {

/// A list of categories, or `*`.
struct CategoryList {
  bool all = false;
  std::vector<Category> named;
};
/// A list of agency ids and `person:<id>`, or `*`.
struct RecipientList {
  bool all = false;
  std::vector<std::string> named;
};
struct SubjectDates {
  std::optional<Instant> majority_at, own_consent_at, deceased_at;
  friend bool operator==(const SubjectDates&, const SubjectDates&) = default;
};
struct SubjectEntry {
  std::string subject;
  SubjectDates dates;
};
struct SeatEntry {
  std::string person;
  Seat seat = Seat::member;
  std::string as;  ///< a subject; empty where the seat names none
};
struct Label {
  std::vector<std::string> subjects;
  std::vector<Category> categories;
  RecordKind kind = RecordKind::FACT;
  std::string agency;
  std::string origin;                            ///< `INTAKE` or a basis code
  std::optional<std::vector<std::string>> hold;  ///< agencies; none: no hold, empty: the label's agency alone
  bool withhold_from_subject = false;
  bool deidentified = false;
  std::optional<std::vector<std::string>> parents;
};
/// A display text by language; a plain text has the empty language.
using Text = std::vector<std::pair<std::string, std::string>>;
struct BasisTexts {
  Text names, law, article, paragraph, penalty;
};

/// One statement of policy.md §3, of any kind: each kind uses the fields that its row names (`fields_of`), the rest
/// stay empty. An absent optional field is an empty string, an empty optional, or an empty list. The `body` is not
/// here: the policy does not read it.
struct Statement {
  Kind kind = Kind::ledger_heads;
  Instant at_ms = 0;        ///< ledger time
  std::string by;           ///< author
  std::string signed_with;  ///< the author's device, empty where none is named
  std::string with;         ///< the second person, whose signature stands beside the author's

  std::string tenant, person, agency, device, basis, case_id, subject, authority, holder, consent, giver, purpose,
      witness, conference, item, as, record, source, task, decision, emergency, message, request;
  std::optional<std::string> name, duty_source, evidence;
  std::optional<AgencyType> agency_type;
  std::vector<Role> roles;

  bool consent_required = false;  ///< basis.register `consent`
  bool duty = false, statutory = false, subject_may_attend = false;
  Reading reading = Reading::in_session;
  std::vector<std::string> cross_links;
  BasisTexts texts;

  std::optional<Instant> from, to, starts_at;
  std::int64_t version = 0, epoch = 0, minutes = 0;

  std::vector<SubjectEntry> subjects;  ///< case.open
  SubjectDates dates;                  ///< case.subject

  std::optional<AuthorityType> authority_type;  ///< `type`
  CategoryList categories;                      ///< authority, consent, order, emergency, matrix
  RecipientList recipients;
  std::optional<ConsentState> state;
  std::optional<ConsentMethod> method;
  std::vector<std::string> opponents;
  bool conflict = false, upheld = false, protective = false;

  std::vector<SeatEntry> seats;  ///< item.add
  std::optional<Seat> seat;      ///< item.seat; none: `none`
  std::optional<PresenceHow> how;

  std::optional<Label> label;
  std::vector<std::string> records, rests_on;
  std::optional<OrderReason> reason;  ///< record.order; none: empty
  std::optional<DecisionKind> decision_kind;
  std::optional<EmergencyGround> ground;
};

/// policy.md §1, the shape, as far as it is not in the types: ids, codes, reserved words, ranges, empty lists and
/// missing fields. What does not hold is `MALFORMED`.
bool well_formed(const Statement& statement);

}  // namespace kasane::policy
