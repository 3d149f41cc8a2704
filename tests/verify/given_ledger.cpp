#include "tests/verify/given_ledger.hpp"

#include "crypto/sha256.hpp"

namespace kasane::given {

namespace {

log::Keys copy_of(const log::Keys& keys) {
  log::Keys copy{crypto::signing_from_seed(crypto::seed_of(keys.log.private_key)),
                 crypto::signing_from_seed(crypto::seed_of(keys.statement.private_key))};
  if (keys.cosigner) copy.cosigner = crypto::signing_from_seed(crypto::seed_of(keys.cosigner->private_key));
  return copy;
}

}  // namespace

SmallLedger::SmallLedger() {
  Town town(std::make_shared<store::SqliteStore>(folder.path));
  keys = copy_of(town.keys());
  town.convene();
  town.open_item();
  const auto sealed = town.record("r-1", "a-clinic", {"doi", "chiba"});
  town.does("doi", sealed.statement, sealed.blobs, sealed.wraps);
  const auto chiba = town.connect("chiba");
  town.ask(chiba, wire::OpenRequest{town.request("chiba", "r-1")});
  const auto answer = town.answer(chiba);
  release = answer.number({"result", "release", "index"});
  request = answer.number({"result", "request", "index"});
  opened = town.does("chiba", {"access/r-1/chiba", R"({"kind":"opened","record":"r-1","device":")" +
                                                       town.devices["chiba"][0].id + R"(","item":"i-1"})"});
  const auto aoki = town.connect("aoki");
  town.ask(aoki, wire::OpenRequest{town.request("aoki", "r-1")});
  CHECK(town.answer(aoki).has({"error"}));
  refusal = town.size() - 1;
  const auto epoch = town.epoch(1, crypto::Hash{}, {"chiba", "doi"});
  town.does("chiba", epoch.statement, epoch.blobs, epoch.wraps);
  const auto doi = town.connect("doi");
  town.ask(doi, wire::HeadsRequest{});
  heads = town.answer(doi).number({"result", "entry", "i"});
  const auto message = town.message("m-1", 1, "sealed words");
  town.does("doi", message.statement, message.blobs, message.wraps);
}

std::string SmallLedger::newest_checkpoint() const {
  store::LedgerReader reader(folder.path);
  return reader.entries.last_checkpoint().value();
}

void SmallLedger::copy_to(const std::filesystem::path& other) const {
  std::filesystem::copy(folder.path, other,
                        std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
}

void meddle(const std::filesystem::path& folder, const std::string& sql) {
  store::Database database((folder / "ledger.db").string());
  database.run(sql);
  database.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

void rewrite(const std::filesystem::path& folder, const log::Keys& keys,
             const std::function<void(std::vector<WrittenEntry>&)>& change) {
  std::vector<WrittenEntry> entries;
  std::vector<conference::UnitRow> units;
  {
    store::LedgerReader reader(folder);
    reader.entries.each_unit([&](const conference::UnitRow& row) { units.push_back(row); });
    reader.each_entry([&](const conference::LeafRow& row, const std::optional<std::string_view>& envelope) {
      entries.push_back({row.time_ms, units[static_cast<std::size_t>(row.unit)].name, std::string(*envelope)});
    });
  }
  change(entries);
  meddle(folder, "DELETE FROM entries;DELETE FROM leaves;DELETE FROM checkpoints");
  store::Database database((folder / "ledger.db").string());
  store::Entries table(database);
  log::Writer writer(copy_of(keys));
  for (const auto& unit : units) writer.create_unit(unit.name, unit.salt);
  const auto payload_of = [](const std::string& envelope) {
    return wire::parse_payload(crypto::parse_envelope(envelope).value().payload).value();
  };
  writer.found(payload_of(entries.at(0).envelope).log, entries[0].envelope);
  for (const auto& entry : entries) {
    if (!writer.units().find(entry.unit)) {
      const crypto::Salt salt{{9}};
      table.add(conference::UnitRow{writer.create_unit(entry.unit, salt), entry.unit, salt});
    }
    const auto at =
        writer.append(writer.units().find(entry.unit).value(), entry.time_ms, crypto::sha256(entry.envelope));
    table.add({{at.index, at.time_ms, at.unit, at.position,
                crypto::from_hex<crypto::Nonce>(payload_of(entry.envelope).nonce).value(), at.leaf_hash},
               entry.envelope});
  }
  table.add(conference::CheckpointRow{writer.size(), writer.checkpoint()});
  const auto at_s = static_cast<std::uint64_t>(writer.last_time_ms() / 1'000);
  table.add(conference::CosignedRow{conference::CosignedRow::Which::own, writer.size(), writer.timestamped(at_s), {}});
  database.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

commands::verify::Report verify(const std::filesystem::path& folder, std::vector<std::string> heads) {
  return commands::verify::verify_folder(folder, {{}, std::move(heads)});
}

bool found(const commands::verify::Report& report, const std::string& what) {
  for (const auto& finding : report.findings)
    if (finding.what.find(what) != std::string::npos) return true;
  return false;
}

}  // namespace kasane::given
