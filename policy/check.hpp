#pragma once

#include <optional>
#include <string_view>

#include "policy/fields.hpp"
#include "policy/verdict.hpp"
#include "policy/world.hpp"

namespace kasane::policy {

/// policy.md §3: whether a statement may be appended, in the order of §1: shape, time, author and device, references,
/// duplicates, authority, then the row's own reasons as written.
class Check {
 public:
  using Result = std::optional<Reason>;
  Check(const World& world, const Statement& statement) : w(world), s(statement), moment(statement.at_ms) {}
  Result run();

  // The rows, a function for a folder of kinds (check_*.cpp); `kinds.cpp` says which is whose.
  Result directory();
  Result household();
  Result consent();
  Result protect();
  Result conference();
  Result item();
  Result notice();
  Result share();
  Result record();
  Result rebase();
  Result work();
  Result confirm();
  Result emergency();
  Result recording();
  Result by_server();

 private:
  // Before the row.
  Result author();
  Result device_of_author();
  bool known(Field field, const std::string& name) const;
  Result references();
  Result labels();
  Result people_and_places();
  Result records();
  Result record_reference(const std::string& name);
  Result duplicate();

  // Parts of the rows.
  Result seat_reason(const Item* item, BasisId basis, const SeatEntry& entry);
  Result share_parents(CaseId in_case);
  Result talk(ItemId item, bool private_seats);

  // Words of the table's last column.
  bool role(Role role) const { return w.has_role(by, role); }
  bool any_role(std::initializer_list<Role> roles) const;
  bool coordinator() const { return role(Role::coordinator); }
  bool professional(ItemId item, PersonId person) const;
  bool professional_in_case(CaseId in_case, bool open_only) const;
  bool second_person(PersonId not_this, std::initializer_list<Role> roles) const;
  const Seated* my_seat(ItemId item) const { return w.seat(item, by); }
  bool chairs(ItemId item) const { return w.is_chair(item, by); }
  bool chairs_or_records(ItemId item) const;
  std::optional<std::int64_t> newest_notice(BasisId basis) const;
  CaseId case_id() const { return w.cases.find_defined(s.case_id); }
  ItemId item_id() const { return w.items.find_defined(s.item); }
  PersonId person_id() const { return w.persons.find_defined(s.person); }
  RecordId record_id() const { return w.records.find_defined(s.record); }

  const World& w;
  const Statement& s;
  Moment moment;
  PersonId by;
  bool server = false;
};

}  // namespace kasane::policy
