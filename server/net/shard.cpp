#include "server/net/shard.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <iterator>
#include <utility>

namespace kasane::net {

Shard::Shard(std::size_t index, std::size_t count, const Timing& timing_, Metrics& metrics_)
    : timing(timing_),
      metrics(metrics_),
      last_turn_(session::Clock::now().time_since_epoch().count()),
      timer_(context_),
      index_(index),
      count_(count) {}

Shard::~Shard() { stop(); }

void Shard::start() {
  work_.emplace(context_.get_executor());
  tick();
  thread_ = std::thread([this] { context_.run(); });
}

void Shard::stop() {
  if (!thread_.joinable()) return;
  post([this] {
    stopping_ = true;
    timer_.cancel();
    walk_.clear();
    for (const auto& [id, line] : lines_) walk_.push_back(line);
    for (const auto& line : walk_) line->abort();
    walk_.clear();
    work_.reset();  // the loop ends once the aborted operations have answered
  });
  thread_.join();
}

void Shard::deliver(std::vector<Mail> mail) {
  {
    const std::lock_guard lock(mutex_);
    mail_.insert(mail_.end(), std::make_move_iterator(mail.begin()), std::make_move_iterator(mail.end()));
    if (std::exchange(woken_, true)) return;
  }
  boost::asio::post(context_, [this] { empty_mail(); });
}

void Shard::post(std::function<void()> work) { boost::asio::post(context_, std::move(work)); }

session::Clock::time_point Shard::last_turn() const {
  return session::Clock::time_point(session::Clock::duration(last_turn_.load(std::memory_order_relaxed)));
}

Connection Shard::new_id() { return next_++ * count_ + index_; }

void Shard::hold(Connection id, std::shared_ptr<Line> line) { lines_.insert_or_assign(id, std::move(line)); }

void Shard::release(Connection id) { lines_.erase(id); }

void Shard::close(Connection id, session::Close code) {
  if (const auto line = lines_.find(id); line != lines_.end()) {
    const auto kept = line->second;
    kept->close(code);
  }
}

void Shard::close_all(session::Close code) {
  std::vector<std::shared_ptr<Line>> all;
  all.reserve(lines_.size());
  for (const auto& [id, line] : lines_) all.push_back(line);
  for (const auto& line : all) line->close(code);
}

void Shard::empty_mail() {
  std::vector<Mail> mail;
  {
    const std::lock_guard lock(mutex_);
    mail.swap(mail_);
    woken_ = false;
  }
  for (const auto& [to, text] : mail) {
    for (const auto id : to) {
      if (const auto line = lines_.find(id); line != lines_.end()) {
        walk_.push_back(line->second);
        walk_.back()->deliver(text);
      }
    }
  }
  for (const auto& line : walk_) line->flush();
  walk_.clear();
}

void Shard::tick() {
  const auto now = session::Clock::now();
  last_turn_.store(now.time_since_epoch().count(), std::memory_order_relaxed);
  // A line may release itself while it is looked at, so the walk is over a copy.
  for (const auto& [id, line] : lines_) walk_.push_back(line);
  for (const auto& line : walk_) line->tick(now);
  walk_.clear();
  timer_.expires_after(timing.tick);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error && !stopping_) tick();
  });
}

}  // namespace kasane::net
