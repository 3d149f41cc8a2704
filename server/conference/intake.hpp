#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <variant>
#include <vector>

#include "server/conference/checked.hpp"
#include "server/conference/engine.hpp"

namespace kasane::conference {

struct Detach {};
/// What came from a connection, in the order in which it came.
struct Job {
  Connection connection = 0;
  std::variant<Authenticated, wire::Request, Detach> what;
  std::vector<Checked> checked;  ///< the envelopes of the request, in its order
  bool ready = false;            ///< guarded by the intake's mutex
};

/// The queue before the ledger thread, and the pool that reads envelopes and checks signatures there (37 µs each:
/// performance.md). Jobs leave in the order in which they came, whichever is checked first.
class Intake {
 public:
  using Ring = std::function<std::shared_ptr<const Keyring>()>;
  explicit Intake(Ring ring) : ring_(std::move(ring)) {}
  ~Intake() { stop(); }

  void start(unsigned threads);
  void stop();
  /// Thread: any.
  void push(std::shared_ptr<Job> job);
  std::size_t queued() const;
  /// Up to `most` jobs whose turn has come; waits until there is one, or until `deadline`, or `wake`.
  std::vector<std::shared_ptr<Job>> take(std::size_t most, std::chrono::milliseconds wait);
  void wake();
  /// Without threads: checks in the caller's.
  std::vector<std::shared_ptr<Job>> take_now(std::size_t most);

 private:
  void check(Job& job) const;
  void work();
  std::vector<std::shared_ptr<Job>> pop_ready(std::size_t most);

  const Ring ring_;
  mutable std::mutex mutex_;
  std::condition_variable to_check_, to_take_;
  std::deque<std::shared_ptr<Job>> queue_;      // guarded
  std::deque<std::shared_ptr<Job>> unchecked_;  // guarded
  bool stop_ = false, woken_ = false;           // guarded
  std::vector<std::thread> threads_;
};

}  // namespace kasane::conference
