// Power loss at every sync and after every acknowledgement (reliability.md §5.3): kill -9 cannot tell a store that
// syncs from one that does not, because the page cache survives a process.
#include <sqlite3.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>
#include <set>

#include "crypto/sha256.hpp"
#include "tests/store/folder.hpp"
#include "tests/store/platter.hpp"

using namespace kasane;

namespace {

constexpr std::int64_t commits = 200;
constexpr std::int64_t copied_back_every = 37;

/// In memory where there is such a place: what reaches the disk is reckoned, not awaited.
std::filesystem::path scratch() {
  const std::filesystem::path memory = "/dev/shm";
  return std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
}

std::string text_of(std::int64_t index) {
  std::string text = "entry " + std::to_string(index) + " ";
  text.append(static_cast<std::size_t>(200 + index * 97 % 3'000), static_cast<char>('a' + index % 26));
  return text;
}
std::string blob_of(std::int64_t commit) { return "blob " + text_of(1'000 + commit); }
std::string note_of(std::int64_t size) { return "note " + std::to_string(size); }
bool dropped_by(std::int64_t commit, std::int64_t now) { return commit % 5 == 0 && now >= commit + 3; }

/// Commit `number`, of one entry or two; before the first there is nothing. `size`: entries so far, and then after it.
conference::Commit commit_of(std::int64_t number, std::int64_t& size) {
  conference::Commit commit;
  if (size == 0) commit.units.push_back({0, "directory", crypto::Salt{{9}}});
  for (std::int64_t i = 0; i < 1 + number % 2; ++i, ++size)
    commit.entries.push_back(
        {{size, 1'000 + size, 0, size, crypto::Nonce{{static_cast<std::uint8_t>(size)}}, crypto::sha256(text_of(size))},
         text_of(size)});
  commit.checkpoints.push_back({size, note_of(size)});
  commit.blobs.push_back({crypto::sha256(blob_of(number)), blob_of(number)});
  for (std::int64_t before = 1; before < number; ++before)
    if (dropped_by(before, number) && !dropped_by(before, number - 1))
      commit.dropped_blobs.push_back(crypto::sha256(blob_of(before)));
  return commit;
}

/// How many entries there are after each commit.
std::vector<std::int64_t> sizes() {
  std::vector<std::int64_t> after{0};
  std::int64_t size = 0;
  for (std::int64_t number = 1; number <= commits; ++number) {
    commit_of(number, size);
    after.push_back(size);
  }
  return after;
}

/// The store at its work, with all that it asked of the disk. `pragma`: what a careless hand would have set.
std::vector<Tape::Event> work(const std::string& pragma = {}) {
  const Folder folder(scratch());
  Tape tape;
  {
    store::SqliteStore store(folder.path);
    if (!pragma.empty())
      REQUIRE(sqlite3_exec(tape.connection(), pragma.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    std::int64_t size = 0;
    for (std::int64_t number = 1; number <= commits; ++number) {
      store.commit(commit_of(number, size));
      tape.acknowledge(number);
      // As the copier does it, but at a known moment.
      if (number % copied_back_every == 0)
        store::Database((folder.path / "ledger.db").string()).run("PRAGMA wal_checkpoint(PASSIVE)");
    }
  }
  return tape.take();
}

/// What is wrong with the folder that a power loss left, given what had been said. Empty: nothing.
std::string complaint(const std::filesystem::path& folder, const std::vector<std::int64_t>& sizes,
                      std::int64_t acknowledged) {
  store::SqliteStore store(folder);
  const auto size = store.size();
  const auto found = std::find(sizes.begin(), sizes.end(), size);
  if (found == sizes.end()) return "half a commit: " + std::to_string(size) + " entries";
  const auto commit = found - sizes.begin();
  if (commit < acknowledged)
    return "commit " + std::to_string(acknowledged) + " was acknowledged, the disk has " + std::to_string(commit);
  if (size > 0 && store.last_checkpoint() != note_of(size)) return "the checkpoint is not that of the entries";
  std::int64_t next = 0;
  bool same = true;
  store.each_envelope(
      0, [&](std::int64_t index, std::string_view text) { same = same && index == next++ && text == text_of(index); });
  std::int64_t leaves = 0;
  store.each_leaf([&](const conference::LeafRow& row) {
    same = same && row.index == leaves++ && row.leaf == crypto::sha256(text_of(row.index));
  });
  if (!same || next != size || leaves != size) return "an entry is another than was written";
  for (std::int64_t number = 1; number <= commit; ++number)
    if (store.blob(crypto::sha256(blob_of(number))).has_value() == dropped_by(number, commit))
      return "the ciphertext of commit " + std::to_string(number) + " is not as it was";
  store::Database database((folder / "ledger.db").string());
  store::Query check(database, "PRAGMA integrity_check");
  return check.step() && check.blob(0) == "ok" ? "" : "SQLite finds the file damaged";
}

struct Found {
  std::size_t images = 0;
  std::vector<std::string> complaints;
};

/// Cuts the power before each sync and after each acknowledgement, `draws` times each.
Found cut_everywhere(const std::vector<Tape::Event>& tape, std::mt19937_64& random, int draws) {
  const auto after = sizes();
  Found found;
  Platter platter;
  std::int64_t acknowledged = 0;
  for (const auto& event : tape) {
    if (event.what == Tape::What::acknowledge) acknowledged = event.at;
    if (event.what == Tape::What::sync || event.what == Tape::What::acknowledge)
      for (int i = 0; i < draws; ++i) {
        const Folder folder(scratch());
        platter.lose_power(folder.path, random);
        ++found.images;
        std::string wrong;
        try {
          wrong = complaint(folder.path, after, acknowledged);
        } catch (const conference::StoreError& error) {
          wrong = std::string("the store does not open: ") + error.what();
        }
        if (!wrong.empty()) found.complaints.push_back(wrong);
      }
    platter.take(event);
  }
  return found;
}

std::uint64_t number_of(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr || *text == '\0' ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace

TEST_CASE("wherever the power goes, everything acknowledged is on the disk, and every commit whole or not at all") {
  const auto seed = number_of("KASANE_SEED", std::random_device()());
  std::cout << "KASANE_SEED=" << seed << std::endl;
  std::mt19937_64 random(seed);
  const auto found = cut_everywhere(work(), random, number_of("KASANE_NIGHTLY", 0) != 0 ? 10 : 1);
  std::cout << found.images << " power losses" << std::endl;
  CHECK(found.images > 2 * commits);
  CHECK(found.complaints == std::vector<std::string>{});
}

TEST_CASE("the power losses find a store that does not sync its commits") {
  std::mt19937_64 random(1);
  const auto found = cut_everywhere(work("PRAGMA synchronous=NORMAL"), random, 1);
  const auto lost = std::count_if(found.complaints.begin(), found.complaints.end(), [](const std::string& one) {
    return one.find("was acknowledged") != std::string::npos;
  });
  CHECK(lost > commits / 4);
}

TEST_CASE("the power losses find a store that does not sync at all") {
  std::mt19937_64 random(1);
  const auto found = cut_everywhere(work("PRAGMA synchronous=OFF"), random, 1);
  CHECK(found.complaints.size() > commits / 2);
}
