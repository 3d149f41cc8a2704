#pragma once

#include <optional>
#include <string>
#include <vector>

#include "policy/codes.hpp"
#include "policy/statement.hpp"

/// A second reading of policy.md, slow and obvious: every question runs through all that was ever said, nothing is kept
/// between two questions, and nothing of the product but the form of its input and the names of the codes is used.
/// Written from the text alone. Where it and the product differ, one of them does not do what policy.md says.
namespace kasane::oracle {

using policy::Category;
using policy::Instant;
using policy::Reason;
using policy::Statement;

/// The accepted statements that the question sees, in ledger order.
using Ledger = std::vector<const Statement*>;

struct Question {
  std::string record, who;
  std::string device = {}, item = {};  ///< empty: none named
};

/// What `see` answers, but for the citations.
struct Verdict {
  bool permit = false, hidden = true;
  std::string word;         ///< the ground of a permit, the reason of a denial
  std::string obligations;  ///< in alphabetical order, a space between
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// policy.md §4 and §5.
Verdict see(const Ledger& ledger, const Question& question, Instant at);
/// The first instant after `at` at which time alone changes the verdict.
std::optional<Instant> until(const Ledger& ledger, const Question& question, Instant at);

/// One cell of policy.md §8.
struct Cell {
  std::string in_case, subject;
  Category category = Category::ID;
  std::string recipient, purpose = "support";
};
/// Its state, as it is written.
std::string state(const Ledger& ledger, const Cell& cell, Instant at);

/// Why this person may not rebase the record to the item (policy.md §7); empty: they may.
std::string rebase_stop(const Ledger& ledger, const std::string& chair, const std::string& source,
                        const std::string& item, Instant at);

/// policy.md §9.
std::vector<std::string> wrap(const Ledger& ledger, const std::string& record, Instant at);
std::vector<std::string> epoch(const Ledger& ledger, const std::string& item, Instant at);

/// policy.md §3, the last column: `NOT_AUTHORISED` or `SECOND_PERSON`, as far as it is who the author, and a second
/// person, are; empty: they may. Requires: all that the statement names is there, and the author not ended.
std::string authority_stop(const Ledger& ledger, const Statement& statement, Instant at);

/// policy.md §12: places in the ledger of the entries that this person reads.
std::vector<std::size_t> entries(const Ledger& ledger, const std::string& person, Instant at);
/// Whether this person reads the case, and so its entries.
bool reads_case(const Ledger& ledger, const std::string& person, const std::string& in_case, Instant at);

}  // namespace kasane::oracle
