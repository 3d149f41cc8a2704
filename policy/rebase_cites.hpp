#pragma once

#include <optional>
#include <span>
#include <vector>

#include "policy/consent_cell.hpp"
#include "policy/verdict.hpp"

/// What a claim of REBASE stands on (policy.md §4, §5, §7).
namespace kasane::policy {

struct RebaseGrounds {
  /// An agency of which not every cell is granted, and the statements that took its last professional seat.
  struct Left {
    AgencyId agency;
    Small<Index, 4> moves;
  };
  std::vector<Recipient> recipients;  ///< of whom every cell is granted
  std::vector<Left> left;
  Small<Index, 4> unlearned;  ///< registrations, each of which says why the record does not flow; empty: none is needed
  bool of_the_target = false;  ///< one of them is of the item's basis: then what ships of it does not stand
};
RebaseGrounds rebase_grounds(const World& world, const Question& question, ItemId item, Moment& moment);

/// The version that decided, when the record was shared, whether its origin asked for consent: in force then, or ended
/// without another. `alone`: had of all registrations only this one been made. Null: none.
const BasisVersion* said_when_shared(const World& world, const Record& record, std::optional<Index> alone = {});

/// Whether the cited grants alone give this agency every cell of the record and its ancestors.
bool granted_by(const World& world, RecordId record, AgencyId agency, std::span<const Index> cited, Moment& moment);

/// Items that the record, or one above it, was shared at, and to which this chair could rebase it as far as the chair
/// and the basis go. They are there wherever the record is, so a claim by one of them stands on less than by another
/// item.
std::vector<ItemId> items_of_the_line(const World& world, const Question& question, Moment& moment);

}  // namespace kasane::policy
