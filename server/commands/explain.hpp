#pragma once

namespace CLI {
class App;
}

namespace kasane::commands {

/// `kasane explain FILE.json --query N [--lang ja|en]`: prints the answer to the query at that place, counted from 0,
/// as a person would say it; 0, or 2 with one line on standard error where there is no such scenario or query.
void add_explain(CLI::App& program);

}  // namespace kasane::commands
