#pragma once

namespace CLI {
class App;
}

namespace kasane::commands {

/// `kasane serve`: the server, until SIGTERM or SIGINT. Errors: its callback throws `CommandError`.
void add_serve(CLI::App& program);

}  // namespace kasane::commands
