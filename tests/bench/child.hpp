#pragma once
// A server of its own process, pinned, that says its port in its first line.
#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/figures.hpp"

namespace kasane::bench {

class Child {
 public:
  /// Returns when the first line has come. Errors: `fail`.
  Child(const std::vector<std::string>& words, Core core);
  ~Child();  ///< SIGTERM, then waits
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  [[nodiscard]] pid_t process() const { return process_; }
  [[nodiscard]] const std::string& first_line() const { return first_line_; }
  /// The number after the last colon of the first line.
  [[nodiscard]] std::uint16_t port() const;
  /// From before fork to the first line.
  [[nodiscard]] double started_us() const { return started_us_; }

 private:
  pid_t process_ = -1;
  int out_ = -1;
  double started_us_ = 0;
  std::string first_line_;
};

/// Runs a program to its end, which must be good, with its output thrown away; wall time in ms. Errors: `fail`.
double run_ms(const std::vector<std::string>& words, Core core);

}  // namespace kasane::bench
