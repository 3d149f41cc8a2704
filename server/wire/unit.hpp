#pragma once

#include <string>

#include "policy/world.hpp"
#include "server/wire/payload.hpp"

namespace kasane::wire {

/// The printed name of the unit that the statement belongs to in this World, e.g. `notice/k-7/SWA106_6/dan`.
std::string unit_name(const policy::World& world, const policy::Statement& statement);
/// Is the payload's `unit` what everybody recomputes? A mismatch is refused.
bool unit_holds(const policy::World& world, const Payload& payload);

}  // namespace kasane::wire
