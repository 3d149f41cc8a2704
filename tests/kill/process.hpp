#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kasane::kill_loop {

/// What the tests run: KASANE_PROGRAM, or the program built beside them.
std::string program();

/// `kasane …` to its end: what it printed. Errors: throws where it fails.
std::string run_program(const std::vector<std::string>& arguments);

/// The end of what a server wrote into its diagnostics: a sanitizer's report, where it was built with one.
std::string last_words(const std::filesystem::path& log);

/// The `nth` of these calls to the system that a thread makes fails, and only that one.
struct Failing {
  std::string calls;  ///< names, with commas between
  std::string error;  ///< as errno.h names it
  int nth = 1;
  std::vector<std::filesystem::path> files;  ///< only calls on these; none: on any
};
/// Can a process be run so here? Needs strace, and the right to trace.
bool can_fail_calls();

/// `kasane serve` as a process of its own, on a free port. Its diagnostics go to `log`.
class Serving {
 public:
  Serving(const std::filesystem::path& data, const std::filesystem::path& web, const std::filesystem::path& log,
          const std::optional<Failing>& failing = {});
  ~Serving();
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;

  /// Where it listens, once it says so. Errors: none where the patience or the process ends before.
  std::optional<std::uint16_t> port(std::chrono::milliseconds patience);
  void kill_9();
  /// SIGTERM; the exit status.
  int terminate();
  pid_t pid() const { return pid_; }
  /// Has it ended by itself?
  bool ended();
  /// The status of `waitpid`, once it has.
  int wait_for_end();
  /// With which status? None: it has not, or a signal ended it.
  std::optional<int> exit_status() const;

 private:
  void close_pipe();
  pid_t pid_ = -1;
  int out_ = -1;
  std::string said_;
  std::optional<int> status_;
};

}  // namespace kasane::kill_loop
