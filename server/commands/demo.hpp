#pragma once

namespace CLI {
class App;
}

namespace kasane::commands {

/// `kasane demo`: makes the demo town 架空市 where there is none, convenes a sitting where none is open, prints an
/// address for each persona and serves. Errors: its callback throws `CommandError`.
void add_demo(CLI::App& program);

}  // namespace kasane::commands
