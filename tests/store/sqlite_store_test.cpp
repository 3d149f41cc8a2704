#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "crypto/sha256.hpp"
#include "server/store/ledger_reader.hpp"
#include "server/store/migrations.hpp"
#include "tests/store/folder.hpp"
#include "tests/store/tape.hpp"

using namespace kasane;

namespace {
conference::Commit one_blob(std::string bytes) {
  conference::Commit commit;
  commit.blobs.push_back({crypto::sha256(bytes), std::move(bytes)});
  return commit;
}
}  // namespace

TEST_CASE("what was committed is there when the folder is opened again") {
  const Folder folder;
  {
    store::SqliteStore store(folder.path);
    store.commit(one_blob("kept"));
  }
  store::SqliteStore store(folder.path);
  CHECK(store.blob(crypto::sha256("kept")) == "kept");
}

TEST_CASE("a folder is served by one server at a time") {
  const Folder folder;
  {
    const store::SqliteStore first(folder.path);
    CHECK_THROWS_WITH(store::SqliteStore(folder.path), Catch::Contains("in use by another kasane"));
  }
  CHECK_NOTHROW(store::SqliteStore(folder.path));
}

TEST_CASE("a database of a newer program is refused in words and left alone") {
  const Folder folder;
  {
    const store::SqliteStore store(folder.path);
  }
  const auto newer = std::to_string(store::schema_version() + 1);
  {
    store::Database database((folder.path / "ledger.db").string());
    database.run("PRAGMA user_version=" + newer);
  }
  CHECK_THROWS_WITH(store::SqliteStore(folder.path), Catch::Contains("schema version " + newer));
  store::Database database((folder.path / "ledger.db").string());
  CHECK(database.number("PRAGMA user_version") == store::schema_version() + 1);
}

TEST_CASE("the file is a write-ahead log of 16 KB pages with every commit synced") {
  const Folder folder;
  const store::SqliteStore store(folder.path);
  store::Database database((folder.path / "ledger.db").string());
  CHECK(database.number("PRAGMA page_size") == 16'384);
  CHECK(std::filesystem::exists(folder.path / "ledger.db-wal"));
}

TEST_CASE("a file that is no database is refused in words") {
  const Folder folder;
  {
    store::Database database((folder.path / "ledger.db").string());
    database.run("CREATE TABLE t (a)");
  }
  std::filesystem::resize_file(folder.path / "ledger.db", 50);
  CHECK_THROWS_AS(store::SqliteStore(folder.path), conference::StoreError);
}

TEST_CASE("reading holds no snapshot: what another connection writes is seen at once") {
  const Folder folder;
  store::SqliteStore store(folder.path);
  store.commit(one_blob("first"));
  CHECK(store.blob(crypto::sha256("first")) == "first");
  {
    store::Database other((folder.path / "ledger.db").string());
    other.run("UPDATE blobs SET bytes = x'6e6577'");
  }
  CHECK(store.blob(crypto::sha256("first")) == "new");
  CHECK_NOTHROW(store.commit(one_blob("second")));
}

TEST_CASE("who reads a ledger lets go of its file when done") {
  const auto open_files = [] {
    const std::filesystem::directory_iterator all("/proc/self/fd"), none;
    return std::distance(all, none);
  };
  const Folder folder;
  {
    store::SqliteStore store(folder.path);
    store.commit(one_blob("kept"));
  }
  const auto before = open_files();
  for (int i = 0; i < 3; ++i) {
    const store::LedgerReader reader(folder.path);
    CHECK(open_files() > before);
  }
  CHECK(open_files() == before);
}

TEST_CASE("a log that killed processes left is copied back, though none of them wrote enough by itself") {
  constexpr std::size_t part = 5U << 19U;  // two and a half MiB; the copying begins at four
  const Folder before, after;
  {
    store::SqliteStore killed(before.path);
    killed.commit(one_blob(std::string(part, 'a')));
    for (const char* file : {"ledger.db", "ledger.db-wal"})  // as a kill leaves them: an orderly end would copy back
      std::filesystem::copy_file(before.path / file, after.path / file);
  }
  store::SqliteStore store(after.path);
  store.commit(one_blob(std::string(part, 'b')));
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  const auto copied = [&] { return std::filesystem::file_size(after.path / "ledger.db") > 2 * part; };
  while (!copied() && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  CHECK(copied());
}

TEST_CASE(
    "where the log cannot be copied back to a broken disk, the next commit fails: nothing more is promised there") {
  const Folder folder;
  Tape tape;
  store::SqliteStore store(folder.path);
  store.commit(one_blob("before"));
  tape.fail_syncs_of("ledger.db");
  store.commit(one_blob(std::string(5U << 20U, 'a')));  // enough to be copied back
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  const auto pause = [] { std::this_thread::sleep_for(std::chrono::milliseconds(10)); };
  // No commit meanwhile: SQLite syncs its file only once all of the log is in it.
  while (tape.failed_syncs() == 0 && std::chrono::steady_clock::now() < until) pause();
  REQUIRE(tape.failed_syncs() == 1);
  std::string refused;
  for (int number = 0; refused.empty() && std::chrono::steady_clock::now() < until; ++number, pause()) {
    try {
      store.commit(one_blob("after " + std::to_string(number)));
    } catch (const conference::StoreError& error) {
      refused = error.what();
    }
  }
  CHECK_THAT(refused, Catch::Contains("disk I/O error"));
  CHECK_THROWS_AS(store.commit(one_blob("later")), conference::StoreError);
}
