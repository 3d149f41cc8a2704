#include "server/conference/clock_guard.hpp"

namespace kasane::conference {

namespace {
constexpr std::int64_t tolerance_ms = 60'000;
constexpr std::int64_t move_after_ms = 60'000;
}  // namespace

ClockGuard::ClockGuard(Clock& clock, std::int64_t last_ledger_ms)
    : clock_(clock), reference_wall_ms_(clock.wall_ms()), reference_steady_ms_(clock.steady_ms()) {
  if (reference_wall_ms_ < last_ledger_ms - tolerance_ms) {
    started_late_ = true;
    why_ = "the clock stands more than 60 s before the last entry of the ledger";
  }
}

std::int64_t ClockGuard::now_ms() {
  const std::int64_t wall = clock_.wall_ms();
  if (started_late_) return wall;
  const std::int64_t gone = clock_.steady_ms() - reference_steady_ms_;
  const std::int64_t off = wall - (reference_wall_ms_ + gone);
  if (off > tolerance_ms || off < -tolerance_ms) {
    why_ = "the clock has jumped by more than 60 s";
    return wall;
  }
  why_.clear();
  if (gone >= move_after_ms) {  // by the steady clock alone, so that small steps of the wall clock add up and are seen
    reference_wall_ms_ += gone;
    reference_steady_ms_ += gone;
  }
  return wall;
}

}  // namespace kasane::conference
