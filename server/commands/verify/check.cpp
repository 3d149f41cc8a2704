#include "server/commands/verify/check.hpp"

#include <algorithm>
#include <thread>

#include "crypto/note.hpp"
#include "crypto/sha256.hpp"
#include "server/commands/verify/chain.hpp"
#include "server/commands/verify/ends.hpp"
#include "server/commands/verify/progress.hpp"
#include "server/log/witness_policy.hpp"

namespace kasane::commands::verify {

namespace {

constexpr std::size_t stretch_entries = 4'096;  // read together, their signatures checked on all cores

struct Read {
  ShownEntry shown;
  std::optional<ReadEntry> entry;
};

/// Splits the stretch among the cores.
template <class Act>
void on_all_cores(std::vector<Read>& stretch, Act act) {
  const std::size_t threads = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 8);
  std::vector<std::thread> others;
  const auto part = [&](std::size_t which) {
    for (std::size_t i = which; i < stretch.size(); i += threads) act(stretch[i]);
  };
  for (std::size_t i = 1; i < threads && i < stretch.size(); ++i) others.emplace_back(part, i);
  part(0);
  for (auto& one : others) one.join();
}

void read(Read& one) {
  if (!one.shown.envelope) return;
  auto envelope = crypto::parse_envelope(*one.shown.envelope);
  auto payload = envelope ? wire::parse_payload(envelope->payload) : std::nullopt;
  if (!payload) return;
  ReadEntry entry;
  entry.index = one.shown.index;
  entry.time_ms = one.shown.time_ms;
  entry.nonce = one.shown.nonce;
  entry.hash = crypto::sha256(*one.shown.envelope);
  entry.envelope = std::move(*envelope);
  entry.payload = std::move(*payload);
  one.entry = std::move(entry);
}

/// Goes through a ledger once, a stretch at a time.
class Walk {
 public:
  Walk(Evidence& evidence, const Knowledge& knowledge, Report& report, const Watcher& watcher)
      : evidence_(evidence),
        knowledge_(knowledge),
        report_(report),
        watcher_(watcher),
        units_(evidence.units()),
        chain_(units_, report),
        ends_(units_, report),
        fold_(report, keys_, chain_.tree(), evidence.part(), watcher.decision) {}

  const crypto::Tree& go() {
    const std::int64_t size = evidence_.size();
    report_.part = evidence_.part();
    Progress progress("verifying");
    std::int64_t next = 0;
    evidence_.each_entry([&](ShownEntry&& shown) {
      if (shown.index != next) report_.find(next, "entries are missing before " + std::to_string(shown.index));
      next = shown.index + 1;
      stretch_.push_back({std::move(shown), std::nullopt});
      if (stretch_.size() >= stretch_entries) {
        settle();
        progress.at(next, size);
      }
    });
    settle();
    if (next != size) report_.find("it holds " + std::to_string(next) + " entries and not " + std::to_string(size));
    if (next == 0) report_.find("it holds no entry");
    if (ends_skipped_ > 0)
      report_.not_rerun.push_back(std::to_string(ends_skipped_) +
                                  " statements of where units end: a bundle does not show units without entries");
    check_units();
    check_checkpoints();
    if (watcher_.end) watcher_.end(fold_.world());
    report_.log = keys_.log;
    if (keys_.founding) report_.log_key = {keys_.origin, keys_.founding->log_key, crypto::NoteKeyType::log};
    report_.units = static_cast<std::int64_t>(units_.size());
    report_.entries = next;
    return chain_.tree();
  }

 private:
  void settle() {
    on_all_cores(stretch_, read);
    for (Read& one : stretch_) {
      if (!one.entry) continue;
      keys_.learn(*one.entry);
      if (one.shown.index == 0) keys_.log = crypto::log_name(keys_.origin, *one.shown.envelope);
    }
    on_all_cores(stretch_, [this](Read& one) {
      if (one.entry) keys_.check(*one.entry);
    });
    for (Read& one : stretch_) add(one);
    stretch_.clear();
  }

  void add(Read& one) {
    const std::int64_t index = one.shown.index;
    if (index == 0) report_.from_ms = one.shown.time_ms;
    report_.to_ms = one.shown.time_ms;
    // Before the chain: what the author had seen stands in the tree as it was.
    const auto unit = chain_.unit_of(one.shown);
    std::optional<crypto::Hash> hash;
    if (one.shown.envelope) hash = one.entry ? one.entry->hash : crypto::sha256(*one.shown.envelope);
    if (one.entry) {
      if (unit)
        one.entry->unit = &units_[*unit].name;
      else
        report_.find(index, "the unit that the log has it in is not shown");
      fold_.add(*one.entry);
      if (one.entry->payload.statement.kind == policy::Kind::ledger_heads) check_ends(one);
      if (watcher_.entry) watcher_.entry(*one.entry, fold_.world());
    } else {
      fold_.skip(index);
      if (one.shown.envelope)
        report_.find(index, "it is no envelope");
      else
        missing(index, unit);
    }
    chain_.add(one.shown, hash);
    if (unit) ends_.moved(*unit, chain_.tree().leaf(chain_.tree().size() - 1));
  }

  void check_ends(const Read& one) {
    if (one.shown.leaf)
      ++ends_skipped_;  // a bundle does not show units without an entry, which are leaves of that tree too
    else
      ends_.check(*one.entry, fold_.named_units());
  }

  void missing(std::int64_t index, const std::optional<std::size_t>& unit) {
    if (!unit && evidence_.part()) {
      ++report_.elsewhere;
      return;
    }
    if (!unit || !may_be_erased(units_[*unit].name)) return report_.find(index, "its envelope is missing");
    ++report_.erased;
    if (report_.not_rerun.size() < Report::findings_max)
      report_.not_rerun.push_back("entry " + std::to_string(index) + " of " + units_[*unit].name + ": erased");
  }

  void check_units() {
    for (std::size_t i = 0; i < units_.size(); ++i)
      if (!chain_.used(i) && !fold_.named_units().contains(units_[i].name))
        report_.find("a unit that no entry names: " + units_[i].name);
  }

  void check_note(const std::string& note, const char* which) {
    const std::string name(which);
    const auto checkpoint =
        keys_.founding ? crypto::verify_checkpoint(note, keys_.origin, keys_.founding->log_key) : std::nullopt;
    if (!checkpoint) return report_.find(name + " is not signed by the log that was founded in entry 0");
    ++report_.checkpoints;
    const std::string at = name + " over " + std::to_string(checkpoint->size);
    if (checkpoint->size > chain_.tree().size())
      return report_.find(at + " covers entries that are not here: the ledger was cut, or set back");
    if (checkpoint->root != chain_.tree().root(checkpoint->size))
      report_.find(at + " has another root: two histories of one log (fork)");
  }

  void check_cosigned(const conference::CosignedRow& row) {
    check_note(row.note, "the head that witnesses cosigned");
    std::string why;
    const auto policy = log::parse_policy(row.policy, why);
    const auto note = crypto::parse_checkpoint(row.note);
    if (!policy || log::print_policy(*policy) != row.policy)
      return report_.find("the policy of the head that witnesses cosigned cannot be read" + (policy ? "" : ": " + why));
    if (policy->logs.size() != 1 || !keys_.founding || policy->logs[0].key.name != keys_.origin ||
        policy->logs[0].key.key != keys_.founding->log_key)
      return report_.find("the policy of the head that witnesses cosigned is not of this log");
    const std::size_t needed = log::least_cosigners(*policy);
    const auto at_s = note && needed > 0 ? log::quorum_at(*policy, *note) : std::nullopt;
    if (!at_s || static_cast<std::int64_t>(note->checkpoint.size) != row.size)
      return report_.find("the head that witnesses cosigned does not carry the quorum that its policy asks for");
    report_.witnessed = {policy->witnesses.size(), needed, row.size, static_cast<std::int64_t>(*at_s) * 1'000};
  }

  void check_checkpoints() {
    std::int64_t covered = 0;
    for (const auto& row : evidence_.checkpoints()) {
      check_note(row.note, "a checkpoint");
      const auto note = crypto::parse_checkpoint(row.note);
      if (note && static_cast<std::int64_t>(note->checkpoint.size) != row.size)
        report_.find("the checkpoint over " + std::to_string(note->checkpoint.size) + " is filed under another size");
      covered = std::max(covered, row.size);
    }
    if (covered != static_cast<std::int64_t>(chain_.tree().size()))
      report_.find("the newest checkpoint covers " + std::to_string(covered) + " of " +
                   std::to_string(chain_.tree().size()) + " entries");
    if (const auto row = evidence_.cosigned()) check_cosigned(*row);
    for (const auto& note : knowledge_.heads) check_note(note, "a checkpoint seen elsewhere");
    if (!knowledge_.log.empty() && knowledge_.log != keys_.log)
      report_.find("it is another log than " + knowledge_.log);
  }

  Evidence& evidence_;
  const Knowledge& knowledge_;
  Report& report_;
  const Watcher& watcher_;
  const std::vector<conference::UnitRow> units_;
  Keys keys_;
  Chain chain_;
  Ends ends_;
  std::int64_t ends_skipped_ = 0;
  Fold fold_;
  std::vector<Read> stretch_;
};

}  // namespace

bool may_be_erased(std::string_view unit) {
  const auto parsed = policy::parse_unit(unit);
  if (!parsed) return false;
  switch (parsed->kind) {
    case policy::UnitKind::household_case:
    case policy::UnitKind::item:
    case policy::UnitKind::work:
    case policy::UnitKind::record:
    case policy::UnitKind::access:
    case policy::UnitKind::denial:
    case policy::UnitKind::audit:
      return true;
    default:
      return false;
  }
}

crypto::Tree check_ledger(Evidence& evidence, const Knowledge& knowledge, Report& report, const Watcher& watcher) {
  return Walk(evidence, knowledge, report, watcher).go();
}

}  // namespace kasane::commands::verify
