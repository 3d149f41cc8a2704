#pragma once

#include <optional>

#include "policy/action.hpp"
#include "server/wire/query.hpp"

namespace kasane::wire {

/// `{outcome, ground|reason, hidden, until, cites, obligations}` (policy.md §4).
Json write_decision(const policy::Decision& decision);
/// What a malformed query answers (policy.md §10).
Json malformed_answer();
/// Requires: the World is the fold of the entries up to `query.at`.
Json answer(const policy::World& world, const Query& query);

}  // namespace kasane::wire
