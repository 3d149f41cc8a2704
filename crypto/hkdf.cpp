#include "crypto/hkdf.hpp"

#include <sodium.h>

#include <algorithm>

#include "crypto/sodium_ready.hpp"

namespace kasane::crypto {

namespace {
[[maybe_unused]] const bool ready = sodium_ready();
}

void hmac_sha256(View key, std::initializer_list<View> parts, std::span<std::uint8_t, 32> out) {
  crypto_auth_hmacsha256_state state;
  const std::uint8_t none = 0;  // libsodium wants an address even of nothing, and an empty view may be null
  crypto_auth_hmacsha256_init(&state, key.empty() ? &none : key.data(), key.size());
  for (const View part : parts) {
    if (!part.empty()) crypto_auth_hmacsha256_update(&state, part.data(), part.size());
  }
  crypto_auth_hmacsha256_final(&state, out.data());
  wipe(&state, sizeof state);
}

PseudoRandomKey hkdf_extract(View salt, View ikm) {
  PseudoRandomKey prk;
  hmac_sha256(salt, {ikm}, prk.fill());  // HMAC pads an empty key with zeros: the RFC's default salt
  return prk;
}

bool hkdf_expand(const PseudoRandomKey& prk, View info, std::span<std::uint8_t> out) {
  constexpr std::size_t block_bytes = 32;
  if (out.size() > 255 * block_bytes) {
    wipe(out.data(), out.size());
    return false;
  }
  Secret<block_bytes, struct BlockTag> block;
  View previous;  // T(0) is empty
  std::uint8_t counter = 1;
  for (std::size_t done = 0; done < out.size(); done += block_bytes, ++counter) {
    hmac_sha256(prk.expose(), {previous, info, View(&counter, 1)}, block.fill());
    previous = block.expose();
    const std::size_t count = std::min(block_bytes, out.size() - done);
    std::copy_n(previous.begin(), count, out.begin() + static_cast<std::ptrdiff_t>(done));
  }
  return true;
}

Hash derive_public(View ikm, View info) {
  Hash hash;
  (void)hkdf_expand(hkdf_extract({}, ikm), info, hash.bytes);  // 32 bytes are within the bound
  return hash;
}

}  // namespace kasane::crypto
