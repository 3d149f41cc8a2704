#pragma once

#include <filesystem>

#include "server/store/blobs.hpp"
#include "server/store/entries.hpp"
#include "server/store/grants.hpp"
#include "server/store/wraps.hpp"

namespace kasane::store {

/// A folder's ledger as it stood at one moment, read and never written: beside a running server too, and from a folder
/// that may not be written. Thread: one. Errors: throws `conference::StoreError`.
class LedgerReader {
  /// The file, with a read transaction begun before the first look.
  struct Snapshot {
    explicit Snapshot(const std::filesystem::path& path);
    const std::filesystem::path log;  // `-wal`
    const std::filesystem::path file;
    const std::filesystem::file_time_type written;  // the file, before it was opened
    const bool frozen;
    Database database;
  };
  std::unique_ptr<Snapshot> snapshot_;  // before the tables: their statements have to be gone when it is closed

 public:
  explicit LedgerReader(const std::filesystem::path& folder);

  Entries entries;
  Blobs blobs;
  Wraps wraps;
  Grants grants;
  /// Every leaf in ledger order with its envelope, if that is still there.
  class Rows {
   public:
    /// Requires: the reader outlives it.
    explicit Rows(LedgerReader& reader);
    /// The next one; what it shows holds until the next call. False after the last.
    bool next();
    conference::LeafRow leaf;
    std::optional<std::string_view> envelope;

   private:
    Query query_;
  };
  void each_entry(
      const std::function<void(const conference::LeafRow&, const std::optional<std::string_view>& envelope)>& visit);
  /// The ciphertexts of messages in ledger order, a step at a time.
  class Frames {
   public:
    explicit Frames(LedgerReader& reader);
    bool next();
    std::int64_t index = 0;
    std::string_view item, bytes;

   private:
    Query query_;
  };
  std::int64_t envelopes_without_leaf();
  /// What SQLite itself finds wrong with the file; empty: nothing.
  std::string damage();
  void each_blob(const std::function<void(const crypto::Hash& digest, std::string_view bytes)>& visit);
  void each_wraps_root(const std::function<void(const crypto::Hash& root)>& visit);
  void each_grant(const std::function<void(const conference::Grant&)>& visit);
  /// Has somebody begun to write to a file that nobody wrote to? Then what was read may be torn: `at_one_moment`.
  bool torn() const;

 private:
  explicit LedgerReader(std::unique_ptr<Snapshot> snapshot);
  friend class Rows;
  friend class Frames;
};

/// What `look(reader)` says of the folder as it stood at one moment. Where a server begins to write to a folder at rest
/// meanwhile, it is asked again with a new reader, which then has a snapshot: `look` keeps nothing from one to the
/// next. Errors: those of `look`; `conference::StoreError` where servers come and go faster than it is read.
template <class Look>
auto at_one_moment(const std::filesystem::path& folder, Look look) {
  for (int left = 4;; --left) {
    LedgerReader reader(folder);
    try {
      auto seen = look(reader);
      if (!reader.torn()) return seen;
    } catch (...) {
      if (!reader.torn()) throw;
    }
    if (left == 0) throw conference::StoreError("servers begin and end writing while it is read: try again");
  }
}

}  // namespace kasane::store
