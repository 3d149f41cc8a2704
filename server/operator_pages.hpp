#pragma once

#include "server/conference/engine.hpp"
#include "server/net/front.hpp"
#include "server/witnesses.hpp"

namespace kasane {

/// `/livez`, `/readyz` and `/metrics`, for the listener that is on loopback alone: counts and states, never an id.
/// `witnesses`: null where none are asked.
/// Thread: any, at the same time.
[[nodiscard]] net::Reply operator_page(const net::Head& head, const conference::Engine& engine, const net::Front& front,
                                       const Witnesses* witnesses);

}  // namespace kasane
