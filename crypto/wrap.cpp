#include "crypto/wrap.hpp"

#include "crypto/sha256.hpp"

namespace kasane::crypto {

Bytes record_wrap_info(View core) { return prefixed({view("kasane/wrap/v1"), sha256(core)}); }

Bytes directory_wrap_info(std::string_view log) { return prefixed({view("kasane/directory/v1"), view(log)}); }

Bytes epoch_wrap_info(std::string_view log, std::string_view item, std::uint64_t number, const Hash& kc) {
  return prefixed({view("kasane/epoch/v1"), sha256_prefixed({view(log), view(item), u64_be(number), kc})});
}

Bytes wrap_aad(std::string_view device) { return bytes_of(view(device)); }

Bytes grant_aad(std::string_view device, const Nonce& grant_nonce) { return prefixed({view(device), grant_nonce}); }

std::optional<Bytes> seal_wrap_bytes(const KemPublicKey& recipient, const KemKeyPair& ephemeral, View info, View aad,
                                     View key) {
  const auto sealed = hpke_seal_with(recipient, ephemeral, info, aad, key);
  if (!sealed) return std::nullopt;
  return joined({u16_be(suite_x25519), *sealed});
}

std::optional<Secret<32, struct OpenedKeyTag>> open_wrap_bytes(const KemKeyPair& recipient, View info, View aad,
                                                               View wrap) {
  if (wrap.size() != wrap_bytes || wrap[0] != 0 || wrap[1] != suite_x25519) return std::nullopt;
  auto key = hpke_open(recipient, info, aad, wrap.subspan(2));
  if (!key) return std::nullopt;
  auto secret = Secret<32, struct OpenedKeyTag>::from(*key);
  wipe(key->data(), key->size());
  return secret;
}

}  // namespace kasane::crypto
