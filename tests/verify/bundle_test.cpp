// What leaves the house in a bundle, and what somebody may do to it on the way (reliability.md §5.9).
#include "server/commands/verify/bundle.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "crypto/cosignature.hpp"
#include "server/commands/export.hpp"
#include "server/log/witness_policy.hpp"
#include "tests/demo/given_town.hpp"
#include "tests/verify/given_ledger.hpp"

using namespace kasane;
using commands::verify::Files;
using given::found;

namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}
void write(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

/// Runs `kasane export`, in process. Errors: `CommandError`.
void run_export(std::vector<std::string> arguments) {
  CLI::App program;
  commands::add_export(program);
  arguments.insert(arguments.begin(), "export");
  std::ranges::reverse(arguments);
  program.parse(std::move(arguments));
}

/// The demo town, made once, with two bundles of it.
struct Exported {
  given::TownFolder town;
  std::string conference, subject;
  std::filesystem::path all = town.outer / "all.zip", part = town.outer / "part.zip";
  Exported() {
    const given::Reopened open(town);
    (void)open;
  }
  std::vector<std::string> to(const std::filesystem::path& out, std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{
        "--data", town.path.string(), "--out", out.string(), "--as", (town.path / "demo-seeds.json").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  static const Exported& once() {
    static const auto one = [] {
      auto made = std::make_unique<Exported>();
      {
        store::LedgerReader reader(made->town.path);
        reader.entries.each_unit([&](const conference::UnitRow& row) {
          if (row.name.starts_with("conference/")) made->conference = row.name.substr(11);
          if (row.name.starts_with("subject/")) made->subject = row.name.substr(8);
        });
      }
      run_export(made->to(made->all));
      run_export(made->to(made->part, {"--subject", made->subject}));
      return made;
    }();
    return *one;
  }
};

commands::verify::Report report_of(const Files& files) { return commands::verify::verify_files(files, {}); }

}  // namespace

TEST_CASE("the bundle of a whole ledger holds, and everything in it is decided again") {
  const auto& given = Exported::once();
  const auto report = commands::verify::verify_bundle(given.all, {given.town.seeds.log, {}});
  INFO(commands::verify::print_report(report, "it"));
  CHECK(report.holds());
  CHECK_FALSE(report.part);
  CHECK(report.envelopes == report.entries);
  CHECK(report.releases > 3);
  CHECK(report.refusals > 0);
  CHECK(report.proofs == report.releases + report.refusals + 1);
  CHECK(found(commands::verify::verify_bundle(given.all, {"town/other#00", {}}), "it is another log"));
}

TEST_CASE("the bundle of a conference, a subject or a period holds too, and says that it is a part") {
  const auto& given = Exported::once();
  const auto whole = commands::verify::verify_bundle(given.all, {});
  for (const auto& scope : std::vector<std::vector<std::string>>{{"--conference", given.conference},
                                                                 {"--subject", given.subject},
                                                                 {"--from", "2000-01-01", "--to", "2100-01-01"},
                                                                 {"--from", "2000-01-01", "--to", "2000-01-02"}}) {
    INFO(scope[0] << ' ' << scope[1]);
    const auto out = given.town.outer / (crypto::random_id('b') + ".zip");
    run_export(given.to(out, scope));
    const auto report = commands::verify::verify_bundle(out, {});
    INFO(commands::verify::print_report(report, "it"));
    CHECK(report.holds());
    CHECK(report.part);
    CHECK(report.entries > whole.entries);
    CHECK(report.envelopes + report.elsewhere == report.entries);
  }
}

TEST_CASE("an export is an entry of its own before its bundle is there, with its scope") {
  const auto& given = Exported::once();
  const auto files = commands::verify::read_zip(given.part);
  const auto about = wire::read_json(files.at("bundle.json")).value();
  const auto made = *about.find("made")->integer();
  store::LedgerReader reader(given.town.path);
  const auto envelope = crypto::parse_envelope(reader.entries.envelope(made).value()).value();
  const auto payload = wire::parse_payload(envelope.payload).value();
  CHECK(payload.statement.kind == policy::Kind::export_made);
  CHECK(wire::print_json(*payload.body.find("scope")) == R"({"subject":")" + given.subject + "\"}");
  CHECK(*about.find("size")->integer() > made);
  // The next export does not take the place of this one.
  const auto before = reader.entries.size();
  CHECK_THROWS_AS(run_export(given.to(given.part)), CommandError);
  CHECK(store::LedgerReader(given.town.path).entries.size() == before);
}

TEST_CASE("nothing is exported, and nothing recorded, for whom it is not, or of what is not there") {
  const auto& given = Exported::once();
  const auto before = store::LedgerReader(given.town.path).entries.size();
  const auto out = given.town.outer / "none.zip";
  const auto seed = given.town.outer / "seed";
  write(seed, native::print_seed(given.town.seeds.of("asakura")) + "\n");  // a coordinator
  CHECK_THROWS_AS(run_export({"--data", given.town.path.string(), "--out", out.string(), "--as", seed.string()}),
                  CommandError);
  write(seed, "no seed\n");
  CHECK_THROWS_AS(run_export({"--data", given.town.path.string(), "--out", out.string(), "--as", seed.string()}),
                  CommandError);
  CHECK_THROWS_AS(run_export(given.to(out, {"--subject", "s-nobody"})), CommandError);
  CHECK_THROWS_AS(run_export(given.to(out, {"--from", "2026-02-02", "--to", "2026-02-01"})), CommandError);
  CHECK_THROWS(run_export(given.to(out, {"--from", "2026-02-02"})));
  CHECK_THROWS_AS(run_export(given.to(out, {"--server", "http://127.0.0.1:9"})), CommandError);
  {
    const store::FolderLock served(given.town.path);
    CHECK_THROWS_AS(run_export(given.to(out)), CommandError);
  }
  CHECK_FALSE(std::filesystem::exists(out));
  CHECK(store::LedgerReader(given.town.path).entries.size() == before);
}

TEST_CASE("a bundle with a file missing, changed, added or emptied is found out") {
  const auto& given = Exported::once();
  const auto files = commands::verify::read_zip(given.all);
  REQUIRE(report_of(files).holds());
  for (const auto& [name, bytes] : files) {
    INFO(name);
    auto copy = files;
    copy.erase(name);
    CHECK_FALSE(report_of(copy).holds());
    copy[name] = "";
    CHECK_FALSE(report_of(copy).holds());
    copy[name] = bytes.substr(0, bytes.size() - 1);
    CHECK_FALSE(report_of(copy).holds());
    copy[name] = bytes + "\n";
    CHECK_FALSE(report_of(copy).holds());
  }
  auto more = files;
  more["proofs/3.tlog-proof"] = files.at("README.txt");
  CHECK(found(report_of(more), "has no business in it"));
}

TEST_CASE("a name in a hostile bundle begins no line of its own in what verify says, and no order to the terminal") {
  auto files = commands::verify::read_zip(Exported::once().part);
  files["units.jsonl"] += wire::print_json(wire::Json::object({{"unit",
                                                                "x\neverything holds\n\x1b[2J\xc2\x9b"
                                                                "1A"},
                                                               {"salt", std::string(32, '0')}})) +
                          "\n";
  const auto report = report_of(files);
  CHECK(found(report, "a unit that no entry names: x?everything holds??[2J??1A"));
  for (const auto& said :
       {commands::verify::print_report(report, "it"), commands::verify::print_report_ja(report, "it")}) {
    CHECK(said.find("\neverything holds") == std::string::npos);
    CHECK(std::ranges::none_of(said, [](char c) { return c != '\n' && static_cast<unsigned char>(c) < ' '; }));
    CHECK(said.find("\xc2\x9b") == std::string::npos);
  }
}

TEST_CASE("a bundle is judged by the witnesses that entry 0 names, whatever its own policy says") {
  const auto files = commands::verify::read_zip(Exported::once().all);
  const auto whole = report_of(files);
  REQUIRE(whole.witnessed);
  CHECK(whole.witnessed->founded);
  CHECK(whole.witnessed->needed == 2);
  CHECK(whole.witnessed->size == whole.entries - 1);  // nobody serves it: the export itself is not cosigned
  std::string why;
  auto policy = log::parse_policy(files.at("policy"), why).value();
  const auto with = [&](const log::WitnessPolicy& told, std::optional<std::string> cosigned) {
    auto changed = files;
    changed["policy"] = log::print_policy(told);
    if (cosigned)
      changed["cosigned"] = *cosigned;
    else
      changed.erase("cosigned");
    return report_of(changed);
  };
  log::WitnessPolicy nobody;
  nobody.logs = policy.logs;
  CHECK(found(with(nobody, std::nullopt), "no head with the quorum of witnesses that entry 0 names (2 of 2) is shown"));
  policy.groups[0].least = 1;
  CHECK(found(with(policy, files.at("cosigned")), "its quorum is 1, and the log was founded with 2 of 2"));
  // Witnesses of the server's own making, and their good cosignatures.
  auto note = crypto::parse_checkpoint(files.at("cosigned")).value();
  policy.groups[0].least = 2;
  note.signatures.resize(1);
  for (auto& witness : policy.witnesses) {
    const auto key = crypto::signing_generate();
    witness.key.key = key.public_key;
    note.signatures.push_back(crypto::cosign(note.checkpoint, 1'790'000'000, witness.key.name, key.private_key));
  }
  CHECK(found(with(policy, print(note)), "it names other witnesses than the 2 that the log was founded with"));
}

TEST_CASE("no byte of a bundle changes what it says without being found") {
  const auto& given = Exported::once();
  const std::string bytes = bytes_of(given.part);
  const auto files = commands::verify::read_zip(given.part);
  const auto changed = given.town.outer / "changed.zip";
  const char* nightly = std::getenv("KASANE_NIGHTLY");
  const std::size_t step = nightly != nullptr && *nightly != '\0' ? 1 : 16;
  std::size_t refused = 0, framing = 0;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    std::string copy = bytes;
    copy[at] = static_cast<char>(copy[at] ^ (1 << at / step % 8));
    write(changed, copy);
    try {
      const auto read = commands::verify::read_zip(changed);
      if (read == files)
        ++framing;  // the rule: the archive's own words (times, versions, attributes) beside the same files
      else if (report_of(read).holds())
        FAIL_CHECK("byte " << at << " of " << bytes.size() << " changed a file and was not found");
    } catch (const CommandError&) {
      ++refused;  // by the archive's sums
    }
  }
  WARN(bytes.size() << " bytes, every " << step << ": " << refused << " refused, " << framing << " in no file");
  CHECK(refused > 100);
}

// The archive's sums are no protection against somebody who means it: the files themselves, one byte after another.
TEST_CASE("no byte of a bundle's files changes without being found") {
  const auto& given = Exported::once();
  auto files = commands::verify::read_zip(given.part);
  REQUIRE(report_of(files).holds());
  const char* nightly = std::getenv("KASANE_NIGHTLY");
  const std::size_t step = nightly != nullptr && *nightly != '\0' ? 1 : 16;
  std::size_t flips = 0;
  for (auto& [name, bytes] : files) {
    for (std::size_t at = 0; at < bytes.size(); at += step, ++flips) {
      const char was = bytes[at];
      bytes[at] = static_cast<char>(was ^ (1 << flips % 8));
      if (report_of(files).holds()) FAIL_CHECK("byte " << at << " of " << name << " was changed and not found");
      bytes[at] = was;
    }
  }
  WARN(flips << " bytes changed, one at a time");
  CHECK(report_of(files).holds());
}

TEST_CASE("what is no archive, or a hostile one, is refused with a line and leaves nothing on the disk") {
  const Folder folder;
  const auto path = folder.path / "hostile.zip";
  const auto refused = [&](const std::string& bytes) {
    write(path, bytes);
    CHECK_THROWS_AS(commands::verify::read_zip(path), CommandError);
    std::filesystem::remove(path);
  };
  refused("");
  refused("PK");
  refused(std::string(100'000, 'x'));
  const auto zipped = [&](const Files& files) {
    std::filesystem::remove(path);
    commands::verify::write_zip(path, files, 1'700'000'000'000);
    return bytes_of(path);
  };
  const std::string good = zipped({{"aa", "one"}, {"ab", "two"}});
  CHECK(commands::verify::read_zip(path).size() == 2);
  for (std::size_t length = 0; length < good.size(); length += 5) refused(good.substr(0, length));
  for (const auto* name : {"../aa", "/etc/passwd", "a/../../b", "a//b", "a/", "c:aa", "a\\b", "a b", "..", "a\n",
                           "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
    INFO(name);
    refused(zipped({{name, "x"}}));
  }
  const auto everywhere = [&](std::string bytes, const std::string& what, const std::string& with) {
    for (auto at = bytes.find(what); at != std::string::npos; at = bytes.find(what, at + with.size()))
      bytes.replace(at, what.size(), with);
    return bytes;
  };
  refused(everywhere(good, "ab", "aa"));  // two files of one name
  // A size beyond every bound, in both heads of the file: refused before anything is unpacked.
  const std::string size("\x03\x00\x00\x00\x03\x00\x00\x00", 8), huge("\x03\x00\x00\x00\xf0\xff\xff\x7f", 8);
  refused(everywhere(good, size, huge));
}
