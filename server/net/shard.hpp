#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

#include "server/net/line.hpp"
#include "server/net/metrics.hpp"
#include "server/net/timing.hpp"
#include "server/session/channel.hpp"

namespace kasane::net {

/// One message and who gets it.
struct Mail {
  std::vector<Connection> to;
  session::Text text;
};

/// One core's share of the connections: an io_context, the thread that runs it, and the lines pinned to it. A line
/// never changes its shard, so nothing here is locked but the mail from other threads.
class Shard {
 public:
  Shard(std::size_t index, std::size_t count, const Timing& timing, Metrics& metrics);
  ~Shard();
  Shard(const Shard&) = delete;
  Shard& operator=(const Shard&) = delete;

  void start();
  /// Ends the thread; lines that are left are aborted.
  void stop();

  // any thread
  /// Mail for members here, in order. A member's share of one call is one write (performance.md §f).
  void deliver(std::vector<Mail> mail);
  void post(std::function<void()> work);
  [[nodiscard]] boost::asio::io_context& context() { return context_; }
  /// The last turn of this loop, for /livez.
  [[nodiscard]] session::Clock::time_point last_turn() const;

  // the shard's own thread
  [[nodiscard]] Connection new_id();
  /// Takes a line in, or puts another in its place (the upgrade keeps the id).
  void hold(Connection id, std::shared_ptr<Line> line);
  void release(Connection id);
  void close(Connection id, session::Close code);
  void close_all(session::Close code);
  [[nodiscard]] std::size_t size() const { return lines_.size(); }

  const Timing& timing;
  Metrics& metrics;

 private:
  void tick();
  void empty_mail();

  // any thread
  std::mutex mutex_;
  std::vector<Mail> mail_;
  bool woken_ = false;
  std::atomic<session::Clock::rep> last_turn_;

  // the shard's own thread
  boost::asio::io_context context_{1};
  std::optional<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>> work_;
  boost::asio::steady_timer timer_;
  std::unordered_map<Connection, std::shared_ptr<Line>> lines_;
  std::vector<std::shared_ptr<Line>> walk_;
  bool stopping_ = false;
  std::uint64_t next_ = 1;
  std::size_t index_;
  std::size_t count_;
  std::thread thread_;
};

}  // namespace kasane::net
