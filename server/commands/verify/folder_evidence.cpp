#include "server/commands/verify/folder_evidence.hpp"

#include <limits>

#include "server/commands/verify/attached.hpp"
#include "server/exit_status.hpp"

namespace kasane::commands::verify {

std::vector<conference::UnitRow> FolderEvidence::units() {
  std::vector<conference::UnitRow> rows;
  reader_.entries.each_unit([&](const conference::UnitRow& row) { rows.push_back(row); });
  return rows;
}

std::vector<conference::CheckpointRow> FolderEvidence::checkpoints() {
  std::vector<conference::CheckpointRow> rows;
  reader_.entries.each_checkpoint([&](const conference::CheckpointRow& row) { rows.push_back(row); });
  return rows;
}

void FolderEvidence::each_entry(const std::function<void(ShownEntry&&)>& visit) {
  reader_.each_entry([&](const conference::LeafRow& row, const std::optional<std::string_view>& envelope) {
    ShownEntry shown;
    shown.index = row.index;
    shown.time_ms = row.time_ms;
    shown.position = row.position;
    shown.unit = row.unit < 0 ? std::numeric_limits<std::size_t>::max() : static_cast<std::size_t>(row.unit);
    shown.leaf_hash = row.leaf;
    shown.nonce = row.nonce;
    if (envelope) shown.envelope = *envelope;
    visit(std::move(shown));
  });
}

Report verify_folder(const std::filesystem::path& folder, const Knowledge& knowledge, const Watcher& watcher) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(folder / "ledger.db", error))
    throw CommandError(Exit::no_data, "no ledger in " + folder.string());
  Report report;
  try {
    store::LedgerReader reader(folder);
    if (const auto damage = reader.damage(); !damage.empty()) report.find("the database is damaged: " + damage);
    FolderEvidence evidence(reader);
    Attached attached(reader, report);
    Watcher all = watcher;
    all.entry = [&](const ReadEntry& entry, const policy::World& world) {
      attached.entry(entry, world);
      if (watcher.entry) watcher.entry(entry, world);
    };
    all.end = [&](const policy::World& world) {
      attached.finish(world);
      if (watcher.end) watcher.end(world);
    };
    check_ledger(evidence, knowledge, report, all);
    if (reader.envelopes_without_leaf() > 0) report.find("envelopes stand in it that have no leaf");
    if (reader.torn()) report.find("a server began to write while it was read: verify again");
  } catch (const conference::StoreError& damaged) {
    report.find(damaged.what());
  }
  return report;
}

}  // namespace kasane::commands::verify
