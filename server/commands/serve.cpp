#include "server/commands/serve.hpp"

#include <malloc.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <memory>
#include <string>

#include "server/commands/ending.hpp"
#include "server/config.hpp"
#include "server/diagnostics.hpp"
#include "server/readiness.hpp"
#include "server/server.hpp"

namespace kasane::commands {
namespace {

/// Two thirds of the unit's WatchdogSec, so that one late turn is no alarm.
constexpr timespec watch_every{10, 0};

/// Each connection is a descriptor; the usual soft limit of 1,024 is for programs that use select().
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// A batch takes and gives back hundreds of kilobytes many times a second: what is free is kept, so that it need not be
/// faulted in again.
void keep_freed_memory() {
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 16 << 20);
}

std::string url(const std::string& address, std::uint16_t port) {
  const bool v6 = address.find(':') != std::string::npos;
  return "http://" + (v6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

void wait_for_end(const sigset_t& ends, const Server& server) {
  for (;;) {
    const int signal = sigtimedwait(&ends, nullptr, &watch_every);
    if (signal == SIGTERM || signal == SIGINT) return;
    if (server.alive()) notify_service_manager("WATCHDOG=1");
  }
}

}  // namespace

void serve(const ServeConfig& config, const std::function<void(std::uint16_t port)>& listening) {
  if (const auto why = complaint(config)) throw CommandError(Exit::config, *why);
  const auto ends = block_signals();
  raise_descriptor_limit();
  keep_freed_memory();
  ServerSettings settings;
  settings.data = config.data;
  settings.web = web_folder(config);
  settings.front.address = config.listen;
  settings.front.port = config.port;
  settings.front.admin_port = config.admin_port;
  settings.front.origins = config.origins;
  settings.conference.witnesses = config.witnesses;
  if (!config.witness_policy.empty()) {
    std::string why;
    settings.conference.witnesses = read_witness_policy(config.witness_policy, why);
    if (!settings.conference.witnesses) throw CommandError(Exit::config, why);
  }
  Server server(std::move(settings));
  server.start();
  // For programs: the first line, and nothing before it.
  std::printf("listening on %s\n", url(config.listen, server.port()).c_str());
  if (config.admin_port) std::printf("operators on %s\n", url("127.0.0.1", server.admin_port()).c_str());
  std::fflush(stdout);
  if (listening) listening(server.port());
  const auto& start = server.start_report();
  if (!start.doubt.empty())
    diagnostics::write(diagnostics::Level::warning, "extract refused", {{"why", std::string_view(start.doubt)}});
  diagnostics::write(
      diagnostics::Level::info, "listening",
      {{"port", std::int64_t{server.port()}}, {"size", server.health().size}, {"extracted", start.extracted}});
  notify_service_manager("READY=1");
  wait_for_end(ends, server);
  notify_service_manager("STOPPING=1");
  diagnostics::write(diagnostics::Level::info, "stopping");
  server.stop();
  diagnostics::write(diagnostics::Level::info, "stopped", {{"size", server.health().size}});
}

void add_serve(CLI::App& program) {
  auto config = std::make_shared<ServeConfig>();
  auto* command = program.add_subcommand("serve", "Serve a ledger and its web client, until SIGTERM");
  command->add_option("--data", config->data, "Data folder, made by kasane init")->required();
  command->add_option("--listen", config->listen, "IP address to listen on")->capture_default_str();
  command->add_option("--port", config->port, "Port; 0 takes a free one")->capture_default_str();
  command->add_flag("--behind-proxy", config->behind_proxy, "A proxy with TLS stands in front; needs --origin");
  command->add_option("--origin", config->origins,
                      "Origin of a page that may connect (https://…); without it, pages on loopback alone");
  command->add_option("--web", config->web, "Folder of the built web client");
  command->add_option("--admin-port", config->admin_port, "Port on 127.0.0.1 for /livez, /readyz and /metrics");
  command->add_option("--witness-policy", config->witness_policy,
                      "Policy file (C2SP tlog-policy): whose cosignatures are asked for, and how many are a quorum");
  command->callback([config] { serve(*config); });
}

}  // namespace kasane::commands
