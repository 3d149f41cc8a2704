#pragma once

#include <map>
#include <unordered_map>

#include "crypto/merkle.hpp"
#include "server/commands/demo/replica.hpp"
#include "tests/kill/history.hpp"

namespace kasane::kill_loop {

/// What one client holds of the ledger: everything that was announced to it, over all connections. What came by `batch`
/// before a kill must come again by `feed` after it, the same. Thread: one. Errors of all: `Broken`, or the replica's.
class Copy {
 public:
  Copy(const std::string& person, const std::string& log, History& history)
      : history_(history), log_(log), replica_(person, log) {}

  /// What to ask for; parts of a feed that a kill cut off are forgotten.
  wire::FeedRequest begin_feed();
  /// A part of an answer to `feed`. True: that was the last, and all is verified.
  bool take_part(const wire::Json& part);
  /// False: the ledger asks to be fed anew.
  bool take_batch(const wire::Json& batch);
  void see(const wire::Json& with_checkpoint);

  /// Where it stands in the ledger, as far as this person reads it.
  std::optional<std::int64_t> place(const Signed& what) const;
  const commands::demo::Replica& replica() const { return replica_; }
  /// The newest checkpoint whose root is that of the leaves held.
  const wire::Payload::Seen& seen() const { return seen_; }
  /// Shares by record, in the order in which they came.
  const std::vector<std::pair<std::string, wire::Payload>>& shares() const { return shares_; }

 private:
  void take_leaves(const wire::Json& message);
  void take_salts(const wire::Json& message);
  void take_entries(const wire::Json& message);
  void take_entry(const wire::Json& entry);

  History& history_;
  std::string log_;
  commands::demo::Replica replica_;
  std::vector<wire::Json> parts_;  // of the feed in hand
  crypto::Tree tree_;
  std::unordered_map<std::string, crypto::UnitTag> tags_;
  std::map<Signed, std::int64_t> places_;
  std::vector<std::pair<std::string, wire::Payload>> shares_;
  wire::Payload::Seen seen_;
};

}  // namespace kasane::kill_loop
