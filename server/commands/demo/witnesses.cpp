#include "server/commands/demo/witnesses.hpp"

#include "server/conference/engine.hpp"
#include "server/exit_status.hpp"
#include "server/log/keys.hpp"
#include "server/store/sqlite_store.hpp"

namespace kasane::commands::demo {
namespace {

constexpr const char* names[] = {"one", "two"};

std::filesystem::path folder_of(const std::filesystem::path& data, const std::string& name) {
  return data / "witnesses" / name;
}
std::string key_name(const std::string& name) { return "witness.example/" + name; }

log::Keys keys_in(const std::filesystem::path& data) {
  std::string why;
  auto keys = log::read_keys(data, why);
  if (!keys) throw CommandError(Exit::no_data, why);
  return std::move(*keys);
}

crypto::VerifierKey log_in(const std::filesystem::path& data) {
  const auto keys = keys_in(data);
  store::SqliteStore store(data);
  const auto note = crypto::parse_checkpoint(store.last_checkpoint().value_or(""));
  if (!note) throw CommandError(Exit::broken_data, data.string() + " holds no checkpoint");
  return {note->checkpoint.origin, keys.log.public_key, crypto::NoteKeyType::log};
}

/// Nobody is connected to the town while it is made.
struct Nobody final : conference::Outlet {
  void deliver(std::vector<conference::Delivery>) override {}
  void close(conference::Connection, std::uint16_t) override {}
};

}  // namespace

crypto::Cosigners town_cosigners(const std::filesystem::path& data) {
  crypto::Cosigners out;
  for (const std::string name : names)
    out.keys.push_back({key_name(name), witness_key(folder_of(data, name)).public_key, crypto::NoteKeyType::cosigner});
  out.least = out.keys.size();
  return out;
}

TownWitnesses::TownWitnesses(const std::filesystem::path& data) {
  const auto log = log_in(data);
  policy_.logs.push_back({log, {}});
  log::WitnessPolicy::Group both{"both", 2, {}};
  for (const std::string name : names) {
    WitnessWish wish;
    wish.folder = folder_of(data, name);
    wish.name = key_name(name);
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

void TownWitnesses::cosign(const std::filesystem::path& data) {
  store::SqliteStore store(data);
  Nobody nobody;
  MachineClock clock;
  MachineRandom random;
  conference::Options options;
  options.witnesses = policy_;
  conference::Engine engine(store, log::Writer(keys_in(data)), nobody, clock, random, options);
  log::Quorum quorum(policy_, [&](std::uint64_t from, std::uint64_t to) { return engine.consistency(from, to); });
  const log::Now now{clock.wall_ms(), clock.steady_ms()};
  for (const auto& question : quorum.questions(engine.hello().checkpoint, now)) {
    const auto answer = servers_[question.witness]->add_checkpoint(question.body);
    quorum.answered(question.witness, answer.status, answer.type, answer.text, now);
  }
  if (!quorum.head()) throw CommandError(Exit::internal, "the town's witnesses do not cosign it");
  engine.witnessed(quorum.answering(), quorum.head());
  engine.run_until_idle();
}

TownWitnesses::~TownWitnesses() {
  for (const auto& server : servers_) server->stop();
}

}  // namespace kasane::commands::demo
