#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace kasane::wire {

/// Where the run ends, from `at` on, of bytes that stand for themselves in a JSON text: no control character, `"` or
/// `\`; with `ascii`, none beyond ASCII either. Eight bytes at a time: most of what travels is base64.
inline std::size_t plain_run_end(std::string_view text, std::size_t at, bool ascii) {
  constexpr std::uint64_t each = 0x0101010101010101, top = 0x80 * each;
  // Top bit of some byte set: one of the eight is zero (`below` ≤ 128: less than that). Exact as to whether, not which.
  const auto any_zero = [](std::uint64_t eight) { return (eight - each) & ~eight; };
  const auto any_below = [](std::uint64_t eight, std::uint64_t below) { return (eight - each * below) & ~eight; };
  while (at + 8 <= text.size()) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, 8);
    const std::uint64_t special =
        any_zero(eight ^ (each * '"')) | any_zero(eight ^ (each * '\\')) | any_below(eight, 0x20) | (ascii ? eight : 0);
    if ((special & top) != 0) break;
    at += 8;
  }
  for (; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x20 || byte == '"' || byte == '\\' || (ascii && byte >= 0x80)) break;
  }
  return at;
}

}  // namespace kasane::wire
