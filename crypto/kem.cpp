#include "crypto/kem.hpp"

#include <sodium.h>

#include "crypto/labeled.hpp"
#include "crypto/random.hpp"
#include "crypto/sodium_ready.hpp"

namespace kasane::crypto {

namespace {

[[maybe_unused]] const bool ready = sodium_ready();

constexpr std::array<std::uint8_t, 5> suite_id{'K', 'E', 'M', 0x00, 0x20};

/// RFC 9180 §4.1 ExtractAndExpand.
SharedSecret extract_and_expand(const SharedSecret& dh, const KemPublicKey& enc, const KemPublicKey& recipient) {
  SharedSecret shared_secret;
  const auto eae_prk = labeled_extract(suite_id, {}, "eae_prk", dh.expose());
  (void)labeled_expand(suite_id, eae_prk, "shared_secret", joined({enc, recipient}), shared_secret.fill());
  return shared_secret;
}

}  // namespace

KemKeyPair kem_from_private(KemPrivateKey private_key) {
  KemPublicKey public_key;
  crypto_scalarmult_base(public_key.bytes.data(), private_key.expose().data());
  return {public_key, std::move(private_key)};
}

KemKeyPair kem_generate() { return kem_from_private(random_secret<KemPrivateKey>()); }

KemKeyPair kem_derive(View ikm) {
  KemPrivateKey private_key;
  (void)labeled_expand(suite_id, labeled_extract(suite_id, {}, "dkp_prk", ikm), "sk", {}, private_key.fill());
  return kem_from_private(std::move(private_key));
}

std::optional<SharedSecret> x25519(const KemPrivateKey& private_key, const KemPublicKey& public_key) {
  SharedSecret shared;
  if (crypto_scalarmult(shared.fill().data(), private_key.expose().data(), public_key.bytes.data()) != 0) {
    return std::nullopt;
  }
  return shared;
}

bool acceptable(const KemPublicKey& key) {
  // Canonical: below 2^255 − 19, little endian (RFC 7748 §5 would read any value modulo the prime).
  bool top_bytes_full = key.bytes[31] == 0x7f;
  for (std::size_t i = 1; i < 31; ++i) top_bytes_full = top_bytes_full && key.bytes[i] == 0xff;
  if (key.bytes[31] > 0x7f || (top_bytes_full && key.bytes[0] >= 0xed)) return false;
  // Clamping makes any scalar a multiple of 8, so that a point of small order gives zero.
  KemPrivateKey any;
  any.fill()[0] = 1;
  return x25519(any, key).has_value();
}

std::optional<Encapsulation> kem_encapsulate(const KemPublicKey& recipient, const KemKeyPair& ephemeral) {
  const auto dh = x25519(ephemeral.private_key, recipient);
  if (!dh) return std::nullopt;
  return Encapsulation{extract_and_expand(*dh, ephemeral.public_key, recipient), ephemeral.public_key};
}

std::optional<SharedSecret> kem_decapsulate(const KemPublicKey& enc, const KemKeyPair& recipient) {
  const auto dh = x25519(recipient.private_key, enc);
  if (!dh) return std::nullopt;
  return extract_and_expand(*dh, enc, recipient.public_key);
}

}  // namespace kasane::crypto
