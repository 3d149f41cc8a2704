#pragma once

#include <string>
#include <vector>

#include "policy/world.hpp"

namespace kasane::policy {

/// What each statement changes. Nothing is asked here: the statement was checked, or counts as accepted in a partial
/// fold, where what it refers to may not be here and gets a row that is not `defined`.
class Apply {
 public:
  Apply(World& world, const Statement& statement, Index index) : w(world), s(statement), index_(index) {}

  // A function for a folder of kinds (apply_*.cpp); `kinds.cpp` says which is whose.
  void directory();
  void household();
  void consent();
  void protect();
  void conference();
  void item();
  void notice();
  void record();
  void work();
  void emergency();
  void recording();

 private:
  void seats_added();
  void seat_changed();
  void number_label(RecordId id);

  Item& edit_item() { return w.items.edit(w.items.intern(s.item)); }
  void state(ItemId id, ItemState to) {
    Item& row = w.items.edit(id);
    row.state = to;
    row.state_index = index_;
  }
  template <class Tag, class Row>
  std::vector<Id<Tag>> intern(Table<Tag, Row>& table, const std::vector<std::string>& names) {
    std::vector<Id<Tag>> ids;
    ids.reserve(names.size());
    for (const auto& name : names) ids.push_back(table.intern(name));
    return ids;
  }

  World& w;
  const Statement& s;
  Index index_;
};

}  // namespace kasane::policy
