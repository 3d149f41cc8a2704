#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "policy/action.hpp"
#include "server/wire/json.hpp"

namespace kasane::wire {

/// The queries of policy.md §4, §9 and §12 as they stand in scenario files and in the browser's door.
struct See {
  std::string record, who, device, item;
};
struct List {
  std::string person, item, device;
};
struct Who {
  std::string record, item;
  bool once_open = false;
  std::vector<policy::Supposed> with;
};
struct Consents {
  std::string subject, in_case, purpose;
};
struct WhatIf {
  std::vector<policy::Supposed> statements;
  std::string item;
};
struct May {
  policy::Supposed statement;
};
struct Wrap {
  std::string record;
  std::vector<policy::Supposed> with;
};
struct Epoch {
  std::string item;
  std::vector<policy::Supposed> with;
};
struct Room {
  std::string item;
  std::vector<std::string> present;
};
struct Entries {
  std::string person;
};
/// Not of policy.md: what a screen shows of the whole fold (`wire/snapshot`).
struct Snapshot {
  std::string person;
};

struct Query {
  policy::Instant at = 0;
  std::variant<See, List, Who, Consents, WhatIf, May, Wrap, Epoch, Room, Entries, Snapshot> ask;
};

/// Errors: none for a malformed query of whatever sort.
std::optional<Query> read_query(const Json& value);

}  // namespace kasane::wire
