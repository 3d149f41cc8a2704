#include "server/commands/witness_server.hpp"

#include <sys/stat.h>

#include "server/conference/commit.hpp"
#include "server/exit_status.hpp"
#include "server/log/add_checkpoint.hpp"
#include "server/log/key_file.hpp"

namespace kasane::commands {

crypto::SigningKeyPair witness_key(const std::filesystem::path& folder) {
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

namespace {

net::Reply only_posts(const net::Head&) { return net::plain(404, "Only POST /add-checkpoint.\n"); }

}  // namespace

net::FrontSettings WitnessServer::settings(const WitnessWish& wish) {
  net::FrontSettings settings;
  settings.address = wish.listen;
  settings.port = wish.port;
  settings.shards = 1;
  settings.body_bytes = log::add_checkpoint_bytes_max;
  settings.take = [this](const std::string& target, const std::string& body) {
    if (target != "/add-checkpoint") return net::plain(404, "Nothing here.\n");
    const auto answer = add_checkpoint(body);
    auto reply = net::plain(answer.status, answer.text);
    reply.type = answer.type;
    return reply;
  };
  return settings;
}

log::WitnessAnswer WitnessServer::add_checkpoint(const std::string& body) {
  return judge_.add_checkpoint(body, static_cast<std::uint64_t>(clock_.wall_ms() / 1000));
}

WitnessServer::WitnessServer(const WitnessWish& wish) try
    : key_(witness_key(wish.folder)),
      memory_(wish.folder),
      judge_(wish.name, std::move(key_), wish.logs, memory_),
      front_(settings(wish), only_posts, only_posts, {}) {
} catch (const net::ListenError& error) {
  throw CommandError(Exit::unavailable, error.what());
} catch (const conference::StoreError& error) {
  throw CommandError(Exit::cannot_write, error.what());
}

}  // namespace kasane::commands
