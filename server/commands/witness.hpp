#pragma once

namespace CLI {
class App;
}

namespace kasane::commands {

/// `kasane witness`: cosigns other logs' checkpoints (C2SP tlog-witness), until SIGTERM or SIGINT.
/// Errors: its callback throws `CommandError`.
void add_witness(CLI::App& program);

}  // namespace kasane::commands
