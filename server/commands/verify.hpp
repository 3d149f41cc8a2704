#pragma once

namespace CLI {
class App;
}

namespace kasane::commands {

/// `kasane verify`: checks a data folder or a bundle against the rules and against itself. Reads, never writes.
/// Errors: its callback throws `CommandError`, with `broken_data` where something does not hold.
void add_verify(CLI::App& program);

}  // namespace kasane::commands
