#include "server/commands/verify/check.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include "crypto/cosignature.hpp"
#include "crypto/sha256.hpp"
#include "server/commands/verify/chain.hpp"
#include "server/commands/verify/ends.hpp"
#include "server/commands/verify/progress.hpp"
#include "server/log/witness_policy.hpp"

namespace kasane::commands::verify {

namespace {

/// Of a log that has only just been founded.
constexpr std::size_t founding_entries = 2;
// What goes through the steps together.
constexpr std::size_t stretch_entries = 2'048, stretch_bytes = std::size_t{8} << 20;

struct Read {
  ShownEntry shown;
  std::optional<ReadEntry> entry;
  std::size_t by = 0;  // which thread made it: memory is best given back by who took it
};

using Stretch = std::vector<Read>;

/// Does `count` pieces of work on the other cores while `own` is done here, then helps until none is left. Each thread
/// begins with `first`; this one is number 0.
template <class First, class Piece, class Own>
void beside(std::size_t count, First first, Piece piece, Own own) {
  constexpr std::size_t at_once = 8;
  std::atomic<std::size_t> next = 0;
  const auto work = [&](std::size_t who) {
    for (std::size_t from = next.fetch_add(at_once); from < count; from = next.fetch_add(at_once))
      for (std::size_t i = from; i < std::min(count, from + at_once); ++i) piece(i, who);
  };
  std::vector<std::jthread> others;
  const std::size_t cores = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 8);
  for (std::size_t who = 1; who < cores; ++who)
    others.emplace_back([&, who] {
      first(who);
      work(who);
    });
  first(0);
  own();
  work(0);
}

void read(Read& one, std::size_t by) {
  one.by = by;
  if (!one.shown.envelope) return;
  auto envelope = crypto::parse_envelope(*one.shown.envelope);
  auto payload = envelope ? wire::parse_payload(envelope->payload) : std::nullopt;
  if (!payload) return;
  ReadEntry& entry = one.entry.emplace();
  entry.index = one.shown.index;
  entry.time_ms = one.shown.time_ms;
  entry.nonce = one.shown.nonce;
  entry.hash = crypto::sha256(*one.shown.envelope);
  entry.envelope = std::move(*envelope);
  entry.payload = std::move(*payload);
}

/// Goes through a ledger once. Three stretches are under way: while one is folded here, in ledger order, and the next
/// is taken from the evidence, the other cores parse the one taken last and check the signatures of the one before it.
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
        own_(evidence.own()),
        fold_(report, keys_, chain_.tree(), evidence.part(), watcher.decision) {}

  const crypto::Tree& go() {
    const std::int64_t size = evidence_.size();
    report_.part = evidence_.part();
    Progress progress("verifying");
    while (!ended_ || !taken_.empty() || !parsed_.empty() || !checked_.empty()) {
      advance();
      progress.at(next_, size);
    }
    if (next_ != size) report_.find("it holds " + std::to_string(next_) + " entries and not " + std::to_string(size));
    if (next_ == 0) report_.find("it holds no entry");
    if (ends_skipped_ > 0)
      report_.not_rerun.push_back(std::to_string(ends_skipped_) +
                                  " statements of where units end: a bundle does not show units without entries");
    check_units();
    check_checkpoints();
    report_.log = keys_.log;
    if (keys_.founding) report_.log_key = {keys_.origin, keys_.founding->log_key, crypto::NoteKeyType::log};
    report_.units = static_cast<std::int64_t>(units_.size());
    report_.entries = next_;
    return chain_.tree();
  }

 private:
  /// Each stretch a step further.
  void advance() {
    Stretch fresh;
    const auto first = [this](std::size_t who) {
      for (Read& one : folded_)
        if (one.by == who) one.entry.reset();
    };
    const auto piece = [this](std::size_t i, std::size_t who) {
      if (i < taken_.size()) return read(taken_[i], who);
      Read& one = parsed_[i - taken_.size()];
      if (one.entry) keys_.check(*one.entry);
    };
    beside(taken_.size() + parsed_.size(), first, piece, [&] {
      for (Read& one : checked_) add(one);
      take(fresh);
    });
    // A device's key is known before any signature of its stretch is checked.
    for (const Read& one : taken_) {
      if (!one.entry) continue;
      keys_.learn(*one.entry);
      if (one.shown.index == 0) keys_.log = crypto::log_name(keys_.origin, *one.shown.envelope);
    }
    folded_ = std::move(checked_);
    checked_ = std::move(parsed_);
    parsed_ = std::move(taken_);
    taken_ = std::move(fresh);
  }

  void take(Stretch& stretch) {
    stretch.reserve(ended_ ? 0 : stretch_entries);
    for (std::size_t bytes = 0; !ended_ && stretch.size() < stretch_entries && bytes < stretch_bytes;) {
      auto shown = evidence_.next();
      ended_ = !shown;
      if (ended_) return;
      if (shown->index != next_) report_.find(next_, "entries are missing before " + std::to_string(shown->index));
      next_ = shown->index + 1;
      if (shown->envelope) bytes += shown->envelope->size();
      stretch.push_back({std::move(*shown), std::nullopt});
    }
  }

  void add(Read& one) {
    const std::int64_t index = one.shown.index;
    if (index == 0) report_.from_ms = one.shown.time_ms;
    report_.to_ms = one.shown.time_ms;
    if (own_ && index == own_->size) after_own_ms_ = one.shown.time_ms;
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

  std::optional<crypto::Checkpoint> read_note(const std::string& note) const {
    return keys_.founding ? crypto::verify_checkpoint(note, keys_.origin, keys_.founding->log_key) : std::nullopt;
  }

  void check_note(const std::optional<crypto::Checkpoint>& checkpoint, const char* which) {
    const std::string name(which);
    if (!checkpoint) return report_.find(name + " is not signed by the log that was founded in entry 0");
    ++report_.checkpoints;
    const std::string at = name + " over " + std::to_string(checkpoint->size);
    if (checkpoint->size > chain_.tree().size())
      return report_.find(at + " covers entries that are not here: the ledger was cut, or set back");
    if (checkpoint->root != chain_.tree().root(checkpoint->size))
      report_.find(at + " has another root: two histories of one log (fork)");
  }

  void check_cosigned(const conference::CosignedRow& row) {
    check_note(read_note(row.note), "the head that witnesses cosigned");
    std::string why;
    const auto policy = log::parse_policy(row.policy, why);
    const auto note = crypto::parse_checkpoint(row.note);
    if (!policy || log::print_policy(*policy) != row.policy)
      return report_.find("the policy of the head that witnesses cosigned cannot be read" + (policy ? "" : ": " + why));
    if (policy->logs.size() != 1 || !keys_.founding || policy->logs[0].key.name != keys_.origin ||
        policy->logs[0].key.key != keys_.founding->log_key)
      return report_.find("the policy of the head that witnesses cosigned is not of this log");
    std::size_t needed = log::least_cosigners(*policy), of = policy->witnesses.size();
    auto at_s = note && needed > 0 ? log::quorum_at(*policy, *note) : std::nullopt;
    if (!at_s || static_cast<std::int64_t>(note->checkpoint.size) != row.size)
      return report_.find("the head that witnesses cosigned does not carry the quorum that its policy asks for");
    // Beside what stands in entry 0, the policy is only what the service said that it asked for.
    const crypto::Cosigners& founded = keys_.witnesses;
    if (founded.least > 0) {
      if (const auto against = log::complaint(policy, founded))
        return report_.find("the policy of the head that witnesses cosigned: " + *against);
      needed = founded.least;
      of = founded.keys.size();
      at_s = quorum_at(founded, *note);
      if (!at_s) return report_.find("the head that witnesses cosigned does not carry the quorum that entry 0 names");
    }
    report_.witnessed = {of, needed, row.size, static_cast<std::int64_t>(*at_s) * 1'000, founded.least > 0};
  }

  /// FORMAT.md "The log's own cosignature". Times never run backwards, so that the next entry's speaks for all.
  void check_own() {
    const auto key = keys_.founding ? keys_.founding->cosigner_key : std::nullopt;
    if (!own_) {
      if (key && chain_.tree().size() > founding_entries)
        report_.find("no head under the log's own cosignature is shown, though entry 0 names its key");
      return;
    }
    check_note(read_note(own_->note), "the head that the log itself cosigned");
    const auto note = crypto::parse_checkpoint(own_->note);
    const auto at_s = key && note ? crypto::cosigned_at(*note, keys_.origin, *key) : std::nullopt;
    if (!at_s || static_cast<std::int64_t>(note->checkpoint.size) != own_->size)
      return report_.find("the head that the log itself cosigned does not carry its cosignature");
    const auto at_ms = static_cast<std::int64_t>(*at_s) * 1'000;  // below 2^53 s: no overflow
    if (after_own_ms_ && *after_own_ms_ <= at_ms)
      report_.find(own_->size, "it is not later than the log promised of all that comes, in its own cosignature of " +
                                   policy::print_instant(at_ms));
    report_.own = {own_->size, at_ms};
  }

  /// A log that nobody has been given anything in has only just been founded.
  void check_witnessed() {
    if (const auto row = evidence_.cosigned()) return check_cosigned(*row);
    if (keys_.witnesses.least > 0 && chain_.tree().size() > founding_entries)
      report_.find("no head with the quorum of witnesses that entry 0 names (" + std::to_string(keys_.witnesses.least) +
                   " of " + std::to_string(keys_.witnesses.keys.size()) + ") is shown");
  }

  void check_checkpoints() {
    const auto rows = evidence_.checkpoints();
    std::vector<std::optional<crypto::Checkpoint>> signed_ones(rows.size());
    beside(
        rows.size(), [](std::size_t) {}, [&](std::size_t i, std::size_t) { signed_ones[i] = read_note(rows[i].note); },
        [this] {
          fold_.finish();
          if (watcher_.end) watcher_.end(fold_.world());
        });
    std::int64_t covered = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto& row = rows[i];
      check_note(signed_ones[i], "a checkpoint");
      const auto note = crypto::parse_checkpoint(row.note);
      if (note && static_cast<std::int64_t>(note->checkpoint.size) != row.size)
        report_.find("the checkpoint over " + std::to_string(note->checkpoint.size) + " is filed under another size");
      covered = std::max(covered, row.size);
      if (signed_ones[i] && signed_ones[i]->size == chain_.tree().size()) report_.head = signed_ones[i];
    }
    if (covered != static_cast<std::int64_t>(chain_.tree().size()))
      report_.find("the newest checkpoint covers " + std::to_string(covered) + " of " +
                   std::to_string(chain_.tree().size()) + " entries");
    check_witnessed();
    check_own();
    for (const auto& note : knowledge_.heads) check_note(read_note(note), "a checkpoint seen elsewhere");
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
  const std::optional<conference::CosignedRow> own_;
  std::optional<std::int64_t> after_own_ms_;  // ledger time of the first entry after that head
  std::int64_t ends_skipped_ = 0;
  Fold fold_;
  Stretch taken_, parsed_, checked_, folded_;
  std::int64_t next_ = 0;
  bool ended_ = false;  // nothing is left to take
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
