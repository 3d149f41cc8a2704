#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/conference/commit.hpp"

namespace kasane::commands::verify {

/// An entry as the evidence shows it. Nothing of it is believed.
struct ShownEntry {
  std::int64_t index = 0;
  std::int64_t time_ms = 0, position = 0;
  std::optional<std::size_t> unit;        ///< its place among the units shown; none: of a unit that is not
  std::optional<crypto::Leaf> leaf;       ///< where the leaf itself is shown
  std::optional<crypto::Hash> leaf_hash;  ///< where its hash is
  std::optional<crypto::Nonce> nonce;     ///< where it is shown beside the payload
  std::optional<std::string> envelope;
};

/// A ledger, whole or in part, wherever it lies. Errors: `conference::StoreError` where it cannot be read on.
class Evidence {
 public:
  virtual ~Evidence() = default;
  virtual bool part() const = 0;  ///< of the ledger: envelopes of units that are not shown may be missing
  virtual std::int64_t size() = 0;
  virtual std::vector<conference::UnitRow> units() = 0;
  virtual std::vector<conference::CheckpointRow> checkpoints() = 0;  ///< by size
  /// The newest head with its witnesses' cosignatures, if one is shown.
  virtual std::optional<conference::CosignedRow> cosigned() { return std::nullopt; }
  /// The newest head with the log's own timestamped cosignature, if one is shown.
  virtual std::optional<conference::CosignedRow> own() { return std::nullopt; }
  /// The next one, in ledger order; none after the last.
  virtual std::optional<ShownEntry> next() = 0;
};

}  // namespace kasane::commands::verify
