#include "server/commands/demo.hpp"

#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "server/commands/demo/cast.hpp"
#include "server/commands/demo/folder.hpp"
#include "server/commands/demo/witnesses.hpp"
#include "server/commands/ending.hpp"
#include "server/commands/serve.hpp"
#include "server/config.hpp"
#include "server/exit_status.hpp"
#include "server/machine.hpp"
#include "server/native/keys.hpp"

namespace kasane::commands {
namespace {

struct Wish {
  ServeConfig serve;
  bool create_only = false;
};

void print_addresses(const demo::Seeds& seeds, std::uint16_t port) {
  std::printf("\n架空市（練習用の町）: one address a persona, each for a window of its own\n");
  for (const auto& persona : demo::personas()) {
    const auto agency = demo::agency_of(persona.agency).name;
    std::printf("\n  %.*s　%.*s（%.*s）\n    %.*s\n    http://localhost:%u/#f=%s&s=%s&p=%.*s\n",
                static_cast<int>(persona.name.size()), persona.name.data(), static_cast<int>(persona.post.size()),
                persona.post.data(), static_cast<int>(agency.size()), agency.data(),
                static_cast<int>(persona.to_try.size()), persona.to_try.data(), static_cast<unsigned>(port),
                seeds.founding_hash().c_str(), native::print_seed(seeds.of(persona.id)).c_str(),
                static_cast<int>(persona.id.size()), persona.id.data());
  }
  std::printf("\n");
  std::fflush(stdout);
}

void demonstrate(const Wish& wish) {
  umask(077);
  MachineClock clock;
  const bool there = demo::holds_town(wish.serve.data);
  const auto seeds = there ? demo::read_seeds(wish.serve.data) : demo::create_town(wish.serve.data, clock.wall_ms());
  if (there) demo::freshen_town(wish.serve.data, seeds, clock.wall_ms());
  if (wish.create_only) return;
  block_signals();  // before the witnesses' threads
  const demo::TownWitnesses witnesses(wish.serve.data);
  ServeConfig config = wish.serve;
  config.witnesses = witnesses.policy();
  serve(config, [&](std::uint16_t port) { print_addresses(seeds, port); });
}

}  // namespace

void add_demo(CLI::App& program) {
  auto wish = std::make_shared<Wish>();
  auto* command = program.add_subcommand("demo", "Make the demo town 架空市 and serve it on loopback, until SIGTERM");
  wish->serve.data = "kasane-demo";
  command->add_option("--data", wish->serve.data, "Data folder; the town is made where there is none")
      ->capture_default_str();
  command->add_option("--port", wish->serve.port, "Port; 0 takes a free one")->capture_default_str();
  command->add_option("--web", wish->serve.web, "Folder of the built web client");
  command->add_flag("--create-only", wish->create_only, "Make the town and exit");
  command->callback([wish] { demonstrate(*wish); });
}

}  // namespace kasane::commands
