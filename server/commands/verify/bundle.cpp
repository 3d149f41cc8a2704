#include "server/commands/verify/bundle.hpp"

#include "crypto/log_proof.hpp"
#include "crypto/sha256.hpp"
#include "policy/readers.hpp"
#include "server/commands/verify/bundle_names.hpp"
#include "server/commands/verify/folder_evidence.hpp"
#include "server/exit_status.hpp"

namespace kasane::commands::verify {

wire::Json write_scope(const Scope& scope) {
  wire::Json out = wire::Json::object();
  if (!scope.conference.empty()) out.add("conference", scope.conference);
  if (!scope.subject.empty()) out.add("subject", scope.subject);
  if (scope.from_ms) out.add("from", policy::print_instant(*scope.from_ms));
  if (scope.to_ms) out.add("to", policy::print_instant(*scope.to_ms));
  return out;
}

std::optional<Scope> read_scope(const wire::Json& json) {
  Scope scope;
  if (!json.is_object()) return std::nullopt;
  for (const auto& [name, value] : json.members()) {
    if (value.text() == nullptr) return std::nullopt;
    if (name == "conference" || name == "subject") {
      if (!policy::is_id(*value.text())) return std::nullopt;
      (name == "conference" ? scope.conference : scope.subject) = *value.text();
    } else if (name == "from" || name == "to") {
      const auto at = policy::parse_instant(*value.text());
      if (!at) return std::nullopt;
      (name == "from" ? scope.from_ms : scope.to_ms) = *at;
    } else {
      return std::nullopt;
    }
  }
  const int kinds = !scope.conference.empty() + !scope.subject.empty() + scope.from_ms.has_value();
  if (kinds > 1 || scope.from_ms.has_value() != scope.to_ms.has_value()) return std::nullopt;
  return scope;
}

std::set<std::string> units_in(const policy::World& world, const Scope& scope, const std::set<std::string>& of_period) {
  std::set<std::string> out = of_period;
  out.insert({"directory", "heads"});
  for (std::uint32_t row = 0; row < world.cases.size(); ++row) {
    const policy::CaseId in_case{row};
    if (!world.cases[in_case].defined) continue;
    const auto& one = world.cases[in_case];
    bool wanted = false;
    for (const auto item : one.items)
      wanted = wanted ||
               (!scope.conference.empty() && world.conferences.name(world.items[item].conference) == scope.conference);
    for (const auto& subject : one.subjects)
      wanted = wanted || (!scope.subject.empty() && world.subjects.name(subject.subject) == scope.subject);
    const auto units = policy::units_of(world, in_case);
    for (const auto& unit : units) wanted = wanted || of_period.contains(unit.name());
    if (wanted)
      for (const auto& unit : units) out.insert(unit.name());
  }
  if (!scope.conference.empty())
    out.insert(policy::Unit{policy::UnitKind::conference, scope.conference, {}, {}}.name());
  return out;
}

namespace {

/// Goes through the ledger once to know its World, its decisions and which units the scope takes, and again to write.
class Writer {
 public:
  Writer(store::LedgerReader& reader, const Export& what) : reader_(reader), what_(what), evidence_(reader) {}

  Files write() {
    look();
    note_ = reader_.entries.last_checkpoint().value_or("");
    files_[about_file] = about_text;
    files_[checkpoint_file] = note_;
    files_[policy_file] = what_.policy;
    if (!what_.cosigned.empty()) files_[cosigned_file] = what_.cosigned;
    if (!what_.own.empty()) files_[own_file] = what_.own;
    write_units();
    write_entries();
    write_decisions();
    wire::Json about = wire::Json::object();
    about.add("v", 1).add("log", report_.log).add("size", static_cast<std::int64_t>(tree_.size()));
    about.add("made", what_.made).add("scope", write_scope(what_.scope));
    files_[bundle_file] = wire::print_json(about) + "\n";
    return std::move(files_);
  }

 private:
  bool shown(const std::string& unit) const { return what_.scope.whole() || chosen_.contains(unit); }

  void look() {
    std::set<std::string> of_period;
    Watcher watcher;
    watcher.decision = [&](std::int64_t index, const std::string& line) { lines_[index] = line; };
    watcher.entry = [&](const ReadEntry& entry, const policy::World&) {
      if (entry.unit == nullptr) return;
      unit_of_[entry.index] = *entry.unit;
      const bool in_period =
          what_.scope.from_ms && entry.time_ms >= *what_.scope.from_ms && entry.time_ms < *what_.scope.to_ms;
      if (in_period || entry.index == what_.made) of_period.insert(*entry.unit);
    };
    watcher.end = [&](const policy::World& world) { chosen_ = units_in(world, what_.scope, of_period); };
    tree_ = check_ledger(evidence_, {}, report_, watcher);
    if (!report_.holds())
      throw CommandError(Exit::broken_data, "the ledger does not hold (" + report_.findings.front().what +
                                                "): run kasane verify, and keep the folder as it is");
    if (report_.erased > 0)
      throw CommandError(Exit::broken_data, "envelopes were erased; their leaves cannot be written into a bundle");
  }

  void write_units() {
    std::set<std::string> used;  // the salt of a unit without an entry is in no leaf: nobody could check it
    for (const auto& [index, name] : unit_of_) used.insert(name);
    for (const auto& unit : evidence_.units()) {
      if (!shown(unit.name) || !used.contains(unit.name)) continue;
      wire::Json line = wire::Json::object();
      line.add("unit", unit.name).add("salt", crypto::hex(unit.salt));
      files_[units_file] += wire::print_json(line) + "\n";
    }
  }

  void write_entries() {
    const auto units = evidence_.units();
    std::map<std::int64_t, std::pair<std::uint64_t, crypto::Hash>> chains;  // unit → count, last
    crypto::Bytes leaves;
    std::string envelopes;
    const auto size = static_cast<std::int64_t>(tree_.size());
    reader_.each_entry([&](const conference::LeafRow& row, const std::optional<std::string_view>& envelope) {
      auto& [count, last] = chains[row.unit];
      const auto& unit = units.at(static_cast<std::size_t>(row.unit));
      crypto::append_entry(leaves, {static_cast<std::uint64_t>(row.time_ms), crypto::unit_tag(unit.salt, unit.name),
                                    count, last, envelope ? crypto::sha256(*envelope) : crypto::Hash{}});
      ++count;
      last = row.leaf;
      if (envelope && shown(unit.name)) envelopes += std::to_string(row.index) + " " + std::string(*envelope) + "\n";
      if ((row.index + 1) % 256 != 0 && row.index + 1 != size) return;
      const auto tile = static_cast<std::uint64_t>(row.index) / 256;
      files_[leaves_name(tile, static_cast<unsigned>(row.index % 256) + 1)] = crypto::text(leaves);
      if (!envelopes.empty()) files_[envelopes_name(tile)] = envelopes;
      leaves.clear();
      envelopes.clear();
    });
  }

  void write_decisions() {
    const crypto::TreeAt tree(tree_, tree_.size());
    const auto prove = [&](std::int64_t index) {
      const auto at = static_cast<std::uint64_t>(index);
      files_[proof_name(index)] = print(crypto::LogProof{at, tree.inclusion(at).value(), note_});
    };
    std::string& out = files_[decisions_file];
    for (const auto& [index, line] : lines_) {
      if (!shown(unit_of_[index])) continue;
      out += line + "\n";
      prove(index);
    }
    prove(what_.made);
  }

  store::LedgerReader& reader_;
  const Export& what_;
  FolderEvidence evidence_;
  Report report_;
  crypto::Tree tree_;
  std::string note_;
  std::map<std::int64_t, std::string> lines_, unit_of_;
  std::set<std::string> chosen_;
  Files files_;
};

}  // namespace

Files make_bundle(store::LedgerReader& reader, const Export& what) { return Writer(reader, what).write(); }

}  // namespace kasane::commands::verify
