#include "server/store/entries.hpp"

namespace kasane::store {

namespace {
/// Errors: throws where the column has another length: a file that no program of ours wrote.
template <class T>
T fixed_column(const Query& query, int column) {
  const auto value = crypto::fixed<T>(crypto::view(query.blob(column)));
  if (!value) throw conference::StoreError("the database is damaged: a value of the wrong length");
  return *value;
}
}  // namespace

Entries::Entries(Database& database)
    : database_(database),
      add_entry_(database, "INSERT INTO entries (i, envelope) VALUES (?, ?)"),
      add_leaf_(database, "INSERT INTO leaves (i, at_ms, unit, position, nonce, leaf) VALUES (?, ?, ?, ?, ?, ?)"),
      add_unit_(database, "INSERT INTO units (unit, name, salt) VALUES (?, ?, ?)"),
      add_checkpoint_(database, "INSERT INTO checkpoints (size, note) VALUES (?, ?)"),
      put_cosigned_(database, "INSERT OR REPLACE INTO cosigned (which, size, note, policy) VALUES (?, ?, ?, ?)"),
      envelope_(database, "SELECT envelope FROM entries WHERE i = ?") {}

void Entries::add(const conference::EntryRow& row) {
  add_entry_.use().bind(row.leaf.index).text(row.envelope).run();
  add_leaf_.use()
      .bind(row.leaf.index)
      .bind(row.leaf.time_ms)
      .bind(row.leaf.unit)
      .bind(row.leaf.position)
      .bytes(row.leaf.nonce.bytes)
      .bytes(row.leaf.leaf.bytes)
      .run();
}
void Entries::add(const conference::UnitRow& row) {
  add_unit_.use().bind(row.unit).text(row.name).bytes(row.salt.bytes).run();
}
void Entries::add(const conference::CheckpointRow& row) { add_checkpoint_.use().bind(row.size).text(row.note).run(); }

void Entries::add(const conference::CosignedRow& row) {
  put_cosigned_.use().bind(static_cast<std::int64_t>(row.which)).bind(row.size).text(row.note).text(row.policy).run();
}

std::int64_t Entries::size() { return database_.number("SELECT coalesce(max(i) + 1, 0) FROM leaves"); }

void Entries::each_leaf(const std::function<void(const conference::LeafRow&)>& visit) {
  Query query(database_, "SELECT i, at_ms, unit, position, nonce, leaf FROM leaves ORDER BY i");
  while (query.step())
    visit({query.integer(0), query.integer(1), query.integer(2), query.integer(3),
           fixed_column<crypto::Nonce>(query, 4), fixed_column<crypto::Hash>(query, 5)});
}
void Entries::each_unit(const std::function<void(const conference::UnitRow&)>& visit) {
  Query query(database_, "SELECT unit, name, salt FROM units ORDER BY unit");
  while (query.step()) visit({query.integer(0), std::string(query.blob(1)), fixed_column<crypto::Salt>(query, 2)});
}
void Entries::each_envelope(std::int64_t from, const std::function<void(std::int64_t, std::string_view)>& visit) {
  Query query(database_, "SELECT i, envelope FROM entries WHERE i >= ? ORDER BY i");
  query.use().bind(from);
  while (query.step()) visit(query.integer(0), query.blob(1));
}
void Entries::each_checkpoint(const std::function<void(const conference::CheckpointRow&)>& visit) {
  Query query(database_, "SELECT size, note FROM checkpoints ORDER BY size");
  while (query.step()) visit({query.integer(0), std::string(query.blob(1))});
}
std::optional<std::string> Entries::last_checkpoint() {
  Query query(database_, "SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1");
  return query.step() ? std::optional<std::string>(query.blob(0)) : std::nullopt;
}
std::optional<conference::CosignedRow> Entries::cosigned(conference::CosignedRow::Which which) {
  Query query(database_, "SELECT size, note, policy FROM cosigned WHERE which = ?");
  if (!query.use().bind(static_cast<std::int64_t>(which)).step()) return std::nullopt;
  return conference::CosignedRow{which, query.integer(0), std::string(query.blob(1)), std::string(query.blob(2))};
}
std::optional<std::string> Entries::envelope(std::int64_t index) {
  if (!envelope_.use().bind(index).step()) return std::nullopt;
  std::string text(envelope_.blob(0));
  envelope_.done();
  return text;
}

}  // namespace kasane::store
