#pragma once
// All members of a room at once: sends prepared frames with so many in flight, or at a fixed rate, and sees each
// delivery. Thread: one, on the generator's core.
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/line.hpp"

namespace kasane::bench {

class Crowd {
 public:
  /// How much one member has been delivered once this message has come: the new count, from the old one.
  using Count = std::function<std::int64_t(std::int64_t before, std::string_view message)>;
  Crowd(std::vector<std::unique_ptr<Line>> lines, Count count);
  ~Crowd();
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  /// Takes what still comes from before until it is quiet; what one member has been delivered, all have.
  void begin();
  /// Takes what still comes until it is quiet and every member has been delivered the same.
  void settle();
  /// What counts as done: a message that every member has been delivered, or an answer that its sender has got.
  enum class Done : std::uint8_t { by_all, by_one };
  /// Frame i goes out on line i mod members as soon as fewer than `in_flight` are not done yet; returns when all are.
  /// Wall time in µs.
  double run(std::span<const std::string> frames, std::size_t in_flight, Done done = Done::by_all);
  /// A frame every 1/`a_second` s. The time from each frame's sending to each member's having it, in µs.
  std::vector<double> run_at(std::span<const std::string> frames, double a_second);

  [[nodiscard]] std::size_t size() const { return lines_.size(); }
  Line& line(std::size_t index) { return *lines_[index]; }

 private:
  /// Takes what has come, waiting so long for the first; calls `seen(line, before, after)` where a count rose.
  bool take(int wait_ms, const std::function<void(std::int64_t, std::int64_t)>& seen);
  [[nodiscard]] std::int64_t least() const;
  [[nodiscard]] std::int64_t all() const;

  std::vector<std::unique_ptr<Line>> lines_;
  std::vector<std::int64_t> delivered_;
  Count count_;
  int ready_ = -1;
};

}  // namespace kasane::bench
