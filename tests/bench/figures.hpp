#pragma once
// What every bench says and how: one line a figure on standard output; tests/bench/report.py makes medians and ratios
// of them. Thread: one.
#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace kasane::bench {

struct Settings {
  int rounds = 5, first = 0;  ///< numbered from `first`
  bool smoke = false;         ///< the smallest size that still goes through everything
  int statements = 100'000;   ///< of the ledger that `start` writes
  std::string program = "";   ///< build/release/kasane
  std::string peers = "";     ///< folder of the peers that are programs
  std::string scratch = "";   ///< a folder on a real disk; emptied by whoever made it
  /// `full` measured, `tiny` in a smoke run.
  [[nodiscard]] int sized(int full, int tiny) const { return smoke ? tiny : full; }
};
/// `--rounds N --first N --smoke --statements N --program PATH --peers DIR --scratch DIR`. Errors: ends the process
/// with status 2.
Settings settings(int count, char** words);

/// One measured value of one round. `table` and `row` are keys of tests/bench/tables.py.
void figure(int round, std::string_view table, std::string_view row, double value);

enum class Core : std::uint8_t { server = 0, generator = 1, any = 2 };
/// Pins the calling thread (and what it starts later). On a machine with one core: nothing.
void pin(Core core);

double now_us();      ///< CLOCK_MONOTONIC
double own_cpu_us();  ///< of the calling thread
/// User + system of a whole process, from the scheduler's own account, nanoseconds fine.
double process_cpu_us(pid_t process);
/// Resident, of the process alone (anonymous pages). Errors: 0.
double resident_kib(pid_t process);

/// Ends the process with status 1 and one line.
[[noreturn]] void fail(const std::string& why);

}  // namespace kasane::bench
