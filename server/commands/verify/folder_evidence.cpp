#include "server/commands/verify/folder_evidence.hpp"

#include <future>
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

std::optional<ShownEntry> FolderEvidence::next() {
  if (!rows_) rows_.emplace(reader_);
  if (!rows_->next()) return std::nullopt;
  const conference::LeafRow& row = rows_->leaf;
  ShownEntry shown;
  shown.index = row.index;
  shown.time_ms = row.time_ms;
  shown.position = row.position;
  shown.unit = row.unit < 0 ? std::numeric_limits<std::size_t>::max() : static_cast<std::size_t>(row.unit);
  shown.leaf_hash = row.leaf;
  shown.nonce = row.nonce;
  if (rows_->envelope) shown.envelope = *rows_->envelope;
  return shown;
}

namespace {
/// What is wrong with the file as a whole, by a reader of its own. Thread: any.
std::vector<std::string> wrong_with(const std::filesystem::path& folder) {
  try {
    return store::at_one_moment(folder, [](store::LedgerReader& reader) {
      std::vector<std::string> wrong;
      if (const auto damage = reader.damage(); !damage.empty()) wrong.push_back("the database is damaged: " + damage);
      if (reader.envelopes_without_leaf() > 0) wrong.emplace_back("envelopes stand in it that have no leaf");
      return wrong;
    });
  } catch (const conference::StoreError& error) {
    return {error.what()};
  }
}

Report look(store::LedgerReader& reader, const Knowledge& knowledge, const Watcher& watcher) {
  Report report;
  try {
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
  } catch (const conference::StoreError& damaged) {
    report.find(damaged.what());
  }
  return report;
}
}  // namespace

Report verify_folder(const std::filesystem::path& folder, const Knowledge& knowledge, const Watcher& watcher) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(folder / "ledger.db", error))
    throw CommandError(Exit::no_data, "no ledger in " + folder.string());
  Report report;
  std::future<std::vector<std::string>> wrong;  // looked for beside all else
  try {
    report = store::at_one_moment(folder, [&](store::LedgerReader& reader) {
      if (!wrong.valid()) wrong = std::async(std::launch::async, wrong_with, folder);
      return look(reader, knowledge, watcher);
    });
  } catch (const conference::StoreError& unreadable) {
    report.find(unreadable.what());
  }
  if (wrong.valid())
    for (const auto& what : wrong.get()) report.find(what);
  return report;
}

}  // namespace kasane::commands::verify
