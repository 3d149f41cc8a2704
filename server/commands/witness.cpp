#include "server/commands/witness.hpp"

#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <memory>

#include "server/commands/ending.hpp"
#include "server/commands/witness_memory.hpp"
#include "server/conference/commit.hpp"
#include "server/exit_status.hpp"
#include "server/log/add_checkpoint.hpp"
#include "server/log/key_file.hpp"
#include "server/machine.hpp"
#include "server/net/front.hpp"

namespace kasane::commands {
namespace {

struct Wish {
  std::filesystem::path data;
  std::string name, listen = "127.0.0.1";
  std::vector<std::string> logs;
  std::uint16_t port = 0;
};

crypto::SigningKeyPair key_in(const std::filesystem::path& folder) {
  std::error_code error;
  if (std::filesystem::create_directories(folder, error)) ::chmod(folder.c_str(), 0700);
  if (error) throw CommandError(Exit::cannot_write, "cannot make " + folder.string() + ": " + error.message());
  const auto path = folder / "witness.key";
  std::string why;
  if (!std::filesystem::exists(path, error)) {
    // A lost key is a new witness: what the old one has signed must not be forgotten under its name.
    for (const auto& one : std::filesystem::directory_iterator(folder))
      throw CommandError(Exit::no_data, "no witness.key beside " + one.path().string());
    if (const auto failed = log::write_key(path, crypto::signing_generate()))
      throw CommandError(Exit::cannot_write, *failed);
  }
  auto key = log::read_key(path, why);
  if (!key) throw CommandError(Exit::no_data, why);
  return std::move(*key);
}

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
  const auto logs = logs_of(wish);
  const auto ends = block_signals();
  try {
    auto key = key_in(wish.data);
    WitnessFolder memory(wish.data);
    MachineClock clock;
    log::Witness judge(wish.name, std::move(key), logs, memory);
    net::FrontSettings settings;
    settings.address = wish.listen;
    settings.port = wish.port;
    settings.shards = 1;
    settings.body_bytes = log::add_checkpoint_bytes_max;
    settings.take = [&](const std::string& target, const std::string& body) {
      if (target != "/add-checkpoint") return net::plain(404, "Nothing here.\n");
      const auto answer = judge.add_checkpoint(body, static_cast<std::uint64_t>(clock.wall_ms() / 1000));
      auto reply = net::plain(answer.status, answer.text);
      reply.type = answer.type;
      return reply;
    };
    const auto nothing = [](const net::Head&) { return net::plain(404, "Only POST /add-checkpoint.\n"); };
    net::Front front(std::move(settings), nothing, nothing, {});
    front.start();
    std::printf("witness on http://%s:%u\n%s\n", wish.listen.c_str(), static_cast<unsigned>(front.port()),
                judge.verifier_key().c_str());
    std::fflush(stdout);
    int signal = 0;
    sigwait(&ends, &signal);
    front.stop(std::chrono::seconds(1));
  } catch (const net::ListenError& error) {
    throw CommandError(Exit::unavailable, error.what());
  } catch (const conference::StoreError& error) {
    throw CommandError(Exit::cannot_write, error.what());
  }
}

}  // namespace

void add_witness(CLI::App& program) {
  auto wish = std::make_shared<Wish>();
  auto* command = program.add_subcommand("witness", "Cosign checkpoints of other logs, never two histories of one");
  command->add_option("--data", wish->data, "Folder for key and memory; made where there is none")->required();
  command->add_option("--name", wish->name, "The witness's name, such as witness.example/one")->required();
  command->add_option("--log", wish->logs, "Verifier key of a log to watch (kasane verify prints it)")->required();
  command->add_option("--listen", wish->listen, "IP address to listen on")->capture_default_str();
  command->add_option("--port", wish->port, "Port; 0 takes a free one")->capture_default_str();
  command->callback([wish] { witness(*wish); });
}

}  // namespace kasane::commands
