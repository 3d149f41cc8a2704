#include "server/store/ledger_reader.hpp"

#include "server/store/migrations.hpp"

namespace kasane::store {

namespace {

bool holds_something(const std::filesystem::path& file) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(file, error);
  return !error && bytes > 0;
}
std::filesystem::file_time_type written_at(const std::filesystem::path& file) {
  std::error_code error;
  return std::filesystem::last_write_time(file, error);
}
crypto::Hash hash_column(const Query& query, int column) {
  const auto hash = crypto::fixed<crypto::Hash>(crypto::view(query.blob(column)));
  if (!hash) throw conference::StoreError("the database is damaged: a value of the wrong length");
  return *hash;
}

}  // namespace

// Without a write-ahead log the file is whole by itself; opened as frozen, SQLite leaves nothing beside it.
LedgerReader::Snapshot::Snapshot(const std::filesystem::path& path)
    : log(path.string() + "-wal"),
      file(path),
      written(written_at(path)),
      frozen(!holds_something(log)),
      database(path.string(), frozen ? Access::frozen : Access::read) {
  database.run("PRAGMA trusted_schema=OFF;PRAGMA cell_size_check=ON;PRAGMA query_only=ON;BEGIN");
  const std::int64_t version = database.number("PRAGMA user_version");
  if (version != schema_version())
    throw conference::StoreError("the database has schema version " + std::to_string(version) +
                                 ", and this program reads version " + std::to_string(schema_version()));
}

LedgerReader::LedgerReader(const std::filesystem::path& folder)
    : LedgerReader(std::make_unique<Snapshot>(folder / "ledger.db")) {}

LedgerReader::LedgerReader(std::unique_ptr<Snapshot> snapshot)
    : snapshot_(std::move(snapshot)),
      entries(snapshot_->database),
      blobs(snapshot_->database),
      wraps(snapshot_->database),
      grants(snapshot_->database) {}

// A server that came and went has left no log, but it has copied what it wrote into the file.
bool LedgerReader::torn() const {
  return snapshot_->frozen && (holds_something(snapshot_->log) || written_at(snapshot_->file) != snapshot_->written);
}

std::string LedgerReader::damage() {
  Query query(snapshot_->database, "PRAGMA integrity_check(1)");
  if (!query.step()) return "it says nothing";
  const std::string first(query.blob(0));
  return first == "ok" ? std::string() : first;
}

LedgerReader::Rows::Rows(LedgerReader& reader)
    : query_(reader.snapshot_->database,
             "SELECT l.i, l.at_ms, l.unit, l.position, l.nonce, l.leaf, e.envelope FROM leaves l "
             "LEFT JOIN entries e ON e.i = l.i ORDER BY l.i") {}

bool LedgerReader::Rows::next() {
  if (!query_.step()) return false;
  const auto nonce = crypto::fixed<crypto::Nonce>(crypto::view(query_.blob(4)));
  if (!nonce) throw conference::StoreError("the database is damaged: a value of the wrong length");
  leaf = {query_.integer(0), query_.integer(1), query_.integer(2), query_.integer(3), *nonce, hash_column(query_, 5)};
  const auto text = query_.blob(6);
  envelope = text.empty() ? std::nullopt : std::optional(text);
  return true;
}

void LedgerReader::each_entry(
    const std::function<void(const conference::LeafRow&, const std::optional<std::string_view>&)>& visit) {
  Rows rows(*this);
  while (rows.next()) visit(rows.leaf, rows.envelope);
}

LedgerReader::Frames::Frames(LedgerReader& reader)
    : query_(reader.snapshot_->database, "SELECT i, item, bytes FROM frames ORDER BY i") {}

bool LedgerReader::Frames::next() {
  if (!query_.step()) return false;
  index = query_.integer(0);
  item = query_.blob(1);
  bytes = query_.blob(2);
  return true;
}

std::int64_t LedgerReader::envelopes_without_leaf() {
  return snapshot_->database.number("SELECT count(*) FROM entries WHERE i NOT IN (SELECT i FROM leaves)");
}
void LedgerReader::each_blob(const std::function<void(const crypto::Hash&, std::string_view)>& visit) {
  Query query(snapshot_->database, "SELECT digest, bytes FROM blobs ORDER BY id");
  while (query.step()) visit(hash_column(query, 0), query.blob(1));
}
void LedgerReader::each_wraps_root(const std::function<void(const crypto::Hash&)>& visit) {
  Query query(snapshot_->database, "SELECT root FROM wraps ORDER BY id");
  while (query.step()) visit(hash_column(query, 0));
}
void LedgerReader::each_grant(const std::function<void(const conference::Grant&)>& visit) {
  Query query(snapshot_->database, "SELECT record, device, i, wrap FROM grants ORDER BY rowid");
  while (query.step())
    visit({std::string(query.blob(0)), std::string(query.blob(1)), query.integer(2), std::string(query.blob(3))});
}

}  // namespace kasane::store
