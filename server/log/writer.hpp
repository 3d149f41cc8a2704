#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/merkle.hpp"
#include "crypto/note.hpp"
#include "crypto/tile.hpp"
#include "server/log/keys.hpp"
#include "server/log/units.hpp"

namespace kasane::log {

/// Where an entry stands. Everything a leaf is made of but the envelope's hash.
struct Place {
  std::int64_t index = 0, time_ms = 0, position = 0;
  UnitNumber unit = 0;
  crypto::Hash previous, leaf_hash;
};

/// The ledger's writer: tree, unit chains, checkpoints. The only place with signing keys.
/// Thread: the ledger's, but for `tile` and `consistency`. What it appends is never taken back: a commit that fails
/// ends the process.
class Writer {
 public:
  explicit Writer(Keys keys) : keys_(std::move(keys)) {}

  const std::string& origin() const { return origin_; }  ///< `<name>/<16 hex>`; empty before the founding
  const std::string& log() const { return log_; }        ///< the log's name; empty before the founding
  const crypto::Tree& tree() const { return tree_; }
  const Units& units() const { return units_; }
  std::int64_t size() const { return static_cast<std::int64_t>(tree_.size()); }
  std::int64_t last_time_ms() const { return times_ms_.empty() ? 0 : times_ms_.back(); }
  /// Ledger time of an entry. Requires: index < size().
  std::int64_t time_ms(std::int64_t index) const { return times_ms_[static_cast<std::size_t>(index)]; }
  const crypto::PublicKey& log_key() const { return keys_.log.public_key; }
  const crypto::PublicKey& server_key() const { return keys_.statement.public_key; }
  /// Of the log's own cosignatures; none: it makes none.
  std::optional<crypto::PublicKey> cosigner_key() const {
    return keys_.cosigner ? std::optional(keys_.cosigner->public_key) : std::nullopt;
  }

  /// The log's name comes with its founding envelope, which itself names the origin alone.
  void found(std::string_view origin, std::string_view founding_envelope);
  UnitNumber create_unit(std::string name, const crypto::Salt& salt) { return units_.create(std::move(name), salt); }
  /// Requires: `time_ms` not before the last one.
  Place append(UnitNumber unit, std::int64_t time_ms, const crypto::Hash& envelope);
  /// An entry whose leaf was computed before. Requires: as `append`; `restore_tree` before anything is asked or
  /// appended.
  void restore(UnitNumber unit, std::int64_t time_ms, const crypto::Hash& leaf_hash);
  /// The tree over the leaves of all entries restored.
  void restore_tree(crypto::Tree tree);
  /// Thread: any. Errors: none where the tree has not that many hashes there.
  std::optional<crypto::Bytes> tile(const crypto::TileName& name) const {
    const std::shared_lock lock(*tree_mutex_);
    return crypto::hash_tile(tree_, name);
  }
  /// Thread: any. Errors: none unless 1 ≤ from ≤ to ≤ size().
  std::optional<std::vector<crypto::Hash>> consistency(std::uint64_t from, std::uint64_t to) const {
    const std::shared_lock lock(*tree_mutex_);
    return tree_.consistency(from, to);
  }
  /// Of a segment of the extract (FORMAT.md), under a key of its own that derives from the log's.
  crypto::Hash extract_mac(crypto::View segment) const;
  /// The signed note of the tree as it stands.
  std::string checkpoint() const;
  /// The same with the log's own cosignature of that POSIX second. Requires: `cosigner_key()`.
  std::string timestamped(std::uint64_t at_s) const;

  // The server's own words, under the statement key (FORMATS.md §4, §10).
  std::string sign_statement(std::string payload) const;
  crypto::Signature sign_time(const crypto::Nonce& client_nonce, std::int64_t time_ms) const;
  crypto::Signature sign_closed(std::string_view person, std::string_view unit, std::int64_t size) const;
  crypto::Signature sign_wanted(std::string_view record, std::string_view device) const;

 private:
  Keys keys_;
  std::string origin_, log_;
  crypto::Tree tree_;  // written under the mutex; the ledger's thread, its only writer, reads it without
  std::unique_ptr<std::shared_mutex> tree_mutex_ = std::make_unique<std::shared_mutex>();
  Units units_;
  std::vector<std::int64_t> times_ms_;
};

}  // namespace kasane::log
