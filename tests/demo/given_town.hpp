#pragma once

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "crypto/random.hpp"
#include "policy/action.hpp"
#include "server/commands/demo/folder.hpp"
#include "server/commands/demo/town.hpp"
#include "server/log/keys.hpp"
#include "server/store/sqlite_store.hpp"

namespace kasane::given {

namespace demo = commands::demo;

inline std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// A town made by the product in a folder that goes with the test.
struct TownFolder {
  std::filesystem::path outer = std::filesystem::temp_directory_path() / crypto::random_id('t');
  std::filesystem::path path = outer / "town";
  std::int64_t made_ms = now_ms();
  demo::Seeds seeds;
  TownFolder() {
    std::filesystem::create_directories(outer);
    seeds = demo::create_town(path, made_ms);
  }
  ~TownFolder() { std::filesystem::remove_all(outer); }
  TownFolder(const TownFolder&) = delete;
  TownFolder& operator=(const TownFolder&) = delete;
};

/// The town's ledger replayed from its folder, `after_ms` later, and its people at their desks.
struct Reopened {
  demo::TownClock clock;
  store::SqliteStore store;
  demo::Hall hall;
  const demo::Seeds& seeds;
  explicit Reopened(const TownFolder& town, std::int64_t after_ms = 1'000)
      : clock(town.made_ms + after_ms), store(town.path), hall(store, writer(town), clock), seeds(town.seeds) {}
  static log::Writer writer(const TownFolder& town) {
    std::string why;
    auto keys = log::read_keys(town.path, why);
    INFO(why);
    REQUIRE(keys);
    return log::Writer(std::move(*keys));
  }
  std::unique_ptr<demo::Participant> person(std::string_view id) {
    return std::make_unique<demo::Participant>(hall, crypto::device_from_seed(seeds.of(id)));
  }
};

/// Items of the conference that is not closed, in order of its agenda.
inline std::vector<std::string> agenda(const policy::World& world) {
  std::vector<std::string> items;
  for (std::uint32_t row = 0; row < world.items.size(); ++row) {
    const policy::ItemId id{row};
    if (world.items[id].defined && !world.conferences[world.items[id].conference].closed())
      items.emplace_back(world.items.name(id));
  }
  return items;
}

/// The record of that household, author and category; fails the test unless there is exactly one.
inline std::string record(const policy::World& world, std::string_view household, std::string_view author,
                          std::string_view title_categories, std::size_t subjects) {
  const auto wanted = policy::Categories::of(demo::categories(title_categories).named);
  std::vector<std::string> found;
  for (std::uint32_t row = 0; row < world.records.size(); ++row) {
    const policy::RecordId id{row};
    const auto& one = world.records[id];
    if (one.defined && !one.rebased() && one.categories == wanted && one.subjects.size() == subjects &&
        world.persons.name(one.author) == author && world.cases.name(one.in_case).substr(2, 2) == household)
      found.emplace_back(world.records.name(id));
  }
  INFO(household << ' ' << author << ' ' << title_categories);
  REQUIRE(found.size() == 1);
  return found[0];
}

}  // namespace kasane::given
