#pragma once
// A key sealed to one device: suite u16 ‖ enc ‖ ciphertext. crypto/FORMATS.md §7.
#include "crypto/hpke.hpp"

namespace kasane::crypto {

inline constexpr std::size_t wrap_bytes = 2 + 32 + 32 + tag_bytes;  // of suite 1

/// What a wrap is for: HPKE's info.
Bytes record_wrap_info(View core);
Bytes directory_wrap_info(std::string_view log);
Bytes epoch_wrap_info(std::string_view log, std::string_view item, std::uint64_t number, const Hash& kc);
/// Whom it is for: HPKE's aad.
Bytes wrap_aad(std::string_view device);
/// Of a `key.grant`, whose payload's nonce it carries.
Bytes grant_aad(std::string_view device, const Nonce& grant_nonce);

/// Errors: none where the recipient's key is unfit.
template <class Tag>
[[nodiscard]] std::optional<Bytes> seal_wrap(const KemPublicKey& recipient, View info, View aad,
                                             const Secret<32, Tag>& key);
/// Errors: none, without detail.
template <class Key>
[[nodiscard]] std::optional<Key> open_wrap(const KemKeyPair& recipient, View info, View aad, View wrap);

[[nodiscard]] std::optional<Bytes> seal_wrap_bytes(const KemPublicKey& recipient, const KemKeyPair& ephemeral,
                                                   View info, View aad, View key);
[[nodiscard]] std::optional<Secret<32, struct OpenedKeyTag>> open_wrap_bytes(const KemKeyPair& recipient, View info,
                                                                             View aad, View wrap);

template <class Tag>
std::optional<Bytes> seal_wrap(const KemPublicKey& recipient, View info, View aad, const Secret<32, Tag>& key) {
  return seal_wrap_bytes(recipient, kem_generate(), info, aad, key.expose());
}
template <class Key>
std::optional<Key> open_wrap(const KemKeyPair& recipient, View info, View aad, View wrap) {
  const auto key = open_wrap_bytes(recipient, info, aad, wrap);
  return key ? Key::from(key->expose()) : std::nullopt;
}

}  // namespace kasane::crypto
