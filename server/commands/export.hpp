#pragma once

namespace CLI {
class App;
}

namespace kasane::commands {

/// `kasane export`: writes a bundle, and first that it was made. Errors: its callback throws `CommandError`.
void add_export(CLI::App& program);

}  // namespace kasane::commands
