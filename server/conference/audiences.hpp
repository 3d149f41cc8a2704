#pragma once

#include <optional>
#include <set>
#include <span>
#include <vector>

#include "policy/readers.hpp"
#include "server/log/units.hpp"

namespace kasane::conference {

/// Who reads each unit (policy.md §12), kept between batches and reckoned again only where a batch touched what it
/// rests on, or time did. Thread: the ledger's.
class Audiences {
 public:
  /// By row, ascending. Reckoned now if it was not known.
  const std::vector<policy::PersonId>& of(const policy::World& world, const log::Units& units, log::UnitNumber unit,
                                          policy::Instant at);
  bool reads(const policy::World& world, const log::Units& units, log::UnitNumber unit, policy::PersonId person,
             policy::Instant at);

  struct Change {
    log::UnitNumber unit = 0;
    std::vector<policy::PersonId> opened, closed;
  };
  /// Reckons these anew; what was not known before counts as no change.
  std::vector<Change> renew(const policy::World& world, const log::Units& units,
                            std::span<const log::UnitNumber> touched, policy::Instant at);
  /// Units whose readers time alone may have changed by now.
  std::vector<log::UnitNumber> due(policy::Instant at) const;
  std::optional<policy::Instant> next_due() const;
  /// Nobody is listening: forget, so that the next listener's feed reckons what it needs.
  void forget();

 private:
  struct Audience {
    bool known = false;
    std::vector<policy::PersonId> persons;
    std::optional<policy::Instant> until;
  };
  Audience& reckon(const policy::World& world, const log::Units& units, log::UnitNumber unit, policy::Instant at);
  std::vector<Audience> audiences_;  // by unit number
  std::set<std::pair<policy::Instant, log::UnitNumber>> untils_;
};

/// The units that a batch of state-changing statements may have opened or closed, by number, ascending.
std::vector<log::UnitNumber> touched_units(const policy::World& world, const log::Units& units,
                                           std::span<const policy::Statement> batch);

}  // namespace kasane::conference
