#pragma once
// The ledger's leaf, design.md §3, crypto/FORMATS.md §5.
#include "crypto/bytes.hpp"

namespace kasane::crypto {

using UnitTag = Fixed<32, struct UnitTagTag>;
inline constexpr std::size_t leaf_bytes = 113;

struct Leaf {
  std::uint64_t time_ms = 0;  // ledger time, Unix epoch
  UnitTag unit;
  std::uint64_t position = 0;  // in the unit, from 0
  Hash previous;               // leaf hash of the unit's previous leaf; zeros for the first
  Hash envelope;               // SHA-256 of the envelope's text
  bool operator==(const Leaf&) const = default;
};

std::array<std::uint8_t, leaf_bytes> encode(const Leaf& leaf);
/// Errors: none for another length or version.
[[nodiscard]] std::optional<Leaf> decode_leaf(View bytes);
/// RFC 6962 leaf hash of the encoded leaf.
Hash hash_of(const Leaf& leaf);
UnitTag unit_tag(const Salt& salt, std::string_view unit_name);
/// origin ‖ `#` ‖ hex SHA-256 of the founding envelope's text.
std::string log_name(std::string_view origin, std::string_view founding_envelope);

}  // namespace kasane::crypto
