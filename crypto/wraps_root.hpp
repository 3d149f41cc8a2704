#pragma once
// The signed promise of who gets which wrap: the Merkle root of (device, SHA-256(wrap)), sorted by device. FORMATS.md
// §7.
#include "crypto/merkle.hpp"

namespace kasane::crypto {

struct WrapDigest {
  std::string device;
  Hash digest;  // SHA-256(wrap)
  auto operator<=>(const WrapDigest&) const = default;
};
struct WrapPath {
  std::uint64_t position = 0;
  std::uint64_t leaves = 0;
  std::vector<Hash> path;
};

Hash wrap_leaf_hash(const WrapDigest& wrap);
/// In any order. Errors: none where a device stands twice.
[[nodiscard]] std::optional<Hash> wraps_root(std::vector<WrapDigest> wraps);
/// Errors: none where the device is not among them, or one stands twice.
[[nodiscard]] std::optional<WrapPath> wrap_path(std::vector<WrapDigest> wraps, std::string_view device);
[[nodiscard]] bool verify_wrap(const Hash& root, const WrapDigest& wrap, const WrapPath& path);

}  // namespace kasane::crypto
