#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace kasane::store {

/// How a file is opened. `frozen`: nobody writes to it, so neither locks nor side files are made beside it.
enum class Access : std::uint8_t { write, read, frozen };

/// A connection to a SQLite file. Thread: one. Errors: everything throws `conference::StoreError`.
class Database {
 public:
  /// `:memory:` for none on disk.
  explicit Database(const std::string& path, Access access = Access::write);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void run(const std::string& sql);
  std::int64_t number(const std::string& sql);
  sqlite3* handle() const { return db_; }
  /// Was the last failure one of reading, writing or syncing, not one that passes (full, busy)?
  bool disk_failed() const;
  [[noreturn]] void fail(std::string_view what) const;

 private:
  sqlite3* db_ = nullptr;
};

/// A prepared statement, kept for the life of its database. `use()` begins anew; parameters are bound in order.
class Query {
 public:
  Query(Database& database, std::string_view sql);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Query& use();
  Query& bind(std::int64_t value);
  Query& text(std::string_view value);
  Query& bytes(std::span<const std::uint8_t> value);
  /// True while there is a row. After the last one the statement is reset.
  bool step();
  void run();
  /// Lets go of the row and of the snapshot it was read from: a statement left on a row would keep the write-ahead log
  /// from being copied back, and its reader in the past.
  void done();

  std::int64_t integer(int column) const;
  /// Valid until the next `step` or `use`.
  std::string_view blob(int column) const;

 private:
  Database& database_;
  sqlite3_stmt* statement_ = nullptr;
  int next_ = 1;
};

}  // namespace kasane::store
