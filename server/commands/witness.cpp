#include "server/commands/witness.hpp"

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <memory>

#include "server/commands/ending.hpp"
#include "server/commands/witness_server.hpp"
#include "server/exit_status.hpp"

namespace kasane::commands {
namespace {

struct Wish {
  std::filesystem::path data;
  std::string name, listen = "127.0.0.1";
  std::vector<std::string> logs;
  std::uint16_t port = 0;
};

std::vector<crypto::VerifierKey> logs_of(const Wish& wish) {
  std::vector<crypto::VerifierKey> logs;
  for (const auto& text : wish.logs) {
    const auto key = crypto::parse_verifier_key(text);
    if (!key || key->type != crypto::NoteKeyType::log)
      throw CommandError(Exit::usage, "--log takes a log's verifier key (name+id+key), not \"" + text + "\"");
    for (const auto& other : logs)
      if (other.name == key->name) throw CommandError(Exit::usage, "--log names " + key->name + " twice");
    logs.push_back(*key);
  }
  return logs;
}

void witness(const Wish& wish) {
  if (!crypto::acceptable_key_name(wish.name))
    throw CommandError(Exit::usage, "--name takes printable letters without spaces or +, such as witness.example/one");
  const WitnessWish one{wish.data, wish.name, wish.listen, wish.port, logs_of(wish)};
  const auto ends = block_signals();
  WitnessServer server(one);
  server.start();
  std::printf("witness on http://%s:%u\n%s\n", wish.listen.c_str(), static_cast<unsigned>(server.port()),
              server.verifier_key().c_str());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&ends, &signal);
  server.stop();
}

}  // namespace

void add_witness(CLI::App& program) {
  auto wish = std::make_shared<Wish>();
  auto* command = program.add_subcommand("witness", "Cosign checkpoints of other logs, never two histories of one");
  command->add_option("--data", wish->data, "Folder for key and memory; made where there is none")->required();
  command->add_option("--name", wish->name, "The witness's name, such as witness.example/one")->required();
  command->add_option("--log", wish->logs,
                      "Verifier key of a log to watch (kasane verify prints it); none while it is only being founded");
  command->add_option("--listen", wish->listen, "IP address to listen on")->capture_default_str();
  command->add_option("--port", wish->port, "Port; 0 takes a free one")->capture_default_str();
  command->callback([wish] { witness(*wish); });
}

}  // namespace kasane::commands
