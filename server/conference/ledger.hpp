#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

#include "crypto/moving_tree.hpp"
#include "policy/readers.hpp"
#include "policy/stale.hpp"
#include "policy/world.hpp"
#include "server/conference/attachments.hpp"
#include "server/conference/bodies.hpp"
#include "server/conference/checked.hpp"
#include "server/conference/extract.hpp"
#include "server/conference/ports.hpp"
#include "server/log/writer.hpp"

namespace kasane::conference {

using policy::Index;

struct Receipt {
  Index index = 0;
  std::int64_t at_ms = 0;
};
/// Why an append of several was refused, and which of them.
struct AppendRefusal {
  wire::Refusal why;
  std::size_t which = 0;
  std::vector<std::pair<Index, std::string>> changed;  ///< of `STALE`: narrowing entries since, with their units
};

/// An entry of the batch that gathers until the next commit.
struct NewEntry {
  Index index = 0;
  std::int64_t at_ms = 0, position = 0;
  log::UnitNumber unit = 0;
  crypto::Hash previous;
  policy::Statement statement;
};

/// What the server remembers of a record besides the World.
struct RecordKeys {
  crypto::Hash digest, wraps_root;
  std::string author_device;
};
struct Attending {
  std::string item, person, device;
  crypto::Nonce session;
};

/// World, tree and unit heads as one: decides about envelopes and appends them. Knows no connections and no clock.
/// What it takes is in force at once and waits in `pending()` for the next commit.
/// Thread: the ledger's. Errors: the constructor throws `StoreError` where the stored ledger does not add up.
class Ledger {
 public:
  Ledger(Store& store, log::Writer writer, Random& random);
  /// Seals the extract up to the last commit.
  ~Ledger();
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;
  const StartReport& start_report() const { return start_; }

  const policy::World& world() const { return world_; }
  const log::Writer& writer() const { return writer_; }
  const Keyring& keyring() const { return keyring_; }
  bool demo() const { return demo_; }
  /// Ledger time of an entry written now (design.md §3): never before the last one, and after every `promise`.
  std::int64_t time_at(std::int64_t now_ms) const { return std::max(now_ms, least_time_ms()); }
  std::int64_t least_time_ms() const { return std::max(writer_.last_time_ms(), promised_ms_ + 1); }
  /// The log's own cosignature over the committed head: every later leaf has a later ledger time. In force at once; it
  /// waits in `pending()` to be on disk before it is shown. Requires: nothing fresh.
  /// Errors: none where entry 0 names no cosigner.
  std::optional<CosignedRow> promise(std::int64_t now_ms);
  /// From now on access is extended only while a quorum of witnesses has cosigned a head not long ago.
  void require_quorum() { quorum_required_ = true; }
  void quorum_stood(std::int64_t at_ms) { quorum_at_ms_ = at_ms; }
  std::optional<std::int64_t> quorum_at_ms() const { return quorum_at_ms_; }
  bool extends(std::int64_t now_ms) const;
  wire::Refusal quorum_stale() const;

  /// The first two entries (design.md §3 "Bootstrap"). Requires: an empty ledger.
  std::optional<AppendRefusal> found(Checked tenant_found, Checked device_add, const Supply& supply,
                                     std::int64_t now_ms);
  using Appended = std::variant<std::vector<Receipt>, AppendRefusal>;
  /// All or none, in this order.
  Appended append(std::vector<Checked>& envelopes, const Supply& supply, std::int64_t now_ms);
  /// A statement of the server's own. Errors: the policy's reason.
  std::variant<Receipt, policy::Reason> append_own(policy::Statement statement, wire::Json body, std::int64_t now_ms);
  /// The entry that this device wrote with this nonce, if any.
  std::optional<Index> find_nonce(std::string_view device, std::string_view nonce_hex);
  std::string envelope(Index index);              ///< stored or pending
  std::optional<std::string> frame(Index index);  ///< ciphertext of a `message.post`, stored or pending

  // ledger_heads.cpp: where each unit ends (FORMATS.md §5).
  bool heads_due() const { return heads_index_ + 1 != writer_.size(); }  ///< something came since the last statement
  void append_heads(std::int64_t now_ms);                                ///< the server's `ledger.heads`
  const crypto::MovingTree& unit_heads();                                ///< as the units stand
  std::optional<std::uint64_t> place_of(log::UnitNumber unit) const;     ///< in that tree; none: `heads` itself

  const RecordKeys* record(std::string_view record) const;
  /// Epochs of an item by number from 1; null: none.
  const std::vector<EpochKeys>* epochs(std::string_view item) const;
  const std::vector<Attending>& attending() const { return attending_; }
  std::vector<std::string> live_devices(std::string_view person) const;
  /// Digest of the directory key's wrap for this device, if one was put.
  std::optional<crypto::Hash> directory_wrap(std::string_view device) const;

  // The batch.
  const std::vector<NewEntry>& fresh() const { return fresh_; }
  const std::vector<log::UnitNumber>& created() const { return created_; }  ///< units of this batch
  Commit& pending() { return pending_; }
  bool keyring_changed() const { return keyring_changed_; }
  /// Writes what is pending with a checkpoint over it, and begins the next batch. Returns the checkpoint.
  std::string commit();
  void begin_batch();
  Index committed_size() const { return committed_size_; }

 private:
  struct Trial;
  using Refused = std::optional<AppendRefusal>;
  // ledger_checks.cpp
  Refused check_signed(Checked& checked) const;
  Refused check_time(const policy::World& world, const wire::Payload& payload, std::int64_t at_ms) const;
  Refused check_seen(const wire::Payload& payload) const;
  Refused check_unit(const policy::World& world, const wire::Payload& payload) const;
  Refused check_quorum(const policy::World& world, const wire::Payload& payload, std::int64_t now_ms) const;
  Refused check_stale(const policy::World& world, const wire::Payload& payload) const;
  Refused check_body(const policy::World& world, const wire::Payload& payload, const Supply& supply) const;
  Refused check_recipients(const policy::World& after, const wire::Payload& payload, const Supply& supply,
                           std::int64_t at_ms) const;
  Refused check_wraps(const crypto::Hash& root, std::span<const std::string> persons, const Supply& supply) const;
  // ledger_append.cpp
  std::variant<std::monostate, std::vector<Receipt>, AppendRefusal> repeated(const std::vector<Checked>& envelopes);
  void take(Checked& checked, std::int64_t at_ms, const Supply* supply);
  void place(const wire::Payload& payload, std::string text, const crypto::Hash& hash, std::int64_t at_ms);
  void attach(const wire::Payload& payload, const Supply& supply, Index index);
  void create_subject_units(const policy::Statement& statement);
  log::UnitNumber unit_for(const std::string& name);
  // ledger_facts.cpp
  void remember(const ExtractEntry& entry, Index index);
  bool note_narrowing(const policy::Statement& statement, Index index);
  // ledger_load.cpp
  void load();
  void load_promise();
  void load_extract(const std::vector<LeafRow>& leaves);
  std::string take_extract(const ExtractEntry& entry, const LeafRow& leaf);
  void extract(const ExtractEntry& entry);
  std::string sealed_extract();

  Store& store_;
  Random& random_;
  log::Writer writer_;
  policy::World world_;
  Keyring keyring_;
  bool loading_ = true, keyring_changed_ = false, demo_ = false, quorum_required_ = false;
  std::optional<std::int64_t> quorum_at_ms_;
  bool cosigns_ = false;           // entry 0 names the key
  std::int64_t promised_ms_ = -1;  // of the newest own cosignature
  std::unordered_map<std::string, RecordKeys, TextHash, std::equal_to<>> records_;
  std::unordered_map<std::string, std::vector<EpochKeys>, TextHash, std::equal_to<>> epochs_;
  std::unordered_map<std::string, std::vector<Index>, TextHash, std::equal_to<>> narrowings_;  // by unit name
  // Hash of device and nonce → index: of the entries at the start sorted, of those since in a table.
  std::vector<std::pair<std::uint64_t, std::uint32_t>> old_nonces_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> nonces_;
  std::unordered_map<std::string, crypto::Hash, TextHash, std::equal_to<>> directory_wraps_;  // by device
  std::map<std::int64_t, crypto::Hash> recent_roots_;  // of the newest checkpoints: what clients mostly have seen
  crypto::MovingTree unit_heads_;
  std::unordered_set<log::UnitNumber> moved_units_;  // since `unit_heads_` was last asked for
  Index heads_index_ = -1;                           // of the last `ledger.heads`
  std::vector<Attending> attending_;
  std::vector<NewEntry> fresh_;
  std::vector<log::UnitNumber> created_;
  Commit pending_;
  std::string extract_;     // of the entries since the last segment
  Index extract_from_ = 0;  // the first of them
  StartReport start_;
  Index committed_size_ = 0;
};

/// What `remember` wants of an entry. `hash`: of the envelope.
Facts facts_of(const wire::Payload& payload, const crypto::Hash& hash);
/// Live: neither revoked nor of an ended person. By id.
std::vector<std::string> live_devices_of(const policy::World& world, std::string_view person);

}  // namespace kasane::conference
