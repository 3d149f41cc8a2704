#include "server/commands/verify/accusation.hpp"

#include <fstream>

#include "crypto/cosignature.hpp"
#include "crypto/envelope.hpp"
#include "crypto/leaf.hpp"
#include "crypto/merkle.hpp"
#include "crypto/moving_tree.hpp"
#include "crypto/note.hpp"
#include "crypto/sha256.hpp"
#include "policy/instant.hpp"
#include "server/commands/verify/report.hpp"
#include "server/conference/bodies.hpp"
#include "server/exit_status.hpp"
#include "server/native/member.hpp"
#include "server/wire/payload.hpp"

namespace kasane::commands::verify {

namespace {

using native::count_member;
using native::hex_member;
using native::text_member;

struct Shown {
  std::int64_t index = 0, time_ms = 0;
  std::string unit;
  std::optional<crypto::Envelope> envelope;
  std::optional<wire::Payload> payload;
};

std::optional<std::vector<crypto::Hash>> path_in(const wire::Json& object) {
  const auto* steps = object.find("path");
  if (steps == nullptr || !steps->is_array() || steps->elements().size() > 64) return std::nullopt;
  std::vector<crypto::Hash> path;
  for (const auto& step : steps->elements()) {
    const auto hash = step.text() != nullptr ? crypto::from_hex<crypto::Hash>(*step.text()) : std::nullopt;
    if (!hash) return std::nullopt;
    path.push_back(*hash);
  }
  return path;
}

std::string entries(std::uint64_t size) { return std::to_string(size) + " entries"; }

/// The founding entry, the heads and, above them, whatever the file says of them.
class Judge {
 public:
  explicit Judge(const wire::Json& file) : file_(file) {}

  Verdict judge() {
    if (!found()) return verdict_;
    if (!heads()) return verdict_;
    if (const auto* entry = file_.find("entry"); entry != nullptr && entry->is_object()) return of_entry(*entry);
    if (heads_.size() == 2) return of_heads();
    return none("it holds one signed head and nothing that contradicts it");
  }

 private:
  Verdict none(std::string why) {
    verdict_.line = "proves nothing by itself: " + std::move(why);
    return verdict_;
  }
  Verdict proven(std::string what) {
    verdict_.proven = true;
    verdict_.line = "PROVEN: " + std::move(what);
    return verdict_;
  }

  bool found() {
    const auto founding = text_member(file_, "founding");
    const auto log = text_member(file_, "log");
    const auto envelope = founding ? crypto::parse_envelope(*founding) : std::nullopt;
    const auto payload = envelope ? wire::parse_payload(envelope->payload) : std::nullopt;
    if (!payload || !log || payload->statement.kind != policy::Kind::tenant_found ||
        crypto::log_name(payload->log, *founding) != *log) {
      none("its founding entry is not that of the log that it names");
      return false;
    }
    keys_ = conference::read_founding_body(payload->body);
    if (!keys_ || !crypto::verify(*envelope, 0, keys_->first_device)) {
      none("its founding entry does not hold the log's keys");
      return false;
    }
    origin_ = payload->log;
    verdict_.log = *log;
    return true;
  }

  bool heads() {
    const auto* notes = file_.find("heads");
    if (notes == nullptr || !notes->is_array() || notes->elements().empty() || notes->elements().size() > 2) {
      none("it holds no head");
      return false;
    }
    for (const auto& note : notes->elements()) {
      const auto head =
          note.text() != nullptr ? crypto::verify_checkpoint(*note.text(), origin_, keys_->log_key) : std::nullopt;
      if (!head) {
        none("a head in it is not signed by the log: whoever sent it, it binds nobody");
        return false;
      }
      heads_.push_back(*head);
      verdict_.heads.push_back(*note.text());
    }
    return true;
  }

  /// Root over the first `size` entries of this head's tree, as the file's `fork` shows it.
  std::optional<crypto::Hash> root_at(std::uint64_t size, const crypto::Checkpoint& head) const {
    const auto* fork = file_.find("fork");
    if (fork == nullptr || !fork->is_object()) return std::nullopt;
    const auto at = count_member(*fork, "size");
    const auto root = hex_member<crypto::Hash>(*fork, "root");
    const auto path = path_in(*fork);
    if (!at || !root || !path || static_cast<std::uint64_t>(*at) != size ||
        !crypto::verify_consistency(size, *root, head.size, head.root, *path))
      return std::nullopt;
    return root;
  }

  Verdict of_heads() {
    const auto& [small, large] =
        heads_[0].size <= heads_[1].size ? std::tie(heads_[0], heads_[1]) : std::tie(heads_[1], heads_[0]);
    const std::string signed_both = "the key of " + verdict_.log + " signed heads over " + entries(heads_[0].size) +
                                    " and over " + entries(heads_[1].size);
    if (small.size == large.size) {
      if (small.root == large.root) return none("both heads are one");
      return proven(signed_both + " with different roots: two histories of one log (fork)");
    }
    const auto root = root_at(small.size, large);
    if (root && *root != small.root)
      return proven(signed_both + ", and the longer does not continue the shorter: two histories of one log (fork)");
    if (heads_[1].size < heads_[0].size)
      return none(signed_both +
                  ", and the device says that the shorter was shown later (rollback): whoever keeps this " +
                  "log has to show " + std::to_string(heads_[0].size) + " entries, which `kasane verify FOLDER " +
                  "--evidence FILE` asks of a folder");
    return none(signed_both + "; nothing in it shows that they are two histories: `kasane verify FOLDER --evidence " +
                "FILE` asks that of a folder");
  }

  /// An entry that an honest server takes into no log.
  Verdict of_entry(const wire::Json& json) {
    const auto shown = included(json);
    if (!shown) return none("its entry is not shown to be in the tree of its head");
    const std::string in_log =
        "the log signed a head over " + entries(heads_[0].size) + " whose entry " + std::to_string(shown->index) + " ";
    if (const auto promised = promise_against(*shown)) return proven(in_log + *promised);
    if (!shown->payload) return proven(in_log + "is no statement");
    const wire::Payload& payload = *shown->payload;
    if (shown->index > 0 && payload.log != verdict_.log) return proven(in_log + "is of another log");
    if (payload.unit != shown->unit) return proven(in_log + "stands in another unit than it says");
    if (payload.seen.size > shown->index) return proven(in_log + "says that it saw entries after itself");
    if (payload.device == policy::server_name && !crypto::verify(*shown->envelope, 0, keys_->server_key))
      return proven(in_log + "is in the server's name and not signed by it");
    if (const auto* hidden = file_.find("hidden"); hidden != nullptr && hidden->is_object())
      return of_tail(*shown, *hidden);
    const auto said = crypto::from_hex<crypto::Hash>(payload.seen.root);
    const auto root = payload.seen.size > 0 ? root_at(static_cast<std::uint64_t>(payload.seen.size), heads_[0])
                                            : std::optional<crypto::Hash>();
    if (root && said && *root != *said)
      return proven(in_log + "was accepted from an author who had seen another history over " +
                    entries(static_cast<std::uint64_t>(payload.seen.size)) + " (fork)");
    return none("entry " + std::to_string(shown->index) + " is in the log; whether it may be there, " +
                "`kasane verify FOLDER` says (" + text_member(file_, "code").value_or("?") + ")");
  }

  /// Words where the other head carries the log's own cosignature, under which this entry came too late.
  std::optional<std::string> promise_against(const Shown& shown) const {
    if (heads_.size() < 2 || !keys_->cosigner_key || shown.index < static_cast<std::int64_t>(heads_[1].size))
      return std::nullopt;
    const auto at_s = crypto::cosigned_at(*crypto::parse_checkpoint(verdict_.heads[1]), origin_, *keys_->cosigner_key);
    if (!at_s || shown.time_ms > static_cast<std::int64_t>(*at_s) * 1'000) return std::nullopt;
    return "bears the time " + policy::print_instant(shown.time_ms) + ", though by " +
           policy::print_instant(static_cast<std::int64_t>(*at_s) * 1'000) + " the log had said under its own " +
           "cosignature that it held " + entries(heads_[1].size) + " and that all others would be later";
  }

  /// Where a unit ends by the log's own statement, and how much of it the device says that it was shown.
  Verdict of_tail(const Shown& shown, const wire::Json& hidden) {
    const wire::Json& body = shown.payload->body;
    const auto root = hex_member<crypto::Hash>(body, "root");
    const auto units = count_member(body, "units"), place = count_member(hidden, "place"),
               count = count_member(hidden, "count"), held = count_member(hidden, "held");
    const auto unit = text_member(hidden, "unit");
    const auto salt = hex_member<crypto::Salt>(hidden, "salt");
    const auto last = hex_member<crypto::Hash>(hidden, "last");
    const auto path = path_in(hidden);
    if (shown.payload->statement.kind != policy::Kind::ledger_heads || !root || !units || !place || !count || !held ||
        !unit || !salt || !last || !path ||
        !crypto::verify_inclusion(
            crypto::unit_head(crypto::unit_tag(*salt, *unit), static_cast<std::uint64_t>(*count), *last),
            static_cast<std::uint64_t>(*place), static_cast<std::uint64_t>(*units), *root, *path))
      return none("the log's statement in it does not say where that unit ends");
    return none("the log says in entry " + std::to_string(shown.index) + " that " + *unit + " ended after " +
                entries(static_cast<std::uint64_t>(*count)) + "; that the server showed only " + std::to_string(*held) +
                " (a hidden tail) is the device's word");
  }

  std::optional<Shown> included(const wire::Json& json) const {
    const auto index = count_member(json, "i");
    const auto time = count_member(json, "t");
    const auto position = count_member(json, "p");
    const auto unit = text_member(json, "u");
    const auto text = text_member(json, "e");
    const auto salt = hex_member<crypto::Salt>(json, "salt");
    const auto previous = hex_member<crypto::Hash>(json, "v");
    const auto path = path_in(json);
    if (!index || !time || !position || !unit || !text || !salt || !previous || !path) return std::nullopt;
    const auto leaf = crypto::hash_of({static_cast<std::uint64_t>(*time), crypto::unit_tag(*salt, *unit),
                                       static_cast<std::uint64_t>(*position), *previous, crypto::sha256(*text)});
    if (!crypto::verify_inclusion(leaf, static_cast<std::uint64_t>(*index), heads_[0].size, heads_[0].root, *path))
      return std::nullopt;
    Shown shown{*index, *time, *unit, crypto::parse_envelope(*text), {}};
    if (shown.envelope) shown.payload = wire::parse_payload(shown.envelope->payload);
    return shown;
  }

  const wire::Json& file_;
  Verdict verdict_;
  std::string origin_;
  std::optional<conference::FoundingBody> keys_;
  std::vector<crypto::Checkpoint> heads_;
};

}  // namespace

Verdict judge_accusation(const std::string& text) {
  Verdict verdict;
  const auto file = wire::read_json(text, {.bytes = accusation_bytes_max, .values = 65'536});
  const auto v = file ? count_member(*file, "v") : std::nullopt;
  if (!v || *v != 1 || text_member(*file, "type") != "kasane-evidence") {
    verdict.line = "proves nothing: it is no evidence file of a Kasane client";
    return verdict;
  }
  verdict = Judge(*file).judge();
  verdict.line = one_line(std::move(verdict.line));
  return verdict;
}

Verdict read_accusation(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(accusation_bytes_max + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.is_open()) throw CommandError(Exit::no_data, "cannot read " + path.string());
  text.resize(static_cast<std::size_t>(file.gcount()));
  return judge_accusation(text);
}

}  // namespace kasane::commands::verify
