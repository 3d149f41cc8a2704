#include "tests/bench/crowd.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "tests/bench/figures.hpp"

namespace kasane::bench {
namespace {
constexpr int quiet_ms = 100;
constexpr double patience_us = 20e6;
}  // namespace

Crowd::Crowd(std::vector<std::unique_ptr<Line>> lines, Count count)
    : lines_(std::move(lines)), delivered_(lines_.size(), 0), count_(std::move(count)), ready_(epoll_create1(0)) {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = i;
    epoll_ctl(ready_, EPOLL_CTL_ADD, lines_[i]->socket(), &event);
  }
}

Crowd::~Crowd() { close(ready_); }

std::int64_t Crowd::least() const { return *std::ranges::min_element(delivered_); }

bool Crowd::take(int wait_ms, const std::function<void(std::int64_t, std::int64_t)>& seen) {
  std::array<epoll_event, 64> events{};
  const int count = epoll_wait(ready_, events.data(), static_cast<int>(events.size()), wait_ms);
  for (int i = 0; i < count; ++i) {
    const auto index = events[static_cast<std::size_t>(i)].data.u64;
    auto& delivered = delivered_[index];
    lines_[index]->take([&](std::string_view message) {
      const auto before = delivered;
      delivered = count_(before, message);
      if (delivered > before && seen) seen(before, delivered);
    });
  }
  return count > 0;
}

void Crowd::begin() {
  while (take(3 * quiet_ms, {})) {
  }
  std::ranges::fill(delivered_, *std::ranges::max_element(delivered_));
}

void Crowd::settle() {
  const double until = now_us() + patience_us;
  while (true) {
    const bool came = take(quiet_ms, {});
    if (!came && least() == *std::ranges::max_element(delivered_)) return;
    if (now_us() > until) fail("the members do not come to the same state");
  }
}

std::int64_t Crowd::all() const { return std::accumulate(delivered_.begin(), delivered_.end(), std::int64_t{0}); }

double Crowd::run(std::span<const std::string> frames, std::size_t in_flight, Done when) {
  const auto so_far = [&] { return when == Done::by_all ? least() : all(); };
  const auto begin = so_far();
  const double began = now_us();
  std::size_t sent = 0, done = 0;
  double last = began;
  while (done < frames.size()) {
    for (; sent < frames.size() && sent - done < in_flight; ++sent) lines_[sent % lines_.size()]->send(frames[sent]);
    if (take(1'000, {})) last = now_us();
    if (now_us() - last > patience_us) fail("a message did not reach everybody");
    done = static_cast<std::size_t>(so_far() - begin);
  }
  return now_us() - began;
}

std::vector<double> Crowd::run_at(std::span<const std::string> frames, double a_second) {
  const auto begin = least();
  const double began = now_us() + 1'000, every = 1e6 / a_second;
  std::vector<double> sent_at, took;
  took.reserve(frames.size() * lines_.size());
  std::size_t done = 0;
  while (done < frames.size()) {
    const double now = now_us();
    const double due = began + every * static_cast<double>(sent_at.size());
    if (sent_at.size() < frames.size() && now >= due) {
      sent_at.push_back(now);
      lines_[(sent_at.size() - 1) % lines_.size()]->send(frames[sent_at.size() - 1]);
    }
    if (now - began > every * static_cast<double>(frames.size()) + patience_us)
      fail("a message did not reach everybody");
    // It waits without sleeping: waking up would be measured too, and this core has nothing else to do.
    if (!take(0, [&](std::int64_t before, std::int64_t after) {
          const double arrived = now_us();
          for (auto i = before; i < after; ++i)
            took.push_back(arrived - sent_at.at(static_cast<std::size_t>(i - begin)));
        }))
      continue;
    done = static_cast<std::size_t>(least() - begin);
  }
  return took;
}

}  // namespace kasane::bench
