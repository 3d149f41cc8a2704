#pragma once

#include "server/session/channel.hpp"

namespace kasane::session {

/// A token bucket: `rate` a second on average, `burst` at once.
/// Thread: the owner's.
class Allowance {
 public:
  Allowance(double rate, double burst) : rate_(rate), burst_(burst), left_(burst) {}

  /// Takes `count`, or nothing and says false.
  [[nodiscard]] bool take(Clock::time_point now, double count = 1) {
    if (last_ != Clock::time_point{}) left_ += std::chrono::duration<double>(now - last_).count() * rate_;
    if (left_ > burst_) left_ = burst_;
    last_ = now;
    if (left_ < count) return false;
    left_ -= count;
    return true;
  }

 private:
  double rate_;
  double burst_;
  double left_;
  Clock::time_point last_{};
};

}  // namespace kasane::session
