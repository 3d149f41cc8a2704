#include "server/machine.hpp"

#include <ctime>

#include "crypto/random.hpp"

namespace kasane {
namespace {

std::int64_t read_ms(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return std::int64_t{now.tv_sec} * 1'000 + now.tv_nsec / 1'000'000;
}

}  // namespace

std::int64_t MachineClock::wall_ms() { return read_ms(CLOCK_REALTIME); }
std::int64_t MachineClock::steady_ms() { return read_ms(CLOCK_BOOTTIME); }

void MachineRandom::fill(std::span<std::uint8_t> out) { crypto::random_fill(out); }

}  // namespace kasane
