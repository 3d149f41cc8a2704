#include "server/store/blobs.hpp"

namespace kasane::store {

Blobs::Blobs(Database& database)
    : add_blob_(database, "INSERT OR IGNORE INTO blobs (digest, bytes) VALUES (?, ?)"),
      add_frame_(database, "INSERT INTO frames (i, item, bytes) VALUES (?, ?, ?)"),
      drop_blob_(database, "DELETE FROM blobs WHERE digest = ?"),
      forget_(database, "DELETE FROM frames WHERE item = ?"),
      blob_(database, "SELECT bytes FROM blobs WHERE digest = ?"),
      frame_(database, "SELECT bytes FROM frames WHERE i = ?") {}

void Blobs::add(const conference::Blob& blob) {
  add_blob_.use().bytes(blob.digest.bytes).bytes(crypto::view(blob.bytes)).run();
}
void Blobs::add(const conference::Frame& frame) {
  add_frame_.use().bind(frame.index).text(frame.item).bytes(crypto::view(frame.bytes)).run();
}
void Blobs::drop(const crypto::Hash& digest) { drop_blob_.use().bytes(digest.bytes).run(); }
void Blobs::forget_item(std::string_view item) { forget_.use().text(item).run(); }

namespace {
std::optional<std::string> only_value(Query& query) {
  if (!query.step()) return std::nullopt;
  std::string value(query.blob(0));
  query.done();
  return value;
}
}  // namespace

std::optional<std::string> Blobs::blob(const crypto::Hash& digest) {
  return only_value(blob_.use().bytes(digest.bytes));
}
std::optional<std::string> Blobs::frame(std::int64_t index) { return only_value(frame_.use().bind(index)); }

}  // namespace kasane::store
