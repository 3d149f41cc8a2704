#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <variant>
#include <vector>

#include "server/conference/attachments.hpp"
#include "server/conference/checked.hpp"
#include "server/conference/engine.hpp"

namespace kasane::conference {

struct Detach {};
struct Witnessed {
  std::size_t answering = 0;
  std::optional<log::QuorumHead> head;
};
/// What came from a connection, in the order in which it came.
struct Job {
  Connection connection = 0;
  std::variant<Authenticated, wire::Request, Detach, Witnessed> what;
  std::vector<Checked> checked;          ///< the envelopes of the request, in its order
  Attachments attached;                  ///< what came with them, decoded and hashed
  std::optional<wire::Refusal> refusal;  ///< of what came with them
  bool ready = false;                    ///< guarded by the intake's mutex
};

/// The queue before the ledger thread. Envelopes are read, signatures checked (37 µs each: performance.md) and blobs
/// hashed before it: a single small envelope in the thread that brings it, one of the connections' and they are one a
/// core, all else in a pool. Jobs leave in the order in which they came, whichever is checked first.
class Intake {
 public:
  using Ring = std::function<std::shared_ptr<const Keyring>()>;
  explicit Intake(Ring ring) : ring_(std::move(ring)) {}
  ~Intake() { stop(); }

  static constexpr std::chrono::microseconds gather{4'000}, pause{200};
  static constexpr std::size_t light_bytes = 32'768;  ///< of a request that is checked at once

  /// `threads` 0: one a core.
  void start(unsigned threads);
  void stop();
  /// Thread: any.
  void push(std::shared_ptr<Job> job);
  std::size_t queued() const;
  /// Up to `most` jobs whose turn has come; waits until there is one, or until `wait` has passed, or `wake`. Where they
  /// come several at once it waits a little more, while more come and for `gather` at most: what it takes goes into one
  /// commit, and one commit is one message to each member (performance.md, "What to take from it", 1). Those
  /// that come one by one are never kept waiting.
  std::vector<std::shared_ptr<Job>> take(std::size_t most, std::chrono::milliseconds wait);
  void wake();
  /// Without threads: checks in the caller's.
  std::vector<std::shared_ptr<Job>> take_now(std::size_t most);

 private:
  void check(Job& job) const;
  bool has_first() const { return !queue_.empty() && queue_.front()->ready; }
  void gather_more(std::unique_lock<std::mutex>& lock, std::size_t most);
  void work();
  std::vector<std::shared_ptr<Job>> pop_ready(std::size_t most);

  const Ring ring_;
  mutable std::mutex mutex_;
  std::condition_variable to_check_, to_take_;
  std::deque<std::shared_ptr<Job>> queue_;      // guarded
  std::deque<std::shared_ptr<Job>> unchecked_;  // guarded
  std::size_t in_check_ = 0;                    // guarded: jobs that the pool has in hand
  std::size_t taken_last_ = 0;                  // guarded
  bool stop_ = false, woken_ = false;           // guarded
  bool hungry_ = false;                         // guarded: the ledger thread waits for a first job
  std::vector<std::thread> threads_;
};

}  // namespace kasane::conference
