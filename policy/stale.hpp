#pragma once

#include <cstdint>
#include <vector>

#include "policy/statement.hpp"
#include "policy/unit.hpp"
#include "policy/world.hpp"

/// design.md §3, "Order without contention": what a statement does to others' access, so that nobody widens on the
/// strength of a ledger that has since been narrowed.
namespace kasane::policy {

struct Effect {
  bool narrows = false, widens = false;
};
/// Of this statement in this World, asked before it is applied (a seat given or changed, a conflict set or undone).
Effect effect_of(const World& world, const Statement& statement);

/// Would it give somebody access, or a key? What widens, and what carries keys (design.md §3 "Freshness": wrap, epoch,
/// rebase). Asked in the World before it.
bool extends_access(const World& world, const Statement& statement);

/// The units that the statement rests on: its own, its item's, its case's, that case's subjects', the directory. It is
/// `STALE` if it widens and a narrowing entry stands at or after `seen.size` in one of them.
std::vector<Unit> rests_on(const World& world, const Statement& statement);

/// How old `signed_at` may be at the ledger time: 24 hours for what only narrows or carries a second signature, else
/// two minutes.
Instant allowed_age_ms(const World& world, const Statement& statement);

}  // namespace kasane::policy
