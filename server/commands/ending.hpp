#pragma once

#include <csignal>

namespace kasane::commands {

/// SIGTERM and SIGINT, which end a service, blocked; SIGPIPE ignored. They are waited for, not handled: no code of ours
/// runs inside a signal. Requires: before any other thread is started, which inherits the mask.
sigset_t block_signals();

}  // namespace kasane::commands
