#include "tests/bench/join.hpp"

#include "tests/bench/figures.hpp"

namespace kasane::bench {
namespace {

constexpr const char* schema = R"(
CREATE TABLE member (item TEXT, person TEXT, agency INTEGER, PRIMARY KEY (item, person)) WITHOUT ROWID;
CREATE TABLE record (id TEXT PRIMARY KEY, item TEXT, subject INTEGER, category INTEGER, agency INTEGER);
CREATE TABLE consent (i INTEGER PRIMARY KEY, subject INTEGER, category INTEGER, agency INTEGER, granted INTEGER);
)";
constexpr const char* indexes = R"(
CREATE INDEX record_of_item ON record (item, subject, category, agency, id);
CREATE INDEX consent_of_cell ON consent (subject, category, agency, i, granted);
ANALYZE;
)";
// The newest word on the cell decides; an agency's own records need none.
constexpr const char* see_sql = R"(
SELECT m.agency = r.agency OR coalesce((SELECT c.granted FROM consent c WHERE c.subject = r.subject
  AND c.category = r.category AND c.agency = m.agency ORDER BY c.i DESC LIMIT 1), 0)
FROM record r JOIN member m ON m.item = r.item AND m.person = ?2 WHERE r.id = ?1
)";
// Driven by the consents: each cell is decided once, then joined to its records.
constexpr const char* list_sql = R"(
WITH m AS (SELECT agency FROM member WHERE item = ?1 AND person = ?2),
cell AS MATERIALIZED (SELECT subject, category, max(i), granted FROM consent
  WHERE agency = (SELECT agency FROM m) GROUP BY subject, category)
SELECT r.id, r.agency = (SELECT agency FROM m) OR coalesce(cell.granted, 0)
FROM record r LEFT JOIN cell ON cell.subject = r.subject AND cell.category = r.category
WHERE r.item = ?1 AND EXISTS (SELECT 1 FROM m)
)";

void bind(sqlite3_stmt* query, int place, const std::string& text) {
  sqlite3_bind_text(query, place, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

}  // namespace

Join::Join(const Municipality& town) {
  if (sqlite3_open(":memory:", &database_) != SQLITE_OK) fail("no SQLite");
  run(schema);
  run("BEGIN");
  for (int household = 0; household < town.size().households; ++household)
    for (int person = 0; person < town.size().persons; ++person)
      run("INSERT INTO member VALUES ('" + Municipality::item(household) + "', '" + Municipality::person(person) +
          "', " + std::to_string(Municipality::agency_of(person)) + ")");
  for (std::size_t i = 0; i < town.records().size(); ++i) {
    const auto& record = town.records()[i];
    run("INSERT INTO record VALUES ('" + Municipality::record(i) + "', '" + Municipality::item(record.household) +
        "', " + std::to_string(record.subject) + ", " + std::to_string(static_cast<int>(record.category)) + ", " +
        std::to_string(record.agency) + ")");
  }
  for (const auto& consent : town.consents())
    run("INSERT INTO consent (subject, category, agency, granted) VALUES (" + std::to_string(consent.subject) + ", " +
        std::to_string(static_cast<int>(consent.category)) + ", " + std::to_string(consent.agency) + ", " +
        (consent.granted ? "1" : "0") + ")");
  run(indexes);
  run("COMMIT");
  see_ = prepare(see_sql);
  list_ = prepare(list_sql);
}

Join::~Join() {
  sqlite3_finalize(see_);
  sqlite3_finalize(list_);
  sqlite3_close(database_);
}

void Join::run(const std::string& sql) {
  if (sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    fail(std::string("SQLite: ") + sqlite3_errmsg(database_));
}

sqlite3_stmt* Join::prepare(const char* sql) {
  sqlite3_stmt* query = nullptr;
  if (sqlite3_prepare_v3(database_, sql, -1, SQLITE_PREPARE_PERSISTENT, &query, nullptr) != SQLITE_OK)
    fail(std::string("SQLite: ") + sqlite3_errmsg(database_));
  return query;
}

bool Join::see(const std::string& record, const std::string& person) {
  bind(see_, 1, record);
  bind(see_, 2, person);
  const bool permit = sqlite3_step(see_) == SQLITE_ROW && sqlite3_column_int(see_, 0) != 0;
  sqlite3_reset(see_);
  return permit;
}

Join::Counts Join::list(const std::string& item, const std::string& person) {
  bind(list_, 1, item);
  bind(list_, 2, person);
  Counts counts;
  while (sqlite3_step(list_) == SQLITE_ROW) {
    counts.records += sqlite3_column_bytes(list_, 0) > 0 ? 1U : 0U;  // the id is read, as who lists would
    counts.permitted += sqlite3_column_int(list_, 1) != 0 ? 1U : 0U;
  }
  sqlite3_reset(list_);
  return counts;
}

}  // namespace kasane::bench
