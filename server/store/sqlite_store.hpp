#pragma once

#include <filesystem>
#include <optional>

#include "server/conference/ports.hpp"
#include "server/store/blobs.hpp"
#include "server/store/entries.hpp"
#include "server/store/extract_file.hpp"
#include "server/store/folder_lock.hpp"
#include "server/store/grants.hpp"
#include "server/store/half_signed.hpp"
#include "server/store/wal_copier.hpp"
#include "server/store/wraps.hpp"

namespace kasane::store {

/// The ledger in one SQLite file, `ledger.db`, in a folder that nobody else serves (FORMAT.md "The file").
/// Thread: the ledger's. Errors: throws `conference::StoreError`.
class SqliteStore final : public conference::Store {
 public:
  /// In memory, for tests and what-ifs.
  SqliteStore();
  /// Requires: the folder exists.
  explicit SqliteStore(const std::filesystem::path& folder);

  void commit(const conference::Commit& commit) override;
  std::int64_t size() override { return entries_.size(); }
  void each_leaf(const std::function<void(const conference::LeafRow&)>& visit) override { entries_.each_leaf(visit); }
  void each_unit(const std::function<void(const conference::UnitRow&)>& visit) override { entries_.each_unit(visit); }
  void each_envelope(std::int64_t from, const std::function<void(std::int64_t, std::string_view)>& visit) override {
    entries_.each_envelope(from, visit);
  }
  std::optional<std::string> last_checkpoint() override { return entries_.last_checkpoint(); }
  std::optional<conference::CosignedRow> cosigned(conference::CosignedRow::Which which) override {
    return entries_.cosigned(which);
  }
  std::optional<std::string> envelope(std::int64_t index) override { return entries_.envelope(index); }
  std::optional<std::string> blob(const crypto::Hash& digest) override { return blobs_.blob(digest); }
  std::optional<std::string> frame(std::int64_t index) override { return blobs_.frame(index); }
  std::vector<conference::Wrap> wraps(const crypto::Hash& root) override { return wraps_.list(root); }
  std::optional<conference::Grant> grant(std::string_view record, std::string_view device) override {
    return grants_.newest(record, device);
  }
  std::vector<conference::HalfSigned> half_signed(std::string_view person, std::int64_t now_ms) override {
    return half_signed_.of(person, now_ms);
  }
  std::uint64_t free_bytes() override;
  void each_extract(const std::function<bool(std::string_view)>& visit) override {
    if (extract_) extract_->each(visit);
  }
  void keep_extract(std::size_t segments) override {
    if (extract_) extract_->keep(segments);
  }
  void add_extract(std::string_view segment) override {
    if (extract_) extract_->add(segment);
  }

 private:
  struct Prepared {
    explicit Prepared(Database& database);
  };
  std::filesystem::path folder_;  // empty: in memory
  std::optional<FolderLock> lock_;
  Database database_;
  Prepared prepared_;  // before the tables, whose statements need the schema
  Query begin_, commit_, rollback_;
  Entries entries_;
  Blobs blobs_;
  Wraps wraps_;
  Grants grants_;
  HalfSignedTable half_signed_;
  std::optional<WalCopier> copier_;
  std::optional<ExtractFile> extract_;
};

}  // namespace kasane::store
