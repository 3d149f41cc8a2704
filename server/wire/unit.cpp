#include "server/wire/unit.hpp"

#include "policy/readers.hpp"

namespace kasane::wire {

std::string unit_name(const policy::World& world, const policy::Statement& statement) {
  return policy::unit_of(world, statement).name();
}

bool unit_holds(const policy::World& world, const Payload& payload) {
  return unit_name(world, payload.statement) == payload.unit;
}

}  // namespace kasane::wire
