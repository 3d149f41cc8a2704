#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "crypto/note.hpp"

namespace kasane::kill_loop {

/// A promise that was not kept. What it says ends the run.
struct Broken : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What a device signed once: the idempotency key of a statement.
struct Signed {
  std::string device, nonce;
  auto operator<=>(const Signed&) const = default;
};
/// A receipt that a client has read.
struct Acknowledged {
  Signed what;
  std::int64_t index = 0;
  crypto::Hash envelope;
};
struct SeenRoot {
  std::uint64_t size = 0;
  crypto::Hash root;
};

/// All that the server has said to any client since the beginning. Thread: any.
class History {
 public:
  History(std::string origin, crypto::PublicKey log_key) : origin_(std::move(origin)), log_key_(log_key) {}

  /// A checkpoint from the wire: signed by the log, and never two roots of one size. Errors: `Broken`.
  SeenRoot see(const std::string& note);
  /// Errors: `Broken` where an earlier receipt said another place.
  void acknowledge(const Acknowledged& one);
  /// These were sent as one append: all or none.
  void sent_together(std::vector<Signed> group);
  void fail(const std::string& why);

  std::optional<std::string> failure() const;
  std::vector<Acknowledged> acknowledged_since(std::size_t first) const;
  std::vector<SeenRoot> roots() const;  ///< by size
  std::vector<std::vector<Signed>> groups() const;
  std::size_t repeats() const;  ///< receipts that came a second time

 private:
  mutable std::mutex mutex_;
  std::string origin_;
  crypto::PublicKey log_key_;
  std::map<std::uint64_t, crypto::Hash> roots_;
  std::vector<Acknowledged> acknowledged_;
  std::map<Signed, std::int64_t> places_;
  std::vector<std::vector<Signed>> groups_;
  std::optional<std::string> failure_;
  std::size_t repeats_ = 0;
};

}  // namespace kasane::kill_loop
