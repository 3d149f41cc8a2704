#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/world.hpp"
#include "server/wire/json.hpp"

namespace kasane::wire {

inline constexpr std::size_t scenario_bytes_max = 256U << 20U;
inline constexpr std::size_t scenario_values_max = 16U << 20U;

/// A scenario file (policy.md §10), its statements taken in.
class Scenario {
 public:
  struct Rejected {
    policy::Index index = 0;
    policy::Reason reason = policy::Reason::MALFORMED;
  };
  /// Errors: none where the text is no scenario, with one clear line in `why`.
  static std::optional<Scenario> read(std::string_view text, std::string* why);

  const Json& queries() const { return *json_.find("queries"); }
  const std::vector<Rejected>& rejected() const { return rejected_; }
  /// Folds what a query at this instant sees (policy.md §1) into the World,
  /// from the `next`-th accepted statement on, which it moves. Requires:
  /// instants that do not decrease.
  void fold(policy::World& world, policy::Instant at, std::size_t& next) const;
  /// The statement at this place, none where it is malformed or there is none.
  std::optional<policy::Statement> statement(policy::Index index) const;

 private:
  /// Accepted statements are kept by their place and read once more: read, one
  /// takes more room than its text.
  struct Accepted {
    policy::Instant at_ms = 0;
    policy::Index index = 0;
  };
  Json json_;
  std::vector<Accepted> accepted_;
  std::vector<Rejected> rejected_;
};

/// `{title, statements, queries, …}` to `{"rejected":[…],"answers":[…]}`, the
/// same bytes here and in the browser. Errors: none where the text is no
/// scenario, with one clear line in `why`.
std::optional<std::string> decide_scenario(std::string_view text, bool pretty, std::string* why);

}  // namespace kasane::wire
