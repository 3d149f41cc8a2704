#pragma once

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>

namespace kasane::kill_loop {

/// Where the clients wait for the next server, and the killer for the clients. Thread: any.
class Gate {
 public:
  struct Up {
    std::uint64_t generation = 0;
    std::uint16_t port = 0;
  };

  // The killer's side.
  void open(std::uint16_t port);  ///< a server listens; nobody is live, down or done yet
  void last_calls();              ///< from now on only what is unanswered is sent
  void finish();                  ///< clients return
  bool wait_live(std::size_t clients, std::chrono::milliseconds patience);
  bool wait_down(std::size_t clients, std::chrono::milliseconds patience);
  bool wait_done(std::size_t clients, std::chrono::milliseconds patience);
  std::size_t down_now() const;
  /// The next answer that reaches a client kills this process on the spot: whoever speaks before the disk is caught.
  void kill_at_next_answer(pid_t server) { armed_ = server; }

  // The clients' side.
  void answered();
  std::optional<Up> next(std::uint64_t after);  ///< none: go home
  bool last_calls_now() const;
  void live();
  void down();
  void done();

 private:
  bool wait(const std::size_t& count, std::size_t wanted, std::chrono::milliseconds patience);
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Up up_;
  std::size_t live_ = 0, down_ = 0, done_ = 0;
  bool last_calls_ = false, finished_ = false;
  std::atomic<pid_t> armed_ = 0;
};

}  // namespace kasane::kill_loop
