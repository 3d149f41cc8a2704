#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/world.hpp"
#include "server/wire/json.hpp"

namespace kasane::tests {

/// A small town's ledger to try things on. Statements and questions are written as they stand in scenario files,
/// without `at`: the town's own clock gives it.
class Town {
 public:
  /// Founded, with agencies and people of every role, a household of two, one conference with an item of each basis,
  /// and a record at each. Nothing is opened, no notice is published.
  static Town founded();
  /// Only the defaults that ship.
  Town() = default;

  Town& at(std::string_view instant);
  /// Says it and gives the reason of the rejection, empty where it was accepted.
  std::string say(std::string_view statement);
  /// The same, tried without saying it.
  std::string would(std::string_view statement) const;
  /// Requires: it is accepted.
  Town& says(std::string_view statement);
  wire::Json ask(std::string_view query) const;
  /// Of a `see`: its ground or its reason, with ` hidden` after it where it is.
  std::string sees(std::string_view who, std::string_view record, std::string_view item = {}) const;

  const policy::World& world() const { return world_; }
  const std::vector<policy::Statement>& accepted() const { return accepted_; }
  policy::Instant now() const { return at_; }

 private:
  policy::World world_;
  policy::Instant at_ = 0;
  std::vector<policy::Statement> accepted_;
};

/// A hypothetical statement from its text. Requires: it is well formed.
policy::Statement statement_of(std::string_view text);

/// A text member of an answer, empty where there is none.
std::string text_of(const wire::Json& answer, std::string_view member);

}  // namespace kasane::tests
