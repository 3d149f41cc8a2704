#pragma once

#include <cstdint>
#include <vector>

#include "policy/ids.hpp"
#include "policy/unit.hpp"

namespace kasane::policy {

using Index = std::int64_t;

/// A unit by the rows of what it names, in the order of its printed name: a subject, a case, an emergency, a
/// conference (then a basis and a person), an item or a record (then perhaps a person), or a person.
struct UnitKey {
  UnitKind kind = UnitKind::directory;
  std::uint32_t a = Id<void>::none, b = Id<void>::none, c = Id<void>::none;
};
/// A unit that has entries.
struct UnitRow {
  UnitKey key;
  std::vector<Index> entries;
};

/// The units that belong to one row of a table, each known once it has an entry: those that only the row names, and
/// those that name a person besides (a notice: a basis and a person).
struct UnitsOf {
  struct Further {
    UnitKind kind = UnitKind::directory;
    std::uint32_t b = Id<void>::none, c = Id<void>::none;
    UnitId unit;
  };
  UnitId own;                    ///< subject, case, emergency, conference, item, record; of a person: audit
  UnitId work;                   ///< of an item
  std::vector<Further> further;  ///< notices, orders, accesses, denials
};

}  // namespace kasane::policy
