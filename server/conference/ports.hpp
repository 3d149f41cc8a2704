#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/conference/commit.hpp"

/// What the ledger needs from outside. Each is implemented elsewhere: Store by store/ (SQLite), Outlet by session/, the
/// other two by the program and, for tests and the demonstration, by hand.
namespace kasane::conference {

/// The disk. Thread: the ledger's. Errors: every function throws `StoreError` where the disk or the file fails; a
/// failed `commit` has written nothing.
class Store {
 public:
  virtual ~Store() = default;
  /// All of it or nothing; on disk when it returns (design.md §6).
  virtual void commit(const Commit& commit) = 0;

  virtual std::int64_t size() = 0;  ///< entries
  /// In ledger order, everything that is not the envelope: what start-up reads.
  virtual void each_leaf(const std::function<void(const LeafRow&)>& visit) = 0;
  virtual void each_unit(const std::function<void(const UnitRow&)>& visit) = 0;
  virtual void each_envelope(std::int64_t from, const std::function<void(std::int64_t, std::string_view)>& visit) = 0;
  virtual std::optional<std::string> last_checkpoint() = 0;
  virtual std::optional<CosignedRow> cosigned(CosignedRow::Which which) = 0;

  virtual std::optional<std::string> envelope(std::int64_t index) = 0;
  virtual std::optional<std::string> blob(const crypto::Hash& digest) = 0;
  virtual std::optional<std::string> frame(std::int64_t index) = 0;  ///< ciphertext of a `message.post`
  virtual std::vector<Wrap> wraps(const crypto::Hash& root) = 0;     ///< empty: unknown
  /// The newest.
  virtual std::optional<Grant> grant(std::string_view record, std::string_view device) = 0;
  virtual std::vector<HalfSigned> half_signed(std::string_view person, std::int64_t now_ms) = 0;
  virtual std::uint64_t free_bytes() = 0;

  /// The extract's segments in order, until `visit` refuses one. A store may keep none. Thread: any, beside all but the
  /// next two. Errors: none; what cannot be read or written is left out.
  virtual void each_extract(const std::function<bool(std::string_view)>& visit) { (void)visit; }
  /// Of those that were visited last so many are good: what follows is dropped.
  virtual void keep_extract(std::size_t segments) { (void)segments; }
  virtual void add_extract(std::string_view segment) { (void)segment; }
  /// A ledger shorter than this is read whole at every start: that costs nothing, and each envelope is looked at.
  virtual std::int64_t least_extracted() const { return 4'096; }
};

using Connection = std::uint64_t;

/// One message, serialised once, and who gets it.
struct Delivery {
  std::vector<Connection> to;
  std::shared_ptr<const std::string> message;
};

/// The connections. Thread: called by the ledger's, returns at once.
class Outlet {
 public:
  virtual ~Outlet() = default;
  /// All that a commit has to say, in order: given at once, a member's share of it can leave at once.
  virtual void deliver(std::vector<Delivery> messages) = 0;
  virtual void close(Connection connection, std::uint16_t code) = 0;
};

/// Thread: any.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::int64_t wall_ms() = 0;
  virtual std::int64_t steady_ms() = 0;  ///< CLOCK_BOOTTIME: goes on while the machine sleeps
};

/// Salts and nonces. Thread: any.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;
};

}  // namespace kasane::conference
