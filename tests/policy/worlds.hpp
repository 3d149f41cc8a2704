#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "policy/world.hpp"

namespace kasane::tests {

/// Every small world (policy.md §11): the viewer `vera` and the author `waka`, two agencies, one case `c` of one
/// subject `s`, one item `g`, one record `r`. What varies is a list of aspects in ledger order, each a list of choices.
/// The first aspects multiply out; the turns (a notice, a conflict, an order, a task, …) come one or two at a time.
class Worlds {
 public:
  /// What stays while an aspect's choice is taken.
  struct Facts {
    std::string basis, seat, chair, category, origin;
    bool opened = false;
  };
  struct Choice {
    std::string name;
    /// Statements without `at`, in order; none where the choice would say nothing new here.
    std::function<std::optional<std::vector<std::string>>(Facts&)> says;
    bool common = true;  ///< stands in the smaller product that the turns are tried on
  };
  struct Aspect {
    std::string name;
    policy::Instant at = 0;
    bool is_turn = false;  ///< its first choice says nothing
    std::vector<Choice> choices;
  };
  struct Bounds {
    int turns_on_all = 0;     ///< so many turns at once are tried on the whole product
    int turns_on_common = 1;  ///< so many on the smaller one
  };
  struct Small {
    const policy::World& world;
    const std::vector<const policy::Statement*>& ledger;
    const Facts& facts;
    policy::Instant at;
    const std::vector<const std::string*>& names;  ///< of the choices taken
    std::string name() const;
  };

  Worlds();
  /// Visits each world that can be; one of which a statement is refused cannot.
  void each(const Bounds& bounds, const std::function<void(const Small&)>& visit);

  std::size_t possible = 0, impossible = 0;    ///< of the last `each`
  std::map<std::string, std::size_t> refused;  ///< of the last `each`: why those cannot be
  const std::vector<Aspect>& aspects() const { return aspects_; }

 private:
  void descend(std::size_t aspect, const policy::World& world, const Facts& facts, int turns, bool common);
  const policy::Statement& read(const std::string& text, policy::Instant at);

  std::vector<Aspect> aspects_;
  std::map<std::string, policy::Statement> texts_;
  std::vector<const policy::Statement*> ledger_;
  std::vector<const std::string*> names_;
  Bounds bounds_;
  std::function<void(const Small&)> visit_;
};

/// The aspects, in ledger order.
std::vector<Worlds::Aspect> small_aspects();
/// What every small world begins with.
std::vector<std::string> small_beginning();
/// When the small worlds are asked.
policy::Instant small_now();

}  // namespace kasane::tests
