#include "crypto/leaf.hpp"

#include <algorithm>

#include "crypto/merkle.hpp"
#include "crypto/sha256.hpp"

namespace kasane::crypto {

namespace {

constexpr std::uint8_t leaf_version = 0x01;

std::uint64_t read_u64(View bytes) {
  std::uint64_t number = 0;
  for (const std::uint8_t byte : bytes.first(8)) number = (number << 8) | byte;
  return number;
}

}  // namespace

std::array<std::uint8_t, leaf_bytes> encode(const Leaf& leaf) {
  std::array<std::uint8_t, leaf_bytes> out{};
  auto at = out.begin();
  const auto time_ms = u64_be(leaf.time_ms), position = u64_be(leaf.position);
  for (const View part : {View(&leaf_version, 1), View(time_ms), View(leaf.unit), View(position), View(leaf.previous),
                          View(leaf.envelope)})
    at = std::copy(part.begin(), part.end(), at);
  return out;
}

std::optional<Leaf> decode_leaf(View bytes) {
  if (bytes.size() != leaf_bytes || bytes[0] != leaf_version) return std::nullopt;
  Leaf leaf;
  leaf.time_ms = read_u64(bytes.subspan(1));
  leaf.unit = *fixed<UnitTag>(bytes.subspan(9, 32));
  leaf.position = read_u64(bytes.subspan(41));
  leaf.previous = *fixed<Hash>(bytes.subspan(49, 32));
  leaf.envelope = *fixed<Hash>(bytes.subspan(81, 32));
  return leaf;
}

Hash hash_of(const Leaf& leaf) { return leaf_hash(encode(leaf)); }

UnitTag unit_tag(const Salt& salt, std::string_view unit_name) {
  return *fixed<UnitTag>(sha256_prefixed({view("kasane/unit/v1"), salt, view(unit_name)}));
}

std::string log_name(std::string_view origin, std::string_view founding_envelope) {
  return std::string(origin) + "#" + hex(sha256(founding_envelope));
}

}  // namespace kasane::crypto
