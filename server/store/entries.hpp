#pragma once

#include <functional>
#include <optional>

#include "server/conference/commit.hpp"
#include "server/store/database.hpp"

namespace kasane::store {

/// Tables `entries`, `leaves`, `units`, `checkpoints`: the ledger itself, appended to and never changed; and
/// `cosigned`, its newest heads as others signed them.
class Entries {
 public:
  explicit Entries(Database& database);
  void add(const conference::EntryRow& row);
  void add(const conference::UnitRow& row);
  void add(const conference::CheckpointRow& row);
  void add(const conference::CosignedRow& row);  ///< in the place of the one before
  std::int64_t size();
  void each_leaf(const std::function<void(const conference::LeafRow&)>& visit);
  void each_unit(const std::function<void(const conference::UnitRow&)>& visit);
  void each_envelope(std::int64_t from, const std::function<void(std::int64_t, std::string_view)>& visit);
  void each_checkpoint(const std::function<void(const conference::CheckpointRow&)>& visit);  ///< by size
  std::optional<std::string> last_checkpoint();
  std::optional<conference::CosignedRow> cosigned(conference::CosignedRow::Which which);
  std::optional<std::string> envelope(std::int64_t index);

 private:
  Database& database_;
  Query add_entry_, add_leaf_, add_unit_, add_checkpoint_, put_cosigned_, envelope_;
};

}  // namespace kasane::store
