#include "tests/bench/child.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>

namespace kasane::bench {
namespace {

/// In the child, after fork.
[[noreturn]] void become(const std::vector<std::string>& words, Core core, int out) {
  pin(core);
  // What a server tells its operator is of no use here, and a terminal would slow it down.
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  dup2(out < 0 ? nowhere : out, STDOUT_FILENO);
  dup2(nowhere, STDERR_FILENO);
  std::vector<char*> argv;
  std::vector<std::string> copies = words;
  for (auto& word : copies) argv.push_back(word.data());
  argv.push_back(nullptr);
  execv(argv[0], argv.data());
  std::_Exit(127);
}

}  // namespace

double run_ms(const std::vector<std::string>& words, Core core) {
  const double began = now_us();
  const pid_t process = fork();
  if (process < 0) fail("no process");
  if (process == 0) become(words, core, -1);
  int status = 0;
  waitpid(process, &status, 0);
  if (status != 0) fail(words[0] + " " + words[1] + " did not end well");
  return (now_us() - began) / 1e3;
}

Child::Child(const std::vector<std::string>& words, Core core) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) fail("no pipe");
  const double began = now_us();
  process_ = fork();
  if (process_ < 0) fail("no process");
  if (process_ == 0) become(words, core, ends[1]);
  close(ends[1]);
  out_ = ends[0];
  char letter = 0;
  while (read(out_, &letter, 1) == 1 && letter != '\n') first_line_ += letter;
  started_us_ = now_us() - began;
  if (letter != '\n') fail(words[0] + " did not start");
}

Child::~Child() {
  kill(process_, SIGTERM);
  waitpid(process_, nullptr, 0);
  close(out_);
}

std::uint16_t Child::port() const {
  return static_cast<std::uint16_t>(std::atoi(first_line_.c_str() + first_line_.rfind(':') + 1));
}

}  // namespace kasane::bench
