#pragma once

#include <stdexcept>
#include <string>

namespace kasane {

/// How a command ends, after sysexits.h; printed by `kasane --help`. 74 (a COMMIT failed) is the conference's own.
enum class Exit : int {
  done = 0,
  usage = 64,        // the command line
  broken_data = 65,  // a data folder that does not add up, or is of a newer program
  no_data = 66,      // no data folder, or one that `init` never saw
  unavailable = 69,  // the address or port cannot be listened on
  internal = 70,
  cannot_write = 73,  // the data folder cannot be made or written
  config = 78,        // it must not be served so: no TLS, no web client
};

/// A command that cannot go on; `what()` is the one line that the operator reads.
struct CommandError : std::runtime_error {
  CommandError(Exit status_, const std::string& line) : std::runtime_error(line), status(status_) {}
  Exit status;
};

}  // namespace kasane
