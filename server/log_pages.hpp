#pragma once

#include "server/conference/engine.hpp"
#include "server/net/head.hpp"

namespace kasane {

/// `/checkpoint` and `/tile/…`: what anybody may fetch of the log (FORMAT.md "Over HTTP").
bool is_log_page(const net::Head& head);
/// The newest checkpoint, with the quorum's cosignatures where witnesses are asked, or a hash tile. Entry bundles show
/// each unit's rhythm: 403 (design.md §3). Requires: `is_log_page`. Thread: any.
net::Reply log_page(const net::Head& head, const conference::Engine& engine);

}  // namespace kasane
