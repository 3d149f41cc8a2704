#pragma once

#include <string_view>

namespace kasane {

/// Tells the service manager how things stand (sd_notify(3): `READY=1`, `STOPPING=1`, `WATCHDOG=1`); nothing where
/// there is none. The protocol is one datagram, so no library is needed.
void notify_service_manager(std::string_view state);

}  // namespace kasane
