#pragma once

#include <filesystem>

#include "server/commands/verify/check.hpp"
#include "server/store/ledger_reader.hpp"

namespace kasane::commands::verify {

/// A data folder's `ledger.db`.
class FolderEvidence final : public Evidence {
 public:
  explicit FolderEvidence(store::LedgerReader& reader) : reader_(reader) {}
  bool part() const override { return false; }
  std::int64_t size() override { return reader_.entries.size(); }
  std::vector<conference::UnitRow> units() override;
  std::vector<conference::CheckpointRow> checkpoints() override;
  std::optional<conference::CosignedRow> cosigned() override {
    return reader_.entries.cosigned(conference::CosignedRow::Which::quorum);
  }
  std::optional<conference::CosignedRow> own() override {
    return reader_.entries.cosigned(conference::CosignedRow::Which::own);
  }
  std::optional<ShownEntry> next() override;

 private:
  store::LedgerReader& reader_;
  std::optional<store::LedgerReader::Rows> rows_;  // from the first one asked for on
};

/// A data folder as a whole, as it stood at one moment. Where a server begins to write meanwhile, `watcher` is asked
/// again from the first entry on. Errors: `CommandError` where there is none.
Report verify_folder(const std::filesystem::path& folder, const Knowledge& knowledge, const Watcher& watcher = {});

}  // namespace kasane::commands::verify
