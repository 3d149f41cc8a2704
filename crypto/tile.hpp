#pragma once
// C2SP tlog-tiles: the tree in rows of up to 256 hashes. server/log/FORMAT.md "Tiles".
#include <string>

#include "crypto/leaf.hpp"
#include "crypto/merkle.hpp"

namespace kasane::crypto {

inline constexpr std::uint64_t tile_width = 256;
inline constexpr unsigned tile_level_max = 63;

/// `tile/<level>/<N>[.p/<W>]`, or `tile/entries/<N>[.p/<W>]` where `entries`.
struct TileName {
  bool entries = false;
  unsigned level = 0;       // 0 where `entries`
  std::uint64_t index = 0;  // ≤ 2^53−1
  unsigned width = 256;     // 1..256; under 256 partial
  bool operator==(const TileName&) const = default;
};
std::string print(const TileName& tile);
/// Errors: none on anything that `print` would not have written.
[[nodiscard]] std::optional<TileName> parse_tile_name(std::string_view path);

/// How many hashes of the tile a tree of this size has: 0 where it has none of it.
unsigned tile_width_at(const TileName& tile, std::uint64_t size);
/// Every hash tile of a tree of this size, the partial ones as wide as there.
std::vector<TileName> tiles_of(std::uint64_t size);

/// The hashes of a tile. Errors: none where the tree is too small for that width, or `tile.entries`.
[[nodiscard]] std::optional<Bytes> hash_tile(const Tree& tree, const TileName& tile);
/// One entry of an entry bundle: u16 length ‖ the encoded leaf.
void append_entry(Bytes& bundle, const Leaf& leaf);
/// Errors: none unless there are exactly `width` leaves of ours.
[[nodiscard]] std::optional<std::vector<Leaf>> read_entry_bundle(View bundle, unsigned width);

}  // namespace kasane::crypto
