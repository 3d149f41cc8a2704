#pragma once

#include <catch2/catch.hpp>
#include <initializer_list>

#include "tests/policy/town.hpp"

namespace kasane::tests {

/// The town of `Town::founded` with item g1 open.
inline Town in_session() {
  Town town = Town::founded();
  town.at("2026-07-08T05:00:00Z");
  town.says(R"({"kind":"item.open","by":"aki","item":"g1"})");
  return town;
}

struct Refusal {
  const char* sentence;
  const char* statement;
  const char* reason;
};

/// A section each: the town would refuse the statement, for this reason.
inline void refuse(const Town& town, std::initializer_list<Refusal> refusals) {
  for (const auto& one : refusals) DYNAMIC_SECTION(one.sentence) {
      CHECK(town.would(one.statement) == one.reason);
    }
}

}  // namespace kasane::tests
