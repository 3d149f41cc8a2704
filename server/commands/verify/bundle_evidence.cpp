#include <algorithm>

#include "crypto/lines.hpp"
#include "crypto/log_proof.hpp"
#include "server/commands/verify/bundle.hpp"
#include "server/commands/verify/bundle_names.hpp"
#include "server/log/witness_policy.hpp"

namespace kasane::commands::verify {

namespace {

struct About {
  std::string log;
  std::int64_t size = 0, made = 0;
  Scope scope;
};

std::optional<About> read_about(const std::string& text) {
  const auto json = wire::read_json(text);
  if (!json || !json->is_object() || json->members().size() != 5) return std::nullopt;
  const auto* v = json->find("v");
  const auto* log = json->find("log");
  const auto* size = json->find("size");
  const auto* made = json->find("made");
  const auto* scope = json->find("scope");
  if (v == nullptr || v->integer() == nullptr || *v->integer() != 1 || log == nullptr || log->text() == nullptr ||
      size == nullptr || size->integer() == nullptr || made == nullptr || made->integer() == nullptr ||
      scope == nullptr)
    return std::nullopt;
  const auto read = read_scope(*scope);
  constexpr std::int64_t entries_max = 100'000'000;
  if (!read || *size->integer() < 1 || *size->integer() > entries_max || *made->integer() < 0 ||
      *made->integer() >= *size->integer())
    return std::nullopt;
  return About{*log->text(), *size->integer(), *made->integer(), *read};
}

/// The files of a bundle as a ledger. What is looked at is struck off; what is left at the end has no business there.
class BundleEvidence final : public Evidence {
 public:
  BundleEvidence(const Files& files, Report& report) : files_(files), report_(report) {
    for (const auto& [name, bytes] : files) left_.insert(name);
  }

  const std::string& file(const std::string& name) {
    static const std::string none;
    left_.erase(name);
    const auto at = files_.find(name);
    if (at != files_.end()) return at->second;
    report_.find("the file " + name + " is missing");
    return none;
  }
  bool has(const std::string& name) const { return files_.contains(name); }
  const std::set<std::string>& left() const { return left_; }
  void set(std::int64_t size, bool part) {
    size_ = size;
    part_ = part;
  }

  bool part() const override { return part_; }
  std::int64_t size() override { return size_; }
  std::vector<conference::CheckpointRow> checkpoints() override {
    const std::string& note = file(checkpoint_file);
    const auto read = crypto::parse_checkpoint(note);
    return {{read ? static_cast<std::int64_t>(read->checkpoint.size) : 0, note}};
  }

  std::optional<conference::CosignedRow> cosigned() override {
    if (!has(cosigned_file)) return std::nullopt;
    const std::string& note = file(cosigned_file);
    const auto read = crypto::parse_checkpoint(note);
    return conference::CosignedRow{conference::CosignedRow::Which::quorum,
                                   read ? static_cast<std::int64_t>(read->checkpoint.size) : 0, note,
                                   file(policy_file)};
  }

  std::optional<conference::CosignedRow> own() override {
    if (!has(own_file)) return std::nullopt;
    const std::string& note = file(own_file);
    const auto read = crypto::parse_checkpoint(note);
    return conference::CosignedRow{
        conference::CosignedRow::Which::own, read ? static_cast<std::int64_t>(read->checkpoint.size) : 0, note, {}};
  }

  std::vector<conference::UnitRow> units() override {
    std::vector<conference::UnitRow> rows;
    std::string_view rest = file(units_file);
    while (!rest.empty()) {
      const auto line = crypto::take_line(rest);
      const auto json = line ? wire::read_json(*line) : std::nullopt;
      const auto* name = json ? json->find("unit") : nullptr;
      const auto* salt = json ? json->find("salt") : nullptr;
      const auto bytes =
          salt != nullptr && salt->text() != nullptr ? crypto::from_hex<crypto::Salt>(*salt->text()) : std::nullopt;
      if (name == nullptr || name->text() == nullptr || !bytes || json->members().size() != 2 ||
          wire::print_json(*json) != *line) {
        report_.find("units.jsonl has a line that is no unit");
        break;
      }
      rows.push_back({static_cast<std::int64_t>(rows.size()), *name->text(), *bytes});
    }
    return rows;
  }

  std::optional<ShownEntry> next() override {
    const auto place = static_cast<std::size_t>(next_ % 256);
    if (next_ >= size_ || (place == 0 && !read_tile())) return std::nullopt;
    ShownEntry shown;
    shown.index = next_++;
    shown.leaf = leaves_[place];
    constexpr std::uint64_t time_max_ms = std::uint64_t{1} << 53;
    if (shown.leaf->time_ms >= time_max_ms) report_.find(shown.index, "its ledger time is none");
    shown.time_ms = static_cast<std::int64_t>(std::min(shown.leaf->time_ms, time_max_ms));
    const auto at = envelopes_.find(shown.index);
    if (at != envelopes_.end()) shown.envelope = std::move(at->second);
    return shown;
  }

 private:
  bool read_tile() {
    const auto tile = static_cast<std::uint64_t>(next_) / 256;
    const auto width = static_cast<unsigned>(std::min<std::int64_t>(256, size_ - next_));
    auto leaves = crypto::read_entry_bundle(crypto::view(file(leaves_name(tile, width))), width);
    if (!leaves) {
      report_.find("the leaves from " + std::to_string(next_) + " on cannot be read");
      return false;
    }
    leaves_ = std::move(*leaves);
    envelopes_ = read_envelopes(tile, next_);
    return true;
  }
  std::map<std::int64_t, std::string> read_envelopes(std::uint64_t tile, std::int64_t first) {
    std::map<std::int64_t, std::string> out;
    if (!has(envelopes_name(tile))) return out;
    std::string_view rest = file(envelopes_name(tile));
    std::int64_t last = first - 1;
    while (!rest.empty()) {
      const auto line = crypto::take_line(rest);
      const auto space = line ? line->find(' ') : std::string_view::npos;
      const auto index = space != std::string_view::npos ? crypto::read_count(line->substr(0, space)) : std::nullopt;
      if (!index || static_cast<std::int64_t>(*index) <= last || static_cast<std::int64_t>(*index) >= first + 256) {
        report_.find("the envelopes from " + std::to_string(first) + " on have a line that is none");
        break;
      }
      last = static_cast<std::int64_t>(*index);
      out.emplace(last, std::string(line->substr(space + 1)));
    }
    return out;
  }

  const Files& files_;
  Report& report_;
  std::set<std::string> left_;
  std::int64_t size_ = 0, next_ = 0;
  bool part_ = false;
  std::vector<crypto::Leaf> leaves_;  // of the tile that `next_` is in
  std::map<std::int64_t, std::string> envelopes_;
};

void check_policy(const std::string& text, Report& report) {
  std::string why;
  const auto policy = log::parse_policy(text, why);
  if (!policy) return report.find("its policy file: " + why);
  if (log::print_policy(*policy) != text) report.find("its policy file is written otherwise than it was");
  if (policy->logs.size() != 1 || !report.log_key || policy->logs[0].key != *report.log_key)
    report.find("its policy file is not of this log");
  if (log::least_cosigners(*policy) > 0 && !report.witnessed)
    report.find("it does not carry the quorum of witnesses that its policy file asks for");
}

}  // namespace

Report verify_files(const Files& files, const Knowledge& knowledge) {
  Report report;
  BundleEvidence evidence(files, report);
  const auto about = read_about(evidence.file(bundle_file));
  if (!about) {
    report.find("bundle.json does not say what it is of");
    return report;
  }
  if (wire::print_json(*wire::read_json(files.at(bundle_file))) + "\n" != files.at(bundle_file))
    report.find("bundle.json is written otherwise than it was");
  evidence.set(about->size, !about->scope.whole());
  std::map<std::int64_t, std::string> lines;
  bool recorded = false;
  Watcher watcher;
  watcher.decision = [&](std::int64_t index, const std::string& line) { lines[index] = line; };
  watcher.entry = [&](const ReadEntry& entry, const policy::World&) {
    if (entry.index != about->made || entry.payload.statement.kind != policy::Kind::export_made) return;
    const auto* scope = entry.payload.body.find("scope");
    recorded = scope != nullptr && wire::print_json(*scope) == wire::print_json(write_scope(about->scope));
  };
  const auto tree = check_ledger(evidence, knowledge, report, watcher);
  if (about->log != report.log) report.find("bundle.json names another log");
  if (!recorded) report.find(about->made, "it is not the entry that recorded this export");
  std::string decisions;
  for (const auto& [index, line] : lines) decisions += line + "\n";
  if (evidence.file(decisions_file) != decisions) report.find("decisions.jsonl does not say what the entries say");
  if (evidence.file(about_file) != about_text) report.find("README.txt was changed");
  const std::string& note =
      files.contains(checkpoint_file) ? files.at(checkpoint_file) : evidence.file(checkpoint_file);
  check_policy(evidence.file(policy_file), report);
  lines.emplace(about->made, "");
  for (const auto& [index, line] : lines) {
    const auto proof = crypto::parse_log_proof(evidence.file(proof_name(index)));
    const bool good = proof && report.log_key && proof->checkpoint == note &&
                      proof->index == static_cast<std::uint64_t>(index) && proof->index < tree.size() &&
                      verify_log_proof(*proof, tree.leaf(proof->index), report.log_key->name, report.log_key->key);
    if (good)
      ++report.proofs;
    else
      report.find(index, "its proof does not show it in the log");
  }
  for (const auto& name : evidence.left()) report.find("the file " + name + " has no business in it");
  return report;
}

Report verify_bundle(const std::filesystem::path& path, const Knowledge& knowledge) {
  return verify_files(read_zip(path), knowledge);
}

}  // namespace kasane::commands::verify
