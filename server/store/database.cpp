#include "server/store/database.hpp"

#include <sqlite3.h>

#include "server/conference/commit.hpp"

namespace kasane::store {

namespace {

/// SQLite's `file:` address of a path. Safe: every byte that could be read as more than a path is escaped.
std::string address(const std::string& path, Access access) {
  constexpr const char* digits = "0123456789ABCDEF";
  std::string out = "file:";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || c == '/' ||
        c == '.' || c == '-' || c == '_')
      out += c;
    else
      out.append("%").append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
  }
  return out + (access == Access::frozen ? "?immutable=1" : "?mode=ro");
}

}  // namespace

Database::Database(const std::string& path, Access access) {
  const int flags =
      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW |
      (access == Access::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
  const std::string name = access == Access::write ? path : address(path, access);
  if (sqlite3_open_v2(name.c_str(), &db_, flags, nullptr) != SQLITE_OK) {
    const std::string why = db_ != nullptr ? sqlite3_errmsg(db_) : "out of memory";
    sqlite3_close(db_);
    throw conference::StoreError("cannot open " + path + ": " + why);
  }
  sqlite3_extended_result_codes(db_, 1);
  sqlite3_busy_timeout(db_, 5'000);
}

Database::~Database() { sqlite3_close(db_); }

bool Database::disk_failed() const { return (sqlite3_errcode(db_) & 0xff) == SQLITE_IOERR; }

void Database::fail(std::string_view what) const {
  throw conference::StoreError(std::string(what) + ": " + sqlite3_errmsg(db_) + " (SQLite " +
                               std::to_string(sqlite3_extended_errcode(db_)) + ")");
}

void Database::run(const std::string& sql) {
  if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail("the database refused");
}

std::int64_t Database::number(const std::string& sql) {
  Query query(*this, sql);  // finalized on leaving
  return query.step() ? query.integer(0) : 0;
}

Query::Query(Database& database, std::string_view sql) : database_(database) {
  if (sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                         &statement_, nullptr) != SQLITE_OK)
    database.fail("cannot prepare a statement");
}

Query::~Query() { sqlite3_finalize(statement_); }

Query& Query::use() {
  sqlite3_reset(statement_);
  next_ = 1;
  return *this;
}
Query& Query::bind(std::int64_t value) {
  sqlite3_bind_int64(statement_, next_++, value);
  return *this;
}
// Safe: SQLITE_STATIC, since every caller steps while the bound bytes are alive, and `use` comes before the next step.
Query& Query::text(std::string_view value) {
  sqlite3_bind_text64(statement_, next_++, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}
Query& Query::bytes(std::span<const std::uint8_t> value) {
  static constexpr std::uint8_t none = 0;  // a null pointer would bind NULL
  sqlite3_bind_blob64(statement_, next_++, value.empty() ? &none : value.data(), value.size(), SQLITE_STATIC);
  return *this;
}

bool Query::step() {
  const int result = sqlite3_step(statement_);
  if (result == SQLITE_ROW) return true;
  if (result != SQLITE_DONE) {
    sqlite3_reset(statement_);
    database_.fail("the database failed");
  }
  sqlite3_reset(statement_);
  return false;
}
void Query::done() { sqlite3_reset(statement_); }
void Query::run() {
  while (step()) {
  }
}

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }
std::string_view Query::blob(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const auto length = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return bytes == nullptr ? std::string_view{} : std::string_view(static_cast<const char*>(bytes), length);
}

}  // namespace kasane::store
