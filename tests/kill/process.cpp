#include "tests/kill/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace kasane::kill_loop {
namespace {

struct Started {
  pid_t pid = -1;
  int out = -1;
};

/// stdout into a pipe, stderr into the file (or where the tests' own goes).
Started start(std::vector<std::string> words, const std::filesystem::path& errors) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const int log =
      errors.empty() ? -1 : open(errors.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
  const pid_t pid = fork();
  if (pid == 0) {  // between fork and exec only calls that are safe beside other threads
    dup2(ends[1], STDOUT_FILENO);
    if (log >= 0) dup2(log, STDERR_FILENO);
    execvp(argv[0], argv.data());
    _exit(127);
  }
  if (log >= 0) close(log);
  close(ends[1]);
  if (pid < 0) throw std::runtime_error("cannot fork");
  return {pid, ends[0]};
}

std::vector<std::string> program_with(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), program());
  return arguments;
}

/// Before the program's own words. With -D the process started is the program, and the tracer a grandchild.
std::vector<std::string> tracer(const Failing& failing) {
  std::vector<std::string> words{
      "strace", "-D", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null",
      // No leaks are looked for where this is a build with sanitizers: that needs the tracing for itself.
      "-E", "ASAN_OPTIONS=detect_leaks=0", "-e", "trace=" + failing.calls, "-e",
      "inject=" + failing.calls + ":error=" + failing.error + ":when=" + std::to_string(failing.nth)};
  for (const auto& file : failing.files) {
    words.emplace_back("-P");
    words.push_back(file.string());
  }
  return words;
}

int wait_for(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

std::string program() {
  const char* named = std::getenv("KASANE_PROGRAM");
  return named != nullptr && *named != '\0' ? named : KASANE_BUILT_PROGRAM;
}

std::string run_program(const std::vector<std::string>& arguments) {
  const auto started = start(program_with(arguments), {});
  std::string said;
  std::array<char, 4'096> bytes{};
  for (ssize_t count = 0; (count = read(started.out, bytes.data(), bytes.size())) > 0;)
    said.append(bytes.data(), static_cast<std::size_t>(count));
  close(started.out);
  if (const int status = wait_for(started.pid); status != 0)
    throw std::runtime_error("kasane " + arguments.at(0) + " ended with status " + std::to_string(status));
  return said;
}

std::string last_words(const std::filesystem::path& log) {
  constexpr std::size_t most = 8'192;
  std::ifstream file(log, std::ios::binary);
  std::string said(std::istreambuf_iterator<char>(file), {});
  return said.size() > most ? said.substr(said.size() - most) : said;
}

bool can_fail_calls() {
  auto words = tracer({"fsync", "EIO", 1, {}});
  words.emplace_back("true");
  const auto started = start(std::move(words), "/dev/null");
  close(started.out);
  return wait_for(started.pid) == 0;
}

Serving::Serving(const std::filesystem::path& data, const std::filesystem::path& web, const std::filesystem::path& log,
                 const std::optional<Failing>& failing) {
  auto words = program_with({"serve", "--data", data.string(), "--web", web.string(), "--port", "0"});
  if (failing) {
    const auto before = tracer(*failing);
    words.insert(words.begin(), before.begin(), before.end());
  }
  const auto started = start(std::move(words), log);
  pid_ = started.pid;
  out_ = started.out;
}

Serving::~Serving() {
  if (!status_) kill_9();
  close_pipe();
}

void Serving::close_pipe() {
  if (out_ >= 0) close(out_);
  out_ = -1;
}

std::optional<std::uint16_t> Serving::port(std::chrono::milliseconds patience) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (said_.find('\n') == std::string::npos) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
    pollfd ready{out_, POLLIN, 0};
    if (left <= 0 || poll(&ready, 1, static_cast<int>(left)) <= 0) return std::nullopt;
    std::array<char, 512> bytes{};
    const auto count = read(out_, bytes.data(), bytes.size());
    if (count <= 0) return std::nullopt;
    said_.append(bytes.data(), static_cast<std::size_t>(count));
  }
  const auto line = said_.substr(0, said_.find('\n'));
  return static_cast<std::uint16_t>(std::stoul(line.substr(line.rfind(':') + 1)));
}

void Serving::kill_9() {
  kill(pid_, SIGKILL);
  if (!status_) status_ = wait_for(pid_);
}

int Serving::terminate() {
  kill(pid_, SIGTERM);
  if (!status_) status_ = wait_for(pid_);
  return WIFEXITED(*status_) ? WEXITSTATUS(*status_) : -1;
}

bool Serving::ended() {
  int status = 0;
  if (!status_ && waitpid(pid_, &status, WNOHANG) == pid_) status_ = status;
  return status_.has_value();
}

int Serving::wait_for_end() {
  if (!status_) status_ = wait_for(pid_);
  return *status_;
}

std::optional<int> Serving::exit_status() const {
  return status_ && WIFEXITED(*status_) ? std::optional(WEXITSTATUS(*status_)) : std::nullopt;
}

}  // namespace kasane::kill_loop
