#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/decision.hpp"
#include "policy/statement.hpp"
#include "policy/world.hpp"

/// The questions of policy.md §4, §9 and §12. Each is a pure function of the World and the instant. Ids are texts,
/// since a question may name what does not exist. Requires of all: the World is the fold of the entries up to `at`.
namespace kasane::policy {

struct Ask {
  std::string_view record, who;
  std::string_view device, item;  ///< empty: none named
};
Decision see(const World& world, const Ask& ask, Instant at);

struct Listed {
  std::string_view record;  ///< the World's own
  Decision decision;
};
/// Every record that is not hidden from this person, in order of definition.
std::vector<Listed> list(const World& world, std::string_view person, std::string_view item, std::string_view device,
                         Instant at);

struct SeatedDecision {
  std::string person;
  Seat seat = Seat::member;
  Decision decision;
};
/// Every person seated, by id. `once_open`: as if the item, unless closed, were open and the notice acknowledged by
/// each.
std::vector<SeatedDecision> who(const World& world, std::string_view record, std::string_view item, bool once_open,
                                Instant at);

struct Cell {
  Category category = Category::ID;
  std::string recipient;
  CellState state = CellState::NO_CONSENT;
  std::optional<Index> index;
};
std::vector<Cell> consents(const World& world, std::string_view in_case, std::string_view subject,
                           std::string_view purpose, Instant at);

/// A hypothetical statement, or none where its text had not even the shape.
using Supposed = std::optional<Statement>;
struct Rejected {
  std::size_t index = 0;
  Reason reason = Reason::MALFORMED;
};
/// The World with the statements added, each taken at `at`; those rejected are left out and listed.
World suppose(const World& world, std::span<const Supposed> statements, Instant at, std::vector<Rejected>* rejected);

struct Flip {
  std::string item, person, record;
  Decision before, after;
  bool opened = false;  ///< the key has been released to this person
};
struct WhatIf {
  std::vector<Rejected> rejected;
  std::vector<Flip> flips;
};
WhatIf what_if(const World& world, std::span<const Supposed> statements, std::string_view item, Instant at);

/// None: accepted.
std::optional<Reason> may(const World& world, const Supposed& statement, Instant at);

/// For whom keys of the record may be made ready, by id.
std::vector<std::string> wrap(const World& world, std::string_view record, Instant at);
/// Who may hold the keys of the talk at the item, by id.
std::vector<std::string> epoch(const World& world, std::string_view item, Instant at);
/// What a screen that all `present` can see may show, in order of definition.
std::vector<std::string> room(const World& world, std::string_view item, std::span<const std::string> present,
                              Instant at);
/// Ledger indices of the entries that the person may read, ascending.
std::vector<Index> entries(const World& world, std::string_view person, Instant at);

}  // namespace kasane::policy
