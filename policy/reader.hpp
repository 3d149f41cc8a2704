#pragma once

#include "policy/unit.hpp"
#include "policy/world.hpp"

namespace kasane::policy {

/// policy.md §12's table, a function a row, for one person at one instant.
class Reader {
 public:
  Reader(const World& world, PersonId who, Moment& moment) : w_(world), who_(who), moment_(moment) {}

  bool unit(const UnitKey& unit);
  bool household_case(CaseId id);
  bool subject(SubjectId id);
  bool emergency(EmergencyId id);
  bool conference(ConferenceId id);
  bool notice(ConferenceId id, BasisId basis, PersonId person);
  bool item(ItemId id);
  bool work(ItemId id);
  bool order(ItemId id, PersonId person);
  bool record(RecordId id);
  bool access(RecordId id, PersonId person);

 private:
  bool role(Role role) const;
  bool professional(ItemId item) const;
  /// Not hidden at the desk, or at an item, not closed, where the person sits (only in private seats, if so asked).
  bool shown(RecordId id, bool desk, bool private_only);

  const World& w_;
  PersonId who_;
  Moment& moment_;
};

}  // namespace kasane::policy
