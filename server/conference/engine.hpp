#pragma once

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "server/conference/extract.hpp"
#include "server/conference/keyring.hpp"
#include "server/conference/ports.hpp"
#include "server/log/quorum.hpp"
#include "server/log/writer.hpp"
#include "server/wire/messages.hpp"

namespace kasane::conference {

struct Options {
  unsigned check_threads = 0;                  ///< signature checks before the ledger thread; 0: one a core
  std::size_t batch_entries = 512;             ///< of one commit
  std::uint64_t least_free_bytes = 64u << 20;  ///< below it nothing is appended
  std::size_t queued_requests = 8'192;         ///< beyond, `BUSY`
  /// Whose cosignatures are asked for; none: of nobody, and then their absence stops nothing.
  std::optional<log::WitnessPolicy> witnesses = {};
};

/// How the witnesses stand.
struct WitnessesState {
  std::int64_t of = 0, needed = 0, answering = 0;  ///< `of` 0: none are asked
  std::int64_t quorum_size = 0, quorum_at_ms = 0;  ///< of the newest head with their quorum; 0: none yet
  bool extends = true;                             ///< may access be extended?
};

/// A connection whose device has signed the server's nonce: the session has verified it against `keyring()`.
struct Authenticated {
  std::string device, person;
  wire::Language lang = wire::Language::ja;
  crypto::Nonce client_nonce;
  std::string request_id;  ///< of `authenticate`, JSON text
};

struct Health {
  bool appends = false;  ///< false: reading goes on, `why` says what stopped the rest
  std::string why;
  std::int64_t size = 0, time_ms = 0;
  WitnessesState witnesses = {};
  std::uint64_t commits = 0, batches = 0, deliveries = 0, queued = 0, connections = 0;
};

/// The ledger: one thread owns the World and decides everything; signatures are checked before it on a small pool.
/// Acknowledged means on disk (design.md §6).
/// Errors: the constructor throws `StoreError` where the store cannot be read or does not add up, `invalid_argument`
/// where `log::complaint` has something against the witnesses. A failing COMMIT ends the process with one line on
/// standard error and status 74.
class Engine {
 public:
  Engine(Store& store, log::Writer writer, Outlet& outlet, Clock& clock, Random& random, Options options = {});
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  void start();  ///< the threads
  void stop();   ///< drains what has queued, then joins
  /// Without threads: does all that is queued and due, in the caller's thread. Returns whether it did anything.
  /// Requires: not started.
  bool step();
  /// `step` until nothing is left to do now.
  void run_until_idle();
  /// When the next timer is due, in steady ms; none: no timer. Requires: not started.
  std::optional<std::int64_t> next_timer() const;

  // Thread: any.
  void attach(Connection connection, Authenticated who);
  /// False, and nothing taken, where too many requests wait: the caller says `BUSY`.
  bool request(Connection connection, wire::Request request);
  void detach(Connection connection);
  std::shared_ptr<const Keyring> keyring() const;
  wire::Hello hello() const;
  Health health() const;
  /// A hash tile of the committed tree (C2SP tlog-tiles). Errors: none where that tree has not that many hashes there.
  std::optional<crypto::Bytes> tile(const crypto::TileName& name) const;
  const StartReport& start_report() const;
  const std::string& log() const;  ///< the log's name
  const crypto::VerifierKey& log_key() const;
  /// Between two sizes of the committed tree. Errors: none unless 1 ≤ from ≤ to ≤ its size.
  std::optional<std::vector<crypto::Hash>> consistency(std::uint64_t from, std::uint64_t to) const;
  /// What the asker of witnesses has found out: how many answer, and a new head, if there is one. It is in force once
  /// it is on disk.
  void witnessed(std::size_t answering, std::optional<log::QuorumHead> head);
  /// The newest note that others may rely on: with the quorum's cosignatures where witnesses are asked and there is
  /// one, else with the log's own where that is on it.
  std::string public_checkpoint() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace kasane::conference
