#pragma once

#include <string>
#include <vector>

#include "policy/action.hpp"
#include "tests/policy/oracle/oracle.hpp"

namespace kasane::tests {

/// The whole of a ledger as the oracle reads it.
oracle::Ledger as_said(const std::vector<policy::Statement>& accepted);

/// What the product answers, in the oracle's words.
oracle::Verdict in_words(const policy::Decision& decision);
std::string print(const oracle::Verdict& verdict);

/// Empty where product and oracle give the same verdict and the same `until`; else what each says.
std::string difference(const policy::World& world, const oracle::Ledger& ledger, const oracle::Question& question,
                       policy::Instant at);
/// The same, without `until`.
std::string difference_now(const policy::World& world, const oracle::Ledger& ledger, const oracle::Question& question,
                           policy::Instant at);

}  // namespace kasane::tests
