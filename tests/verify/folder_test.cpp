// reliability.md §5.9: what somebody with the disk, or with the server's own keys, may try.
#include "crypto/cosignature.hpp"
#include "crypto/sha256.hpp"
#include "server/exit_status.hpp"
#include "tests/verify/given_ledger.hpp"

using namespace kasane;
using given::found;
using given::SmallLedger;
using given::WrittenEntry;

namespace {

/// A copy to tamper with.
struct Copy {
  explicit Copy(const SmallLedger& ledger) { ledger.copy_to(folder.path); }
  Folder folder;
  commands::verify::Report report(std::vector<std::string> heads = {}) const {
    return given::verify(folder.path, std::move(heads));
  }
  void meddle(const std::string& sql) const { given::meddle(folder.path, sql); }
};

wire::Payload payload_of(const std::string& envelope) {
  return wire::parse_payload(crypto::parse_envelope(envelope).value().payload).value();
}
/// The envelope as the server itself would sign a changed payload.
std::string signed_by_server(const SmallLedger& ledger, const wire::Payload& payload) {
  return crypto::print(
      crypto::sign_envelope(wire::print_payload(payload), "server", ledger.keys.statement.private_key));
}

}  // namespace

TEST_CASE("an honest folder holds, and everything in it was looked at") {
  const SmallLedger ledger;
  const auto report = given::verify(ledger.path(), {ledger.newest_checkpoint()});
  INFO(commands::verify::print_report(report, "it"));
  CHECK(report.holds());
  CHECK(report.releases == 1);
  CHECK(report.refusals == 1);
  CHECK(report.opened == 1);
  CHECK(report.envelopes == report.entries);
  CHECK(report.signatures == report.entries);
  CHECK(report.not_rerun.empty());
}

TEST_CASE("the summary says the same in Japanese, with the time of Japan") {
  const SmallLedger ledger;
  auto report = given::verify(ledger.path());
  const auto good = commands::verify::print_report_ja(report, "folder");
  INFO(good);
  CHECK(good.ends_with("\nすべて成り立っています\n"));
  CHECK(good.find("1件を、一つずつもう一度判断しました") != std::string::npos);
  const auto english = commands::verify::print_report(report, "folder");
  CHECK(std::ranges::count(good, '\n') == std::ranges::count(english, '\n'));
  report.from_ms = 1'795'000'000'000;  // 2026-11-18T11:06:40Z
  CHECK(commands::verify::print_report_ja(report, "folder").find("2026-11-18 20:06:40（日本時間）") !=
        std::string::npos);
  report.find(7, "what is wrong");
  const auto bad = commands::verify::print_report_ja(report, "folder");
  CHECK(bad.starts_with("成り立たないところ　記録7：what is wrong\n"));
  CHECK(bad.ends_with("成り立たないところが1件あります\n"));
}

TEST_CASE("a server that begins to write while a folder is read, or comes and goes, changes nothing of what is found") {
  const SmallLedger ledger;
  for (const bool stays : {true, false}) {
    INFO(stays);
    const Copy copy(ledger);
    store::LedgerReader before(copy.folder.path);
    std::unique_ptr<store::SqliteStore> server;
    int first_entries = 0;
    commands::verify::Watcher watcher;
    watcher.entry = [&](const commands::verify::ReadEntry& entry, const policy::World&) {
      if (entry.index != 0 || first_entries++ > 0) return;
      server = std::make_unique<store::SqliteStore>(copy.folder.path);
      conference::Commit commit;
      commit.cosigned.push_back(server->cosigned(conference::CosignedRow::Which::own).value());
      server->commit(commit);
      if (!stays) server.reset();
    };
    CHECK_FALSE(before.torn());
    const auto report = commands::verify::verify_folder(copy.folder.path, {}, watcher);
    INFO(commands::verify::print_report(report, "it"));
    CHECK(report.holds());
    CHECK(first_entries == 2);  // what had been read of it by then was thrown away
    CHECK(before.torn());
  }
}

TEST_CASE("the last leaf dropped is found by the checkpoint that covers it") {
  const SmallLedger ledger;
  const Copy copy(ledger);
  copy.meddle(
      "DELETE FROM entries WHERE i = (SELECT max(i) FROM leaves);"
      "DELETE FROM leaves WHERE i = (SELECT max(i) FROM leaves)");
  CHECK(found(copy.report(), "covers entries that are not here"));
}

TEST_CASE("two leaves swapped are found") {
  const SmallLedger ledger;
  const Copy copy(ledger);
  copy.meddle(
      "UPDATE entries SET i = -1 WHERE i = 5; UPDATE entries SET i = 5 WHERE i = 6;"
      "UPDATE entries SET i = 6 WHERE i = -1");
  CHECK(found(copy.report(), "its leaf is not that of its envelope"));
  const Copy resigned(ledger);
  given::rewrite(resigned.folder.path, ledger.keys, [](auto& entries) { std::swap(entries[5], entries[6]); });
  CHECK_FALSE(resigned.report().holds());
}

TEST_CASE("a ledger cut short and signed anew with another key is found by the founding entry") {
  const SmallLedger ledger;
  const Copy copy(ledger);
  log::Keys old = log::generate_keys();
  given::rewrite(copy.folder.path, old, [](auto& entries) { entries.resize(entries.size() - 3); });
  CHECK(found(copy.report(), "is not signed by the log that was founded in entry 0"));
}

TEST_CASE("yesterday's folder adds up by itself, and is found by a checkpoint that somebody else holds") {
  const SmallLedger ledger;
  const Copy copy(ledger);
  given::rewrite(copy.folder.path, ledger.keys,
                 [&](auto& entries) { entries.resize(static_cast<std::size_t>(ledger.refusal)); });
  copy.meddle("DELETE FROM frames; DELETE FROM units WHERE name LIKE 'denial/%' OR name = 'heads'");
  const auto alone = copy.report();
  INFO(commands::verify::print_report(alone, "it"));
  CHECK(alone.holds());
  CHECK(found(copy.report({ledger.newest_checkpoint()}), "the ledger was cut, or set back"));
}

TEST_CASE("a fork of the same size is found by a checkpoint that somebody else holds") {
  const SmallLedger ledger;
  const Copy copy(ledger);
  // The server releases the key a second time under another nonce, in the place of the first: all its own to sign.
  given::rewrite(copy.folder.path, ledger.keys, [&](auto& entries) {
    auto& entry = entries[static_cast<std::size_t>(ledger.release)];
    auto payload = payload_of(entry.envelope);
    payload.nonce = std::string(32, 'a');
    entry.envelope = signed_by_server(ledger, payload);
  });
  CHECK(found(copy.report({ledger.newest_checkpoint()}), "two histories of one log"));
  // And by whoever wrote after it: their statements say what they had seen.
  CHECK(found(copy.report(), "its author had seen another past of this log"));
}

TEST_CASE("another tenant's entries replayed here are found by the log's name") {
  const SmallLedger ledger, other;
  const Copy copy(ledger);
  std::vector<WrittenEntry> theirs;
  const Copy source(other);
  given::rewrite(source.folder.path, other.keys, [&](auto& entries) { theirs = entries; });
  given::rewrite(copy.folder.path, ledger.keys, [&](auto& entries) { entries[6].envelope = theirs[6].envelope; });
  const auto report = copy.report();
  CHECK(found(report, "it was signed for another log"));
  CHECK(found(report, "its author has not signed it"));
}

TEST_CASE("a release without its request is found") {
  const SmallLedger ledger;
  const Copy copy(ledger);
  given::rewrite(copy.folder.path, ledger.keys, [&](auto& entries) {
    auto& entry = entries[static_cast<std::size_t>(ledger.release)];
    auto payload = payload_of(entry.envelope);
    wire::Json body = wire::Json::object();
    body.add("request", std::string(64, '0')).add("decision", *payload.body.find("decision"));
    payload.body = std::move(body);
    entry.envelope = signed_by_server(ledger, payload);
  });
  CHECK(found(copy.report(), "a key was released without a request"));
}

TEST_CASE("a release to another person than asked is found, and so is one that the rules do not give") {
  const SmallLedger ledger;
  const Copy copy(ledger);
  given::rewrite(copy.folder.path, ledger.keys, [&](auto& entries) {
    auto& entry = entries[static_cast<std::size_t>(ledger.release)];
    auto payload = payload_of(entry.envelope);
    payload.statement.person = "doi";  // whose client would open it without asking
    payload.unit = "access/r-1/doi";
    entry.unit = payload.unit;
    entry.envelope = signed_by_server(ledger, payload);
  });
  const auto report = copy.report();
  CHECK(found(report, "a key was released to another than asked for it"));
  CHECK(found(report, "the release, decided again, is a refusal"));
}

TEST_CASE("a release whose decision was written otherwise is found") {
  const SmallLedger ledger;
  const Copy copy(ledger);
  given::rewrite(copy.folder.path, ledger.keys, [&](auto& entries) {
    auto& entry = entries[static_cast<std::size_t>(ledger.release)];
    auto payload = payload_of(entry.envelope);
    std::string body = wire::print_json(payload.body);
    const auto cites = body.find("\"cites\":[") + 9;
    body.insert(cites, "0,");
    payload.body = wire::read_json(body).value();
    entry.envelope = signed_by_server(ledger, payload);
  });
  CHECK(found(copy.report(), "has another ground, citation, duty or end"));
}

TEST_CASE("a refusal that the rules would not have given is found") {
  const SmallLedger ledger;
  const Copy copy(ledger);
  given::rewrite(copy.folder.path, ledger.keys, [&](auto& entries) {
    auto& entry = entries[static_cast<std::size_t>(ledger.refusal)];
    auto payload = payload_of(entry.envelope);
    wire::Json body = wire::Json::object();
    body.add("reason", "CONFLICT").add("request", *payload.body.find("request"));
    payload.body = std::move(body);
    entry.envelope = signed_by_server(ledger, payload);
  });
  CHECK(found(copy.report(), "the refusal, decided again, has another reason"));
}

TEST_CASE("a record opened without a release is found") {
  const SmallLedger ledger;
  const Copy copy(ledger);
  given::rewrite(copy.folder.path, ledger.keys, [&](auto& entries) {
    entries.erase(entries.begin() + ledger.release);  // the server hides that it gave the key away
  });
  CHECK(found(copy.report(), "a record was opened without a release"));
}

TEST_CASE("a message's erased envelope is counted and named, and a missing statement of the directory is found") {
  const SmallLedger ledger;
  const Copy erased(ledger);
  erased.meddle("DELETE FROM entries WHERE i = (SELECT max(i) FROM leaves); DELETE FROM frames");
  const auto report = erased.report();
  INFO(commands::verify::print_report(report, "it"));
  CHECK(report.holds());
  CHECK(report.erased == 1);
  REQUIRE(report.not_rerun.size() == 1);
  CHECK(report.not_rerun[0].ends_with(" of item/i-1: erased"));
  const Copy missing(ledger);
  missing.meddle("DELETE FROM entries WHERE i = 2");
  CHECK(found(missing.report(), "its envelope is missing"));
}

TEST_CASE("a changed, missing or foreign ciphertext beside the ledger is found") {
  const SmallLedger ledger;
  for (const auto& [sql, what] : std::vector<std::pair<std::string, std::string>>{
           {"UPDATE blobs SET bytes = zeroblob(length(bytes))", "a ciphertext was changed"},
           {"DELETE FROM blobs", "ciphertext is missing"},
           {"INSERT INTO blobs (digest, bytes) VALUES (zeroblob(32), x'00')", "a ciphertext that no entry names"},
           {"UPDATE frames SET bytes = x'00'", "its message's ciphertext was changed"},
           {"DELETE FROM frames", "its message's ciphertext is missing"},
           {"UPDATE wraps SET list = zeroblob(0)", "a list of wraps was changed"},
           {"DELETE FROM wraps", "its list of wraps is missing"},
           {"INSERT INTO grants VALUES (5, 'r-1', 'd-1', x'00')", "a key is kept for a device"},
           {"INSERT INTO units VALUES ((SELECT max(unit) + 1 FROM units), 'item/i-9', zeroblob(16))",
            "a unit that no entry names"},
           {"UPDATE leaves SET nonce = zeroblob(16) WHERE i = 4", "another nonce stands beside it"},
           {"UPDATE leaves SET at_ms = at_ms + 1 WHERE i = 4", "its leaf is not that of its envelope"},
           {"UPDATE leaves SET unit = 99 WHERE i = 4", "it is of a unit that is not there"},
           {"DELETE FROM checkpoints WHERE size = (SELECT max(size) FROM checkpoints)", "the newest checkpoint covers"},
       }) {
    INFO(sql);
    const Copy copy(ledger);
    copy.meddle(sql);
    CHECK(found(copy.report(), what));
  }
}

TEST_CASE("verify leaves the folder as it is, and says what is no ledger") {
  const SmallLedger ledger;
  const auto files = [&] {
    std::vector<std::string> names;
    for (const auto& one : std::filesystem::directory_iterator(ledger.path()))
      names.push_back(one.path().filename().string() + " " + std::to_string(std::filesystem::file_size(one.path())));
    std::ranges::sort(names);
    return names;
  };
  const auto before = files();
  given::verify(ledger.path());
  CHECK(files() == before);
  CHECK_THROWS_AS(given::verify(ledger.path() / "nowhere"), CommandError);
}

TEST_CASE("a statement of where the units end that leaves an end out is found, though the server signed it") {
  const SmallLedger ledger;
  for (const std::string member : {"size", "units", "root"}) {
    const Copy copy(ledger);
    given::rewrite(copy.folder.path, ledger.keys, [&](auto& entries) {
      auto& entry = entries[static_cast<std::size_t>(ledger.heads)];
      auto payload = payload_of(entry.envelope);
      wire::Json body = wire::Json::object();
      for (const auto& [name, value] : payload.body.members())
        body.add(name, name != member               ? value
                       : value.integer() != nullptr ? wire::Json(*value.integer() - 1)
                                                    : wire::Json(std::string(64, '0')));
      payload.body = std::move(body);
      entry.envelope = signed_by_server(ledger, payload);
    });
    INFO(member);
    CHECK(found(copy.report(), "it does not say where the units ended"));
  }
}

namespace {

/// The ledger's head over all but the last `back` entries, as the log itself would have cosigned it.
conference::CosignedRow own_head(const SmallLedger& ledger, std::int64_t back, std::int64_t at_ms) {
  crypto::Tree tree;
  std::string origin;
  store::LedgerReader reader(ledger.path());
  reader.each_entry([&](const conference::LeafRow& row, const auto&) { tree.append(row.leaf); });
  const auto size = tree.size() - static_cast<std::uint64_t>(back);
  origin = crypto::parse_checkpoint(ledger.newest_checkpoint())->checkpoint.origin;
  auto note =
      *crypto::parse_checkpoint(crypto::sign_checkpoint({origin, size, tree.root(size)}, ledger.keys.log.private_key));
  note.signatures.push_back(crypto::cosign(note.checkpoint, static_cast<std::uint64_t>(at_ms / 1'000), origin,
                                           ledger.keys.cosigner->private_key));
  return {conference::CosignedRow::Which::own, static_cast<std::int64_t>(size), print(note), {}};
}
void put(const std::filesystem::path& folder, const conference::CosignedRow& row) {
  store::Database database((folder / "ledger.db").string());
  store::Entries(database).add(row);
  database.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace

TEST_CASE("the log's own cosignature is checked, and what came after it is later than it promised") {
  const SmallLedger ledger;
  const auto honest = given::verify(ledger.path());
  REQUIRE(honest.own);
  CHECK(honest.own->size > 0);
  CHECK(commands::verify::print_report(honest, "it").find("all later ones are later") != std::string::npos);
  const Copy copy(ledger);
  put(copy.folder.path, own_head(ledger, 3, honest.to_ms - 60'000));
  CHECK(copy.report().holds());
  put(copy.folder.path, own_head(ledger, 0, honest.to_ms + 60'000));  // nothing came after it
  CHECK(copy.report().holds());
  put(copy.folder.path, own_head(ledger, 3, honest.to_ms + 60'000));
  CHECK(found(copy.report(), "it is not later than the log promised"));
}

TEST_CASE("an own cosignature that is missing, of another head or under another key is found") {
  const SmallLedger ledger;
  const Copy copy(ledger);
  copy.meddle("DELETE FROM cosigned WHERE which = 0");
  CHECK(found(copy.report(), "no head under the log's own cosignature is shown"));
  auto row = own_head(ledger, 0, 1'795'000'000'000);
  auto note = *crypto::parse_checkpoint(row.note);
  note.signatures.pop_back();
  put(copy.folder.path, {row.which, row.size, print(note), {}});
  CHECK(found(copy.report(), "does not carry its cosignature"));
  put(copy.folder.path, {row.which, row.size - 1, row.note, {}});
  CHECK(found(copy.report(), "does not carry its cosignature"));
  note.signatures.push_back(
      crypto::cosign(note.checkpoint, 1'795'000'000, note.checkpoint.origin, ledger.keys.statement.private_key));
  put(copy.folder.path, {row.which, row.size, print(note), {}});
  CHECK(found(copy.report(), "does not carry its cosignature"));
  note.checkpoint.root.bytes[0] ^= 1;
  const auto fork = crypto::parse_checkpoint(crypto::sign_checkpoint(note.checkpoint, ledger.keys.log.private_key));
  put(copy.folder.path, {row.which, row.size, print(*fork), {}});
  CHECK(found(copy.report(), "two histories of one log"));
}
