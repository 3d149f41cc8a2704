#pragma once

#include <cstdint>
#include <functional>

namespace CLI {
class App;
}

namespace kasane {
struct ServeConfig;
}

namespace kasane::commands {

/// Until SIGTERM or SIGINT. `listening` is told the port once pages are served. Errors: `CommandError`.
void serve(const ServeConfig& config, const std::function<void(std::uint16_t port)>& listening = {});

/// `kasane serve`: the server, until SIGTERM or SIGINT. Errors: its callback throws `CommandError`.
void add_serve(CLI::App& program);

}  // namespace kasane::commands
