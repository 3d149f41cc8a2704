#include "crypto/padding.hpp"

#include <algorithm>
#include <bit>

namespace kasane::crypto {

std::size_t padme(std::size_t length) {
  if (length < 2) return length;
  const auto exponent = static_cast<unsigned>(std::bit_width(length)) - 1;  // E = floor(log2 L)
  const auto kept = static_cast<unsigned>(std::bit_width(exponent));        // S = floor(log2 E) + 1
  const std::size_t mask = (std::size_t{1} << (exponent >= kept ? exponent - kept : 0)) - 1;
  return (length + mask) & ~mask;
}

Bytes pad(View content, std::size_t least_bytes) {
  Bytes out = bytes_of(content);
  out.reserve(padme(std::max(content.size() + 1, least_bytes)));
  out.push_back(0x80);
  out.resize(padme(std::max(content.size() + 1, least_bytes)));
  return out;
}

std::optional<Bytes> unpad(View padded, std::size_t least_bytes) {
  std::size_t end = padded.size();
  while (end > 0 && padded[end - 1] == 0) --end;
  if (end == 0 || padded[end - 1] != 0x80) return std::nullopt;
  if (padded.size() != padme(std::max(end, least_bytes))) return std::nullopt;
  return bytes_of(padded.first(end - 1));
}

}  // namespace kasane::crypto
