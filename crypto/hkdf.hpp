#pragma once
// HMAC-SHA-256 and HKDF-SHA-256 (RFC 5869); libsodium 1.0.18 has only the former.
#include "crypto/bytes.hpp"
#include "crypto/secret.hpp"

namespace kasane::crypto {

using PseudoRandomKey = Secret<32, struct PseudoRandomKeyTag>;

void hmac_sha256(View key, std::initializer_list<View> parts, std::span<std::uint8_t, 32> out);
/// RFC 5869 §2.2. An empty salt stands for 32 zeros.
PseudoRandomKey hkdf_extract(View salt, View ikm);
/// RFC 5869 §2.3. Errors: false (and `out` zeroed) beyond 255·32 bytes.
[[nodiscard]] bool hkdf_expand(const PseudoRandomKey& prk, View info, std::span<std::uint8_t> out);
/// Extract without salt, then expand to one key: how every key of ours derives from another (crypto/FORMATS.md §2).
template <class T>
T derive(View ikm, View info) {
  T key;
  static_assert(T::size <= std::size_t{255} * 32);
  (void)hkdf_expand(hkdf_extract({}, ikm), info, key.fill());
  return key;
}
/// The same for a value that is public, such as a key commitment.
Hash derive_public(View ikm, View info);

}  // namespace kasane::crypto
