#include "server/store/half_signed.hpp"

namespace kasane::store {

HalfSignedTable::HalfSignedTable(Database& database)
    : add_(database, "INSERT OR REPLACE INTO half_signed (payload, person, until_ms, envelope) VALUES (?, ?, ?, ?)"),
      drop_(database, "DELETE FROM half_signed WHERE payload = ?"),
      drop_late_(database, "DELETE FROM half_signed WHERE until_ms <= ?"),
      of_(database,
          "SELECT payload, until_ms, envelope FROM half_signed WHERE person = ? AND until_ms > ? ORDER BY rowid") {}

void HalfSignedTable::add(const conference::HalfSigned& row) {
  // Its neighbours that nobody completed in time go on the same occasion.
  constexpr std::int64_t day_ms = 24 * 60 * 60 * 1000;
  drop_late_.use().bind(row.until_ms - day_ms).run();
  add_.use().bytes(row.payload.bytes).text(row.person).bind(row.until_ms).text(row.envelope).run();
}
void HalfSignedTable::drop(const crypto::Hash& payload) { drop_.use().bytes(payload.bytes).run(); }

std::vector<conference::HalfSigned> HalfSignedTable::of(std::string_view person, std::int64_t now_ms) {
  std::vector<conference::HalfSigned> rows;
  of_.use().text(person).bind(now_ms);
  while (of_.step()) {
    const auto payload = crypto::fixed<crypto::Hash>(crypto::view(of_.blob(0)));
    if (!payload) throw conference::StoreError("the database is damaged: a value of the wrong length");
    rows.push_back({*payload, std::string(person), std::string(of_.blob(2)), of_.integer(1)});
  }
  return rows;
}

}  // namespace kasane::store
