#pragma once
// The same consent policy as an SQLite schema and two prepared queries, in memory: what a plain application would do.
#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/municipality.hpp"

namespace kasane::bench {

/// Thread: one. Errors: `fail`.
class Join {
 public:
  explicit Join(const Municipality& town);
  ~Join();
  Join(const Join&) = delete;
  Join& operator=(const Join&) = delete;

  /// May this person see this record at its household's item?
  bool see(const std::string& record, const std::string& person);
  /// The verdict on every record of the item, for this person: how many there are, and how many may be seen.
  struct Counts {
    std::size_t records = 0, permitted = 0;
  };
  Counts list(const std::string& item, const std::string& person);

 private:
  void run(const std::string& sql);
  sqlite3_stmt* prepare(const char* sql);
  sqlite3* database_ = nullptr;
  sqlite3_stmt *see_ = nullptr, *list_ = nullptr;
};

}  // namespace kasane::bench
