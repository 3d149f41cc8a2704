#include "tests/bench/figures.hpp"

#include <sched.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace kasane::bench {
namespace {

double in_us(const timespec& time) {
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

double read_clock(clockid_t clock) {
  timespec time{};
  if (clock_gettime(clock, &time) != 0) fail("a clock cannot be read");
  return in_us(time);
}

}  // namespace

Settings settings(int count, char** words) {
  Settings out;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    if (word == "--smoke") {
      out.smoke = true;
      continue;
    }
    if (i + 1 >= count) fail("no value for " + std::string(word));
    const std::string value = words[++i];
    if (word == "--rounds")
      out.rounds = std::atoi(value.c_str());
    else if (word == "--first")
      out.first = std::atoi(value.c_str());
    else if (word == "--statements")
      out.statements = std::atoi(value.c_str());
    else if (word == "--program")
      out.program = value;
    else if (word == "--peers")
      out.peers = value;
    else if (word == "--scratch")
      out.scratch = value;
    else
      fail("unknown option " + std::string(word));
  }
  if (out.smoke) out.rounds = 1;
  if (out.rounds < 1) fail("--rounds takes a number from 1");
  return out;
}

void figure(int round, std::string_view table, std::string_view row, double value) {
  std::printf("figure\t%d\t%.*s\t%.*s\t%.6g\n", round, static_cast<int>(table.size()), table.data(),
              static_cast<int>(row.size()), row.data(), value);
  std::fflush(stdout);
}

void pin(Core core) {
  if (sysconf(_SC_NPROCESSORS_ONLN) < 2) return;
  cpu_set_t set;
  CPU_ZERO(&set);
  if (core != Core::generator) CPU_SET(0, &set);
  if (core != Core::server) CPU_SET(1, &set);
  if (core == Core::any)
    for (int i = 2; i < sysconf(_SC_NPROCESSORS_ONLN); ++i) CPU_SET(i, &set);
  sched_setaffinity(0, sizeof set, &set);
}

double now_us() { return read_clock(CLOCK_MONOTONIC); }
double own_cpu_us() { return read_clock(CLOCK_THREAD_CPUTIME_ID); }

double process_cpu_us(pid_t process) {
  clockid_t clock{};
  if (clock_getcpuclockid(process, &clock) != 0) fail("the server has gone");
  return read_clock(clock);
}

double resident_kib(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("RssAnon:")) return std::atof(line.c_str() + 8);
  return 0;
}

void fail(const std::string& why) {
  std::fprintf(stderr, "bench: %s\n", why.c_str());
  std::_Exit(1);
}

}  // namespace kasane::bench
