#pragma once

#include "server/conference/ports.hpp"

namespace kasane {

/// The machine's own clocks. Thread: any.
class MachineClock final : public conference::Clock {
 public:
  std::int64_t wall_ms() override;
  std::int64_t steady_ms() override;
};

/// The kernel's generator. Thread: any.
class MachineRandom final : public conference::Random {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

}  // namespace kasane
