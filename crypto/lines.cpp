#include "crypto/lines.hpp"

#include <charconv>

namespace kasane::crypto {

std::optional<std::string_view> take_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const auto line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

std::optional<std::uint64_t> read_count(std::string_view text) {
  if (text.empty() || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{} || end != text.data() + text.size() || count > count_max) return std::nullopt;
  return count;
}

std::optional<std::vector<Hash>> take_hashes(std::string_view& rest, std::size_t most) {
  std::vector<Hash> hashes;
  for (;;) {
    const auto line = take_line(rest);
    if (!line) return std::nullopt;
    if (line->empty()) return hashes;
    const auto hash = from_base64<Hash>(*line);
    if (!hash || hashes.size() == most) return std::nullopt;
    hashes.push_back(*hash);
  }
}

void append_hashes(std::string& out, std::span<const Hash> hashes) {
  for (const Hash& hash : hashes) out.append(base64(hash)).append("\n");
}

}  // namespace kasane::crypto
