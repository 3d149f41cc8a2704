#include "server/store/sqlite_store.hpp"

#include <sys/statvfs.h>

#include <limits>

#include "server/store/migrations.hpp"

namespace kasane::store {

namespace {

void add_all(auto& table, const auto& rows) {
  for (const auto& row : rows) table.add(row);
}

std::size_t weight(const conference::Commit& commit) {
  std::size_t bytes = 0;
  for (const auto& row : commit.entries) bytes += row.envelope.size() + 256;
  for (const auto& blob : commit.blobs) bytes += blob.bytes.size();
  for (const auto& frame : commit.frames) bytes += frame.bytes.size();
  return bytes;
}

}  // namespace

SqliteStore::Prepared::Prepared(Database& database) {
  // page_size counts only before the first table; 16 KB pages suit rows of a kilobyte (performance.md b).
  database.run(
      "PRAGMA page_size=16384;PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA wal_autocheckpoint=0;"
      "PRAGMA secure_delete=ON;PRAGMA trusted_schema=OFF;PRAGMA cell_size_check=ON;PRAGMA cache_size=-32768;"
      "PRAGMA temp_store=MEMORY");
  migrate(database);
}

SqliteStore::SqliteStore()
    : database_(":memory:"),
      prepared_(database_),
      begin_(database_, "BEGIN IMMEDIATE"),
      commit_(database_, "COMMIT"),
      rollback_(database_, "ROLLBACK"),
      entries_(database_),
      blobs_(database_),
      wraps_(database_),
      grants_(database_),
      half_signed_(database_) {}

SqliteStore::SqliteStore(const std::filesystem::path& folder)
    : folder_(folder),
      lock_(folder),
      database_((folder / "ledger.db").string()),
      prepared_(database_),
      begin_(database_, "BEGIN IMMEDIATE"),
      commit_(database_, "COMMIT"),
      rollback_(database_, "ROLLBACK"),
      entries_(database_),
      blobs_(database_),
      wraps_(database_),
      grants_(database_),
      half_signed_(database_),
      copier_((folder / "ledger.db").string()),
      extract_(folder / "ledger.extract") {}

void SqliteStore::commit(const conference::Commit& commit) {
  if (copier_) copier_->check();
  begin_.use().run();
  try {
    add_all(entries_, commit.units);
    add_all(entries_, commit.entries);
    add_all(entries_, commit.checkpoints);
    add_all(entries_, commit.cosigned);
    add_all(blobs_, commit.blobs);
    add_all(blobs_, commit.frames);
    add_all(wraps_, commit.wraps);
    add_all(grants_, commit.grants);
    add_all(half_signed_, commit.half_signed);
    for (const auto& payload : commit.completed) half_signed_.drop(payload);
    for (const auto& item : commit.forgotten_items) blobs_.forget_item(item);
    for (const auto& record : commit.destroyed_records) grants_.drop(record);
    for (const auto& digest : commit.dropped_blobs) blobs_.drop(digest);
    for (const auto& root : commit.dropped_wraps) wraps_.drop(root);
    commit_.use().run();
  } catch (const conference::StoreError&) {
    try {
      rollback_.use().run();
    } catch (const conference::StoreError&) {
      // SQLite has rolled back by itself (disk full, I/O error); the first failure is the one to tell.
    }
    throw;
  }
  if (copier_) copier_->committed(weight(commit));
}

std::uint64_t SqliteStore::free_bytes() {
  if (folder_.empty()) return std::numeric_limits<std::uint64_t>::max();
  struct statvfs status{};
  if (::statvfs(folder_.c_str(), &status) != 0) return 0;
  return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
}

}  // namespace kasane::store
