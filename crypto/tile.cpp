#include "crypto/tile.hpp"

#include <algorithm>

#include "crypto/lines.hpp"

namespace kasane::crypto {

namespace {

constexpr std::string_view prefix = "tile/", entries_prefix = "tile/entries/";

std::optional<unsigned> three_digits(std::string_view text) {
  if (text.size() != 3 || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  return static_cast<unsigned>((text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0'));
}

/// One path element up to the next slash or the end.
std::string_view take_element(std::string_view& rest) {
  const auto end = std::min(rest.find('/'), rest.size());
  const auto element = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return element;
}

/// 256^(level), or none where a tree of ≤ 2^53 leaves has nothing there.
std::optional<std::uint64_t> leaves_a_hash(unsigned level) {
  if (level > 6) return std::nullopt;
  return std::uint64_t{1} << (8 * level);
}

}  // namespace

std::string print(const TileName& tile) {
  std::string number;
  for (std::uint64_t rest = tile.index, first = 1; first || rest > 0; rest /= 1000, first = 0) {
    std::string element = std::to_string(rest % 1000);
    element.insert(0, 3 - element.size(), '0');
    number.insert(0, first ? element : "x" + element + "/");
  }
  std::string out = tile.entries ? std::string(entries_prefix) : std::string(prefix) + std::to_string(tile.level) + "/";
  out += number;
  if (tile.width < tile_width) out += ".p/" + std::to_string(tile.width);
  return out;
}

std::optional<TileName> parse_tile_name(std::string_view path) {
  const std::string_view whole = path;
  TileName tile;
  if (path.starts_with(entries_prefix)) {
    tile.entries = true;
    path.remove_prefix(entries_prefix.size());
  } else {
    if (!path.starts_with(prefix)) return std::nullopt;
    path.remove_prefix(prefix.size());
    const auto level = read_count(take_element(path));
    if (!level || *level > tile_level_max) return std::nullopt;
    tile.level = static_cast<unsigned>(*level);
  }
  for (;;) {
    std::string_view element = take_element(path);
    const bool more = element.starts_with('x'), partial = element.ends_with(".p");
    if (more) element.remove_prefix(1);
    if (partial) element.remove_suffix(2);
    const auto digits = three_digits(element);
    if (!digits || (more && partial) || tile.index > count_max / 1000) return std::nullopt;
    tile.index = tile.index * 1000 + *digits;
    if (more) continue;
    if (partial) {
      const auto width = read_count(take_element(path));
      if (!width || *width == 0 || *width >= tile_width) return std::nullopt;
      tile.width = static_cast<unsigned>(*width);
    }
    break;
  }
  if (tile.index > count_max || print(tile) != whole) return std::nullopt;
  return tile;
}

unsigned tile_width_at(const TileName& tile, std::uint64_t size) {
  const auto each = leaves_a_hash(tile.level);
  if (!each || tile.index > size / tile_width) return 0;
  const std::uint64_t hashes = size / *each, before = tile.index * tile_width;
  return hashes <= before ? 0 : static_cast<unsigned>(std::min(hashes - before, tile_width));
}

std::vector<TileName> tiles_of(std::uint64_t size) {
  std::vector<TileName> tiles;
  for (unsigned level = 0; leaves_a_hash(level) && size / *leaves_a_hash(level) > 0; ++level)
    for (TileName tile{false, level, 0, 256}; tile_width_at(tile, size) > 0; ++tile.index) {
      tiles.push_back(tile);
      tiles.back().width = tile_width_at(tile, size);
    }
  return tiles;
}

std::optional<Bytes> hash_tile(const Tree& tree, const TileName& tile) {
  if (tile.entries || tile.width == 0 || tile_width_at(tile, tree.size()) < tile.width) return std::nullopt;
  const std::uint64_t begin = tile.index * tile_width;
  Bytes out;
  out.reserve(tile.width * Hash::size);
  for (std::uint64_t i = begin; i < begin + tile.width; ++i) {
    const Hash& hash = tree.node(std::size_t{8} * tile.level, i);
    out.insert(out.end(), hash.bytes.begin(), hash.bytes.end());
  }
  return out;
}

void append_entry(Bytes& bundle, const Leaf& leaf) {
  const auto length = u16_be(leaf_bytes);
  const auto bytes = encode(leaf);
  bundle.insert(bundle.end(), length.begin(), length.end());
  bundle.insert(bundle.end(), bytes.begin(), bytes.end());
}

std::optional<std::vector<Leaf>> read_entry_bundle(View bundle, unsigned width) {
  constexpr std::size_t each = 2 + leaf_bytes;
  if (width == 0 || width > tile_width || bundle.size() != width * each) return std::nullopt;
  std::vector<Leaf> leaves;
  leaves.reserve(width);
  for (; !bundle.empty(); bundle = bundle.subspan(each)) {
    const auto length = u16_be(leaf_bytes);
    if (bundle[0] != length[0] || bundle[1] != length[1]) return std::nullopt;
    const auto leaf = decode_leaf(bundle.subspan(2, leaf_bytes));
    if (!leaf) return std::nullopt;
    leaves.push_back(*leaf);
  }
  return leaves;
}

}  // namespace kasane::crypto
