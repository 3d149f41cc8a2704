#include "server/commands/verify/progress.hpp"

#include <unistd.h>

#include <cstdio>
#include <utility>

namespace kasane::commands::verify {

namespace {
constexpr int width = 32;
}

Progress::Progress(std::string what) : what_(std::move(what)), terminal_(::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (drawn_) std::fputs("\r\x1b[K", stderr);
}

void Progress::at(std::int64_t done, std::int64_t of) {
  const auto now = Clock::now();
  if (!terminal_ || of <= 0 || now - began_ < std::chrono::seconds(1) || now - shown_ < std::chrono::milliseconds(100))
    return;
  shown_ = now;
  drawn_ = true;
  const auto full = static_cast<int>(width * done / of);
  std::fprintf(stderr, "\r%s [%-*.*s] %lld of %lld", what_.c_str(), width, full, "################################",
               static_cast<long long>(done), static_cast<long long>(of));
  std::fflush(stderr);
}

}  // namespace kasane::commands::verify
