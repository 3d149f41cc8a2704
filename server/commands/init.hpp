#pragma once

namespace CLI {
class App;
}

namespace kasane::commands {

/// `kasane init`: founds a ledger (design.md §3 "Bootstrap"). Errors: its callback throws `CommandError`, and then
/// nothing of it is left in the folder.
void add_init(CLI::App& program);

}  // namespace kasane::commands
