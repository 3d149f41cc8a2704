#include "server/commands/demo/folder.hpp"

#include <sys/stat.h>

#include <optional>

#include "crypto/random.hpp"
#include "server/commands/demo/town.hpp"
#include "server/commands/demo/witnesses.hpp"
#include "server/conference/founding.hpp"
#include "server/log/keys.hpp"
#include "server/native/founding.hpp"
#include "server/store/sqlite_store.hpp"

namespace kasane::commands::demo {
namespace {

namespace fs = std::filesystem;

/// Where the town is made, beside its place: a rename puts it there whole, and a failure leaves nothing.
class Workshop {
 public:
  explicit Workshop(const fs::path& place)
      : place_(fs::absolute(place).lexically_normal()),
        path_(place_.parent_path() / (place_.filename().string() + '.' + crypto::random_id('n'))) {
    if (!place_.has_filename()) {  // a trailing slash
      place_ = place_.parent_path();
      path_ = place_.parent_path() / (place_.filename().string() + '.' + crypto::random_id('n'));
    }
    std::error_code error;
    fs::create_directories(path_, error);
    if (error) throw CommandError(Exit::cannot_write, "cannot make " + place_.string() + ": " + error.message());
    chmod(path_.c_str(), 0700);
  }
  ~Workshop() {
    std::error_code ignored;
    if (!kept_) fs::remove_all(path_, ignored);
  }
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;
  const fs::path& path() const { return path_; }
  void keep() {
    std::error_code error;
    fs::rename(path_, place_, error);
    if (error) throw CommandError(Exit::cannot_write, "cannot make " + place_.string() + ": " + error.message());
    kept_ = true;
  }

 private:
  fs::path place_, path_;
  bool kept_ = false;
};

log::Writer writer_of(const fs::path& folder) {
  std::string why;
  auto keys = log::read_keys(folder, why);
  if (!keys) throw CommandError(Exit::no_data, why);
  return log::Writer(std::move(*keys));
}

/// Entries 0 and 1, as `init` makes them, of a log that says it is a demonstration.
std::string found_town(conference::Store& store, const fs::path& folder, const Seeds& seeds, std::int64_t at_ms) {
  const auto keys = log::generate_keys();
  if (const auto why = log::write_keys(folder, keys)) throw CommandError(Exit::cannot_write, *why);
  const auto& registrar = personas()[0];
  native::FoundingWish wish;
  wish.origin = "kakuu-shi/" + crypto::hex(crypto::View(crypto::random_value<crypto::Nonce>()).first(8));
  wish.tenant = "kakuu-shi";
  wish.tenant_title = "架空市";
  wish.agency_title = agency_of(registrar.agency).name;
  wish.person = registrar.id;
  wish.agency = registrar.agency;
  wish.agency_type = agency_of(registrar.agency).type;
  wish.registrar = {std::string(registrar.name), std::string(registrar.post)};
  wish.demonstration = true;
  wish.log_key = keys.log.public_key;
  wish.server_key = keys.statement.public_key;
  wish.cosigner_key = keys.cosigner->public_key;
  wish.witnesses = town_cosigners(folder);
  wish.at_ms = at_ms;
  const auto founding = native::found(wish, crypto::device_from_seed(seeds.of(registrar.id)),
                                      crypto::random_secret<crypto::DirectoryKey>());
  if (!founding) throw CommandError(Exit::internal, "the founding does not hold");
  MachineRandom random;
  if (const auto refused = conference::found_ledger(store, writer_of(folder), random, at_ms, founding->tenant_found,
                                                    founding->device_add, crypto::text(founding->directory_wrap)))
    throw CommandError(Exit::internal, *refused);
  return founding->log;
}

}  // namespace

bool holds_town(const fs::path& folder) {
  std::error_code error;
  if (fs::exists(folder / seeds_file, error)) return true;
  if (!fs::exists(folder, error) || fs::is_empty(folder, error)) return false;
  throw CommandError(Exit::cannot_write,
                     folder.string() + " is not empty and holds no demonstration; it is left as it is");
}

Seeds create_town(const fs::path& folder, std::int64_t now_ms) {
  Workshop workshop(folder);
  auto seeds = draw_seeds();
  try {
    {
      const Calendar calendar(now_ms);
      TownClock clock(calendar.at(story_days, 9));
      store::SqliteStore store(workshop.path());
      seeds.log = found_town(store, workshop.path(), seeds, clock.wall_ms());
      write_seeds(workshop.path(), seeds);
      Hall hall(store, writer_of(workshop.path()), clock);
      Town(hall, seeds, calendar).tell();
    }
    TownWitnesses(workshop.path()).cosign(workshop.path());
  } catch (const conference::StoreError& error) {
    throw CommandError(Exit::cannot_write, error.what());
  }
  workshop.keep();
  return seeds;
}

bool freshen_town(const fs::path& folder, const Seeds& seeds, std::int64_t now_ms) {
  try {
    TownClock clock(now_ms);
    store::SqliteStore store(folder);
    Hall hall(store, writer_of(folder), clock);
    if (hall.log() != seeds.log) throw CommandError(Exit::broken_data, "the seeds are of another ledger");
    Participant coordinator(hall, crypto::device_from_seed(seeds.of("asakura")));
    if (sitting_open(coordinator.world())) return false;
    convene_sitting(coordinator, now_ms / policy::minute_ms * policy::minute_ms);
    return true;
  } catch (const conference::StoreError& error) {
    throw CommandError(Exit::broken_data, error.what());
  }
}

}  // namespace kasane::commands::demo
