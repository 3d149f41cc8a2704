#pragma once

#include <optional>

#include "policy/small.hpp"
#include "policy/world.hpp"

/// policy.md §8: the state of one (case, subject, category, recipient, purpose) at an instant.
namespace kasane::policy {

/// An agency, or a person in a private seat. One of the two is known.
struct Recipient {
  AgencyId agency;
  PersonId person;
};

struct CellQuestion {
  CaseId in_case;
  SubjectId subject;
  Category category = Category::ID;
  Recipient recipient;
  PurposeId purpose;
};
struct CellAnswer {
  CellState state = CellState::NO_CONSENT;
  Index index = no_index;  ///< the statement that gives the state
};
CellAnswer consent_cell(const World& world, const CellQuestion& question, Moment& moment);

/// A grant in force, as a permit cites it.
struct Grant {
  Index index = no_index;
  Index authority = no_index;  ///< of the authority that gave it; none: the subject did
  bool by_parent = false;
};
using Grants = Small<Grant, 4>;
/// Those that cover the cell, in ledger order; none unless the cell is GRANTED.
Grants grants_in_force(const World& world, const CellQuestion& question, Moment& moment);
/// Whether the statement of that index, were nothing else said of the cell, would make it GRANTED.
bool would_grant(const World& world, Index statement, const CellQuestion& question, Moment& moment);

}  // namespace kasane::policy
