#include "server/commands/export.hpp"

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <thread>

#include "server/commands/demo/seeds.hpp"
#include "server/commands/verify/bundle.hpp"
#include "server/commands/verify/folder_evidence.hpp"
#include "server/commands/verify/server_line.hpp"
#include "server/conference/ledger.hpp"
#include "server/exit_status.hpp"
#include "server/log/keys.hpp"
#include "server/log/witness_policy.hpp"
#include "server/machine.hpp"
#include "server/native/keys.hpp"
#include "server/native/statement_writer.hpp"
#include "server/store/sqlite_store.hpp"

namespace kasane::commands {
namespace {

struct Wish {
  std::filesystem::path data, out, seed;
  std::string conference, subject, from, to, server;
};

verify::Scope scope_of(const Wish& wish) {
  verify::Scope scope{wish.conference, wish.subject, {}, {}};
  const auto instant = [](const std::string& text, const char* option) {
    const auto at = policy::parse_instant(text.size() == 10 ? text + "T00:00:00Z" : text);
    if (!at) throw CommandError(Exit::usage, std::string(option) + " takes a day (2026-11-28) or an instant");
    return *at;
  };
  if (!wish.from.empty()) scope.from_ms = instant(wish.from, "--from");
  if (!wish.to.empty()) scope.to_ms = instant(wish.to, "--to");
  if (scope.from_ms && scope.to_ms && *scope.from_ms >= *scope.to_ms)
    throw CommandError(Exit::usage, "--from must be before --to");
  return scope;
}

/// The devices whose seeds the file holds: one seed, or those of a demonstration.
std::vector<crypto::Device> devices_in(const std::filesystem::path& file) {
  std::vector<crypto::Device> devices;
  if (file.filename() == demo::seeds_file) {
    for (const auto& persona : demo::read_seeds(file.parent_path()).personas)
      devices.push_back(crypto::device_from_seed(persona.seed));
    return devices;
  }
  std::ifstream in(file);
  std::array<char, 64> line{};  // a seed has 43 letters
  in.getline(line.data(), line.size());
  if (in.bad() || !in.is_open()) throw CommandError(Exit::no_data, "cannot read " + file.string());
  const std::string text(line.data());
  const auto seed = native::parse_seed(text);
  if (!seed) throw CommandError(Exit::usage, file.string() + " holds no device's seed (43 letters)");
  devices.push_back(crypto::device_from_seed(*seed));
  return devices;
}

/// What is known of the ledger before the export is recorded.
struct Standing {
  std::string log;
  wire::Payload::Seen seen;
  std::optional<crypto::VerifierKey> log_key;
  const crypto::Device* device = nullptr;  ///< of a person who may export
  std::string person;
};

Standing stand(const std::filesystem::path& data, const std::vector<crypto::Device>& devices,
               const verify::Scope& scope) {
  Standing out;
  verify::Watcher watcher;
  bool conference_known = true, subject_known = true;
  watcher.end = [&](const policy::World& world) {
    out.device = nullptr;
    for (const auto& device : devices) {
      const auto id = world.devices.find_defined(device.id);
      if (!id.known() || !world.devices[id].live() || out.device != nullptr) continue;
      const auto person = world.devices[id].person;
      if (world.persons[person].ended() ||
          (!world.has_role(person, policy::Role::compliance) && !world.has_role(person, policy::Role::disclosure)))
        continue;
      out.device = &device;
      out.person = world.persons.name(person);
    }
    conference_known = scope.conference.empty() || world.conferences.find_defined(scope.conference).known();
    subject_known = scope.subject.empty() || world.subjects.find_defined(scope.subject).known();
  };
  const auto report = verify::verify_folder(data, {}, watcher);
  if (!report.holds())
    throw CommandError(Exit::broken_data, "the ledger does not hold (" + report.findings.front().what +
                                              "): run kasane verify, and keep the folder as it is");
  if (!conference_known) throw CommandError(Exit::usage, "no conference is called " + scope.conference);
  if (!subject_known) throw CommandError(Exit::usage, "no subject is called " + scope.subject);
  if (out.device == nullptr)
    throw CommandError(Exit::usage, "--as holds no live device of a person with the role compliance or disclosure");
  if (!report.head) throw CommandError(Exit::broken_data, "the ledger has no checkpoint");
  out.log = report.log;
  out.log_key = report.log_key;
  out.seen = {static_cast<std::int64_t>(report.head->size), crypto::hex(report.head->root)};
  return out;
}

std::string statement(const Standing& standing, const verify::Scope& scope, std::int64_t now_ms) {
  native::Draft draft;
  draft.statement.kind = policy::Kind::export_made;
  draft.statement.by = standing.person;
  draft.body = wire::Json::object();
  draft.body.add("scope", verify::write_scope(scope));
  draft.unit = policy::Unit{policy::UnitKind::audit, standing.person, {}, {}}.name();
  auto text = native::write_envelope({standing.log, standing.seen, now_ms}, std::move(draft), *standing.device);
  if (!text) throw CommandError(Exit::internal, "the statement is too long");
  return std::move(*text);
}

std::int64_t record_at_server(const Wish& wish, const Standing& standing, const std::string& envelope) {
  verify::ServerLine line(wish.server, *standing.device, standing.log);
  wire::Json params = wire::Json::object();
  params.add("envelopes", wire::Json::array({wire::Json(envelope)}));
  const auto result = line.ask("append", params);
  const auto* receipts = result.find("receipts");
  const auto* index = receipts != nullptr && receipts->is_array() && receipts->elements().size() == 1
                          ? receipts->elements()[0].find("index")
                          : nullptr;
  if (index == nullptr || index->integer() == nullptr)
    throw CommandError(Exit::unavailable, "the server's receipt cannot be read");
  return *index->integer();
}

std::int64_t record_in_folder(const Wish& wish, const std::string& envelope, std::int64_t now_ms) {
  std::string why;
  auto keys = log::read_keys(wish.data, why);
  if (!keys) throw CommandError(Exit::no_data, why);
  MachineRandom random;
  try {
    store::SqliteStore disk(wish.data);  // holds the folder's lock
    conference::Ledger ledger(disk, log::Writer(std::move(*keys)), random);
    std::vector<conference::Checked> envelopes;
    envelopes.push_back(conference::check_envelope(envelope, ledger.keyring()));
    const conference::Attachments nothing;
    const conference::Staging staging;
    const auto appended = ledger.append(envelopes, conference::Supply{nothing, staging, {}}, now_ms);
    const auto* receipts = std::get_if<std::vector<conference::Receipt>>(&appended);
    if (receipts == nullptr) {
      const auto& refusal = std::get<conference::AppendRefusal>(appended).why;
      throw CommandError(
          Exit::usage, "the ledger refuses to record the export: " + std::string(refusal.fault == wire::Fault::policy
                                                                                     ? policy::name_of(refusal.reason)
                                                                                     : wire::reason_of(refusal.fault)));
    }
    ledger.commit();
    ledger.begin_batch();
    if (ledger.promise(now_ms)) ledger.commit();
    return receipts->front().index;
  } catch (const conference::StoreError& error) {
    throw CommandError(Exit::broken_data, std::string(error.what()) + " (or give --server its address)");
  }
}

/// Where the log has witnesses: until a quorum has cosigned the export's own entry, for a few seconds. Without, the
/// bundle carries the newest head that they did cosign, and `verify` says how far it reaches.
void await_quorum(const std::filesystem::path& data, std::int64_t made) {
  constexpr int looks = 50;
  for (int i = 0; i < looks; ++i) {
    const auto row = store::at_one_moment(data, [](store::LedgerReader& reader) {
      return reader.entries.cosigned(conference::CosignedRow::Which::quorum);
    });
    if (!row || row->size > made) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

void export_it(const Wish& wish) {
  std::error_code error;
  if (std::filesystem::exists(wish.out, error))
    throw CommandError(Exit::cannot_write, wish.out.string() + " is there already");
  const auto scope = scope_of(wish);
  const auto devices = devices_in(wish.seed);
  const auto standing = stand(wish.data, devices, scope);
  MachineClock clock;
  const auto envelope = statement(standing, scope, clock.wall_ms());
  // First the entry, on disk; then the first byte of the bundle.
  const auto made = wish.server.empty() ? record_in_folder(wish, envelope, clock.wall_ms())
                                        : record_at_server(wish, standing, envelope);
  if (!wish.server.empty()) await_quorum(wish.data, made);
  log::WitnessPolicy policy;
  policy.logs.push_back({*standing.log_key, {}});
  const auto files = store::at_one_moment(wish.data, [&](store::LedgerReader& reader) {
    verify::Export what{scope, made, log::print_policy(policy), {}, {}};
    if (const auto row = reader.entries.cosigned(conference::CosignedRow::Which::quorum)) {
      what.policy = row->policy;
      what.cosigned = row->note;
    }
    if (const auto row = reader.entries.cosigned(conference::CosignedRow::Which::own)) what.own = row->note;
    return verify::make_bundle(reader, what);
  });
  verify::write_zip(wish.out, files, clock.wall_ms());
  std::printf("%s\n  recorded as entry %lld by %s\n  %zu files; check them with: kasane verify %s\n", wish.out.c_str(),
              static_cast<long long>(made), standing.person.c_str(), files.size(), wish.out.c_str());
}

}  // namespace

void add_export(CLI::App& program) {
  auto wish = std::make_shared<Wish>();
  auto* command = program.add_subcommand("export", "Write a bundle that can be verified elsewhere; itself an entry");
  command->add_option("--data", wish->data, "Data folder")->required();
  command->add_option("--out", wish->out, "The bundle to write (.zip); must not be there yet")->required();
  command->add_option("--as", wish->seed, "File with the seed of a compliance or disclosure device")->required();
  command->add_option("--server", wish->server, "Address of the server that has the folder open, if one has");
  auto* conference = command->add_option("--conference", wish->conference, "Only the cases of this conference");
  auto* subject = command->add_option("--subject", wish->subject, "Only the cases of this subject");
  auto* from = command->add_option("--from", wish->from, "Only cases with an entry from this day (UTC) or instant on");
  auto* to = command->add_option("--to", wish->to, "… and before this one");
  conference->excludes(subject)->excludes(from);
  subject->excludes(from);
  from->needs(to);
  to->needs(from);
  command->callback([wish] { export_it(*wish); });
}

}  // namespace kasane::commands
