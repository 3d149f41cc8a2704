#include "tests/kill/gate.hpp"

#include <signal.h>

namespace kasane::kill_loop {

void Gate::open(std::uint16_t port) {
  const std::scoped_lock lock(mutex_);
  up_ = {up_.generation + 1, port};
  live_ = down_ = done_ = 0;
  changed_.notify_all();
}

void Gate::last_calls() {
  const std::scoped_lock lock(mutex_);
  last_calls_ = true;
}

void Gate::finish() {
  const std::scoped_lock lock(mutex_);
  finished_ = true;
  changed_.notify_all();
}

bool Gate::wait(const std::size_t& count, std::size_t wanted, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, patience, [&] { return count >= wanted || finished_; }) && count >= wanted;
}
bool Gate::wait_live(std::size_t clients, std::chrono::milliseconds patience) { return wait(live_, clients, patience); }
bool Gate::wait_down(std::size_t clients, std::chrono::milliseconds patience) { return wait(down_, clients, patience); }
bool Gate::wait_done(std::size_t clients, std::chrono::milliseconds patience) { return wait(done_, clients, patience); }

std::size_t Gate::down_now() const {
  const std::scoped_lock lock(mutex_);
  return down_;
}

void Gate::answered() {
  if (armed_ == 0) return;
  if (const pid_t server = armed_.exchange(0); server != 0) kill(server, SIGKILL);
}

std::optional<Gate::Up> Gate::next(std::uint64_t after) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return finished_ || up_.generation > after; });
  return finished_ ? std::nullopt : std::optional(up_);
}

bool Gate::last_calls_now() const {
  const std::scoped_lock lock(mutex_);
  return last_calls_;
}

void Gate::live() {
  const std::scoped_lock lock(mutex_);
  ++live_;
  changed_.notify_all();
}
void Gate::down() {
  const std::scoped_lock lock(mutex_);
  ++down_;
  changed_.notify_all();
}
void Gate::done() {
  const std::scoped_lock lock(mutex_);
  ++done_;
  changed_.notify_all();
}

}  // namespace kasane::kill_loop
