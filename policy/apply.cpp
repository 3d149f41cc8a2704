#include "policy/apply.hpp"

#include <algorithm>

#include "policy/kinds.hpp"
#include "policy/readers.hpp"

namespace kasane::policy {

void World::apply(const Statement& statement, Index index) {
  Apply applying(*this, statement, index);
  (applying.*row_of(statement.kind).apply)();
  clock_ = clock_ ? std::max(*clock_, statement.at_ms) : statement.at_ms;
  next_index_ = index + 1;
  const Unit unit = unit_of(*this, statement);
  const auto id = units.intern(unit.name());
  UnitRow& row = units.edit(id);
  if (!row.defined) {
    row.defined = true;
    row.unit = unit;
  }
  row.entries.push_back(index);
}

}  // namespace kasane::policy
