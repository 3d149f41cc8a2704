#pragma once

#include <cstdint>
#include <string>

#include "server/conference/ports.hpp"

namespace kasane::conference {

/// design.md §6 "Clock": is the wall clock to be believed? A jump against the steady clock, or a start before the last
/// ledger time, stops appends until an operator has set it right (the next start asks anew).
class ClockGuard {
 public:
  ClockGuard(Clock& clock, std::int64_t last_ledger_ms);
  /// The wall clock in ms. Thread: the ledger's.
  std::int64_t now_ms();
  bool steady() const { return why_.empty(); }
  const std::string& why() const { return why_; }

 private:
  Clock& clock_;
  std::int64_t reference_wall_ms_, reference_steady_ms_;
  bool started_late_ = false;
  std::string why_;
};

}  // namespace kasane::conference
