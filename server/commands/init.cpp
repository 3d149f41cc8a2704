#include "server/commands/init.hpp"

#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "crypto/device.hpp"
#include "crypto/random.hpp"
#include "policy/ids.hpp"
#include "server/conference/founding.hpp"
#include "server/config.hpp"
#include "server/exit_status.hpp"
#include "server/log/keys.hpp"
#include "server/machine.hpp"
#include "server/native/founding.hpp"
#include "server/net/origin.hpp"
#include "server/store/sqlite_store.hpp"

namespace kasane::commands {
namespace {

struct Wish {
  std::filesystem::path data;
  std::string tenant, tenant_title, agency, agency_title, agency_type, name, person, post;
  std::string origin = "http://127.0.0.1:8080";
  std::filesystem::path witness_policy;  // empty: founded without witnesses
};

constexpr const char* made_files[] = {"log.key",       "statement.key", "cosigner.key", "ledger.db",
                                      "ledger.db-wal", "ledger.db-shm", "lock"};

/// The folder while it is being filled. What was made goes again unless it is kept: a second try finds nothing half
/// done.
class NewFolder {
 public:
  explicit NewFolder(std::filesystem::path path) : path_(std::move(path)) {
    std::error_code error;
    made_ = std::filesystem::create_directories(path_, error);
    if (error) throw CommandError(Exit::cannot_write, "cannot make " + path_.string() + ": " + error.message());
    if (made_) chmod(path_.c_str(), 0700);
    for (const auto* file : made_files) {
      if (std::filesystem::exists(path_ / file, error)) {
        throw CommandError(Exit::cannot_write,
                           path_.string() + " already holds a ledger (" + file + "); it is left as it is");
      }
    }
    empty_ = true;
  }
  ~NewFolder() {
    if (kept_ || !empty_) return;
    std::error_code ignored;
    for (const auto* file : made_files) std::filesystem::remove(path_ / file, ignored);
    if (made_) std::filesystem::remove(path_, ignored);
  }
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;
  void keep() { kept_ = true; }

 private:
  std::filesystem::path path_;
  bool made_ = false, empty_ = false, kept_ = false;
};

crypto::Cosigners witnesses_of(const Wish& wish) {
  if (wish.witness_policy.empty()) return {};
  std::string why;
  const auto policy = read_witness_policy(wish.witness_policy, why);
  if (!policy) throw CommandError(Exit::config, why);
  auto witnesses = log::cosigners_of(*policy, why);
  if (!witnesses) throw CommandError(Exit::config, wish.witness_policy.string() + ": " + why);
  return std::move(*witnesses);
}

native::FoundingWish founding_wish(const Wish& wish, const log::Keys& keys, std::int64_t now_ms) {
  for (const auto& [option, id] :
       {std::pair{"--tenant", &wish.tenant}, {"--agency", &wish.agency}, {"--person", &wish.person}}) {
    if (!policy::is_id(*id) || *id == policy::server_name) {
      throw CommandError(Exit::usage,
                         std::string(option) + " takes an id (a-z, 0-9, . _ : -; at most 64), not \"" + *id + "\"");
    }
  }
  const auto type = policy::code_of<policy::AgencyType>(wish.agency_type);
  if (!type) throw CommandError(Exit::usage, "--agency-type does not know \"" + wish.agency_type + "\"");
  native::FoundingWish founding;
  founding.origin = wish.tenant + "/" + crypto::hex(crypto::View(crypto::random_value<crypto::Nonce>()).first(8));
  founding.tenant = wish.tenant;
  founding.person = wish.person;
  founding.agency = wish.agency;
  founding.agency_type = *type;
  founding.tenant_title = wish.tenant_title;
  founding.agency_title = wish.agency_title;
  founding.registrar = {wish.name, wish.post};
  founding.log_key = keys.log.public_key;
  founding.server_key = keys.statement.public_key;
  founding.cosigner_key = keys.cosigner->public_key;
  founding.witnesses = witnesses_of(wish);
  founding.at_ms = now_ms;
  return founding;
}

void init(Wish wish) {
  if (!net::is_origin(wish.origin)) throw CommandError(Exit::usage, "--origin takes https://host or https://host:port");
  if (wish.person.empty()) wish.person = crypto::random_id('p');
  umask(077);
  const auto keys = log::generate_keys();
  const auto seed = crypto::random_secret<crypto::Seed>();
  const auto device = crypto::device_from_seed(seed);
  MachineClock clock;
  MachineRandom random;
  const auto now_ms = clock.wall_ms();
  const auto founding =
      native::found(founding_wish(wish, keys, now_ms), device, crypto::random_secret<crypto::DirectoryKey>());
  if (!founding) throw CommandError(Exit::usage, "these do not make a founding statement");

  NewFolder folder(wish.data);
  if (const auto why = log::write_keys(wish.data, keys)) throw CommandError(Exit::cannot_write, *why);
  std::string why;
  auto writer_keys = log::read_keys(wish.data, why);  // as `serve` will: what cannot be read back was not written
  if (!writer_keys) throw CommandError(Exit::cannot_write, why);
  try {
    store::SqliteStore store(wish.data);
    if (const auto refused = conference::found_ledger(store, log::Writer(std::move(*writer_keys)), random, now_ms,
                                                      founding->tenant_found, founding->device_add,
                                                      crypto::text(founding->directory_wrap))) {
      throw CommandError(Exit::internal, *refused);
    }
  } catch (const conference::StoreError& error) {
    throw CommandError(Exit::cannot_write, error.what());
  }
  const auto hash = founding->log.substr(founding->log.find('#') + 1);
  std::printf("log %s\nperson %s\ndevice %s\naddress %s/#f=%s\nseed %s\n", founding->log.c_str(), wish.person.c_str(),
              device.id.c_str(), wish.origin.c_str(), hash.c_str(), native::print_seed(seed).c_str());
  std::printf(
      "\nThe seed is shown this once and kept nowhere. Open the address, enter the seed, add a device of your own, "
      "then\n"
      "revoke this one. Everybody whom you register gets the address as it stands here, with what follows the #.\n");
  if (std::fflush(stdout) != 0)
    throw CommandError(Exit::cannot_write, "the seed could not be printed; nothing was made");
  folder.keep();
}

}  // namespace

void add_init(CLI::App& program) {
  auto wish = std::make_shared<Wish>();
  auto* command =
      program.add_subcommand("init", "Found a ledger in a new data folder and make the registrar's first device");
  command->add_option("--data", wish->data, "Data folder; made if it is not there")->required();
  command->add_option("--tenant", wish->tenant, "Id of the municipality")->required();
  command->add_option("--tenant-name", wish->tenant_title, "Its name on screens; not secret, the server reads it");
  command->add_option("--agency", wish->agency, "Id of the registrar's agency")->required();
  command->add_option("--agency-name", wish->agency_title, "Its name on screens; not secret, the server reads it");
  command
      ->add_option("--agency-type", wish->agency_type, "Its type, a code of policy.md §2: secretariat, welfare_office…")
      ->default_val("secretariat");
  command->add_option("--name", wish->name, "The registrar's name; sealed, the server cannot read it")->required();
  command->add_option("--post", wish->post, "The registrar's post; sealed likewise");
  command->add_option("--person", wish->person, "The registrar's id; drawn if not given");
  command->add_option("--origin", wish->origin, "Where browsers will find the server")->capture_default_str();
  command->add_option("--witness-policy", wish->witness_policy,
                      "Policy file without a log line: the witnesses without whose quorum nobody is ever given access");
  command->callback([wish] { init(*wish); });
}

}  // namespace kasane::commands
