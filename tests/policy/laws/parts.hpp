#pragma once

#include <set>
#include <span>

#include "tests/policy/laws/drawn.hpp"

/// Parts of a ledger, for laws 8 and 12 of policy.md §11.
namespace kasane::tests {

/// As it would stand in the ledger: a rebase with its case and label, which a scenario may leave out.
policy::Statement as_in_ledger(const policy::World& whole, policy::Statement statement);

/// The fold of what this person may read now (policy.md §12).
policy::World part_of(const Told& told, const std::string& reader);

/// The cited statements and, transitively, the definitions of what they refer to.
std::set<policy::Index> closure(const std::vector<policy::Statement>& ledger, std::span<const policy::Index> cites);
policy::World fold(const std::vector<policy::Statement>& ledger, const std::set<policy::Index>& indices);

/// The whole without the facts that the server alone enforces (policy.md §12, last paragraph): seats at items that the
/// reader does not read, and authorities for who is no subject of a case that they read.
policy::World without_the_servers_facts(const Told& told, const std::string& reader);

}  // namespace kasane::tests
