#pragma once

#include <rapidcheck.h>

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "policy/action.hpp"
#include "policy/world.hpp"

/// Ledgers drawn for the laws of policy.md §11, and shrunk: of one that breaks a law, statements are taken out as long
/// as what is left still breaks it; then what is left is printed.
namespace kasane::tests {

/// A ledger that could be, as a list of statements; those that others no longer bear are left out when it is told.
struct Drawn {
  std::vector<policy::Statement> said;
  policy::Instant now = 0;
};
std::ostream& operator<<(std::ostream& out, const Drawn& drawn);
rc::Gen<Drawn> drawn_ledger(int tries = 160);

/// Such a ledger told to a World, and the names that are worth asking about.
struct Told {
  explicit Told(const Drawn& drawn);
  policy::World world;
  std::vector<policy::Statement> ledger;  ///< accepted
  policy::Instant now = 0;
  std::vector<std::string> persons, records, items, cases;
  std::vector<std::string> places;  ///< none (the desk), then the items

  policy::Decision see(const std::string& person, const std::string& record, const std::string& item) const {
    return policy::see(world, {record, person, {}, item}, now);
  }
};

/// `person about record at item`, and what the decision says.
std::string words(const std::string& person, const std::string& record, const std::string& item,
                  const policy::Decision& decision);

/// Whether the law holds of so many ledgers (of twenty times as many by night): `property` fails with RC_FAIL or
/// RC_ASSERT. Prints the smallest ledger found that breaks it.
bool always(const char* law, int ledgers, const std::function<void(const Told&)>& property);

/// Visits every (person, record, place).
template <class Visit>
void each_question(const Told& told, Visit visit) {
  for (const auto& person : told.persons)
    for (const auto& record : told.records)
      for (const auto& place : told.places) visit(person, record, place);
}

}  // namespace kasane::tests
