#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "crypto/envelope.hpp"
#include "crypto/leaf.hpp"
#include "crypto/merkle.hpp"
#include "policy/world.hpp"
#include "server/native/founding.hpp"
#include "server/native/keys.hpp"
#include "server/wire/messages.hpp"
#include "server/wire/payload.hpp"

namespace kasane::commands::demo {

struct HeldEntry {
  std::int64_t time_ms = 0;
  std::string unit;
  crypto::Hash envelope, leaf;
  wire::Payload payload;
  crypto::Bytes ciphertext;  ///< of a `message.post`
};
struct HeldDevice {
  std::string person;
  crypto::PublicKey sign;
  native::Recipient recipient;
};

/// What one person may read of the ledger, verified as a browser does (design.md §3): leaf, unit chain, root against
/// the signed checkpoint, signatures, unit names and what others had seen; then folded. Every head is held against the
/// same leaves, so that any two are of one history. Errors of all: `CommandError`.
class Replica {
 public:
  /// `log`: the log's name, from the person's own address.
  Replica(std::string person, std::string log) : person_(std::move(person)), log_(std::move(log)) { begin(); }

  wire::FeedRequest held() const;
  /// One part of an answer to `feed`. True: that was the last.
  bool take(const wire::Json& part);

  const policy::World& world() const { return world_; }
  const std::map<std::int64_t, HeldEntry>& entries() const { return entries_; }
  const std::unordered_map<std::string, HeldDevice>& devices() const { return devices_; }
  const native::FoundingBody& founding() const { return *founding_; }
  wire::Payload::Seen seen() const { return seen_; }
  /// The payload that made the record; null: not held.
  const wire::Payload* made(std::string_view record) const;

  // replica_heads.cpp
  /// A `head`: its notes are of this history, and every entry held is as late as the log promised in its own.
  void hear(const wire::Json& head);
  /// By when the log's own key signed a head that the leaves here reach; none: it did not.
  std::optional<std::int64_t> own_at_ms() const { return own_at_ms_; }
  /// Tags of those of these units that are held: what to ask `heads` for.
  std::vector<std::string> tags(const std::vector<std::string>& units) const;
  /// The answer: each of these units ends where it ends here (design.md §3 "Tail hiding"). Requires: the leaves that
  /// it speaks of are held.
  void check_ends(const wire::Json& answer, const std::vector<std::string>& tags) const;

 private:
  struct Unit {
    crypto::UnitTag tag;
    std::vector<std::int64_t> entries;
  };
  void begin();
  void settle(std::int64_t before, bool anew);
  std::int64_t add(const wire::Json& entry);
  void verify_signatures(const HeldEntry& entry, const crypto::Envelope& envelope) const;
  void fold(std::int64_t index, const HeldEntry& entry);
  void learn(const HeldEntry& entry);
  void compare_seen(std::int64_t after);
  crypto::Checkpoint of_this_history(const std::string& note);
  void keep_promise(std::int64_t index, const HeldEntry& entry) const;

  std::string person_, log_;
  crypto::Tree tree_;
  std::map<std::string, Unit> units_;
  std::map<std::int64_t, HeldEntry> entries_;
  std::vector<wire::Json> waiting_;  // parts until the last
  std::optional<native::FoundingBody> founding_;
  std::unordered_map<std::string, HeldDevice> devices_;
  wire::Payload::Seen seen_;
  struct Promise {
    std::uint64_t size = 0;
    std::int64_t at_ms = 0;
  };
  std::vector<Promise> promises_;  ///< under the log's own cosignature, by size and time
  std::optional<std::int64_t> own_at_ms_;
  policy::World world_;
};

}  // namespace kasane::commands::demo
