#pragma once

#include <vector>

#include "policy/entities.hpp"

namespace kasane::policy {

struct LawBasis;
/// The `basis.register` that a row of policy/law stands for, without author and time.
Statement registration(const LawBasis& row);

/// The bases that are in force from the start, as the statements that would register them.
const std::vector<Statement>& shipped_bases();

/// The default need-to-know by agency type (policy.md §6).
Categories shipped_needs(AgencyType type);

}  // namespace kasane::policy
