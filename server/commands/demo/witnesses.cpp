#include "server/commands/demo/witnesses.hpp"

#include "server/exit_status.hpp"
#include "server/log/keys.hpp"
#include "server/store/sqlite_store.hpp"

namespace kasane::commands::demo {
namespace {

crypto::VerifierKey log_in(const std::filesystem::path& data) {
  std::string why;
  const auto keys = log::read_keys(data, why);
  if (!keys) throw CommandError(Exit::no_data, why);
  store::SqliteStore store(data);
  const auto note = crypto::parse_checkpoint(store.last_checkpoint().value_or(""));
  if (!note) throw CommandError(Exit::broken_data, data.string() + " holds no checkpoint");
  return {note->checkpoint.origin, keys->log.public_key, crypto::NoteKeyType::log};
}

}  // namespace

TownWitnesses::TownWitnesses(const std::filesystem::path& data) {
  const auto log = log_in(data);
  policy_.logs.push_back({log, {}});
  log::WitnessPolicy::Group both{"both", 2, {}};
  for (const std::string name : {"one", "two"}) {
    WitnessWish wish;
    wish.folder = data / "witnesses" / name;
    wish.name = "witness.example/" + name;
    wish.logs = {log};
    auto& server = *servers_.emplace_back(std::make_unique<WitnessServer>(wish));
    server.start();
    auto key = crypto::parse_verifier_key(server.verifier_key());
    policy_.witnesses.push_back({name, std::move(key.value()), "http://127.0.0.1:" + std::to_string(server.port())});
    both.members.push_back(name);
  }
  policy_.quorum = both.name;
  policy_.groups.push_back(std::move(both));
}

TownWitnesses::~TownWitnesses() {
  for (const auto& server : servers_) server->stop();
}

}  // namespace kasane::commands::demo
