#pragma once

#include <string>

namespace CLI {
class App;
}

namespace kasane::commands {

/// `kasane decide FILE.json [--pretty]` (policy.md §10): prints the answers; 0, or 2 with one line on standard error
/// where the file cannot be read or is no scenario.
int decide(const std::string& path, bool pretty);
void add_decide(CLI::App& program);

}  // namespace kasane::commands
