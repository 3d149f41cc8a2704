#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/statement.hpp"
#include "policy/unit.hpp"
#include "policy/world.hpp"

/// policy.md §12: which unit an entry belongs to, and who reads it.
namespace kasane::policy {

/// The unit of a statement in this World. What it refers to is looked up here (the item of a task, the subject of an
/// authority): ask before or after it is applied, but after what it refers to. What is not held leaves the name empty,
/// and such a statement is never accepted.
Unit unit_of(const World& world, const Statement& statement);

bool may_read(const World& world, std::string_view person, const Unit& unit, Instant at);

struct Readers {
  std::vector<std::string> persons;  ///< by id
  std::optional<Instant> until;      ///< first instant at which time alone may change them
};
Readers readers(const World& world, const Unit& unit, Instant at);

/// Recused for a case (policy.md §12): a conflict with any of its subjects, or a declared one there.
bool recused(const World& world, CaseId in_case, PersonId person);

/// Units whose readers a batch of applied statements may have changed. `everything`: any unit, for any person.
/// Conservative: it may name units that did not change, never leaves one out. `world` is the World after the batch.
struct Touched {
  bool everything = false;
  std::vector<CaseId> cases;  ///< all units of these cases: their subjects', items', records', conferences', …
  std::vector<Unit> units;    ///< besides, these
};
Touched touched(const World& world, std::span<const Statement> batch);
/// All units with an entry that belong to the case, those of its subjects and conferences included.
std::vector<Unit> units_of(const World& world, CaseId in_case);

}  // namespace kasane::policy
