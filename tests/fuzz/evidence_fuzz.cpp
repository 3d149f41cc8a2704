// An evidence file, as whoever was sent it finds it: judged in one line, and never proven where nobody signed.
#include <algorithm>
#include <cstdlib>

#include "server/commands/verify/accusation.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto verdict = kasane::commands::verify::judge_accusation({reinterpret_cast<const char*>(data), size});
  if (verdict.line.empty() || verdict.heads.size() > 2 || (verdict.proven && verdict.heads.empty())) std::abort();
  const auto speaks = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; };
  if (std::ranges::any_of(verdict.line, speaks)) std::abort();
  return 0;
}
