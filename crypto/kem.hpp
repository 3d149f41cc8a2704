#pragma once
// DHKEM(X25519, HKDF-SHA256), RFC 9180 §4.1 and §7.1.
#include "crypto/hkdf.hpp"

namespace kasane::crypto {

using KemPublicKey = Fixed<32, struct KemPublicKeyTag>;
using SharedSecret = Secret<32, struct SharedSecretTag>;

struct KemKeyPair {
  KemPublicKey public_key;
  KemPrivateKey private_key;
};
struct Encapsulation {
  SharedSecret shared_secret;
  KemPublicKey enc;
};

KemKeyPair kem_generate();
KemKeyPair kem_from_private(KemPrivateKey private_key);
/// RFC 9180 §7.1.3 DeriveKeyPair.
KemKeyPair kem_derive(View ikm);
/// X25519. Errors: none where the shared secret would be zero (RFC 7748 §6.1).
[[nodiscard]] std::optional<SharedSecret> x25519(const KemPrivateKey& private_key, const KemPublicKey& public_key);
/// Canonical and not of small order: what a `device.add` must show.
[[nodiscard]] bool acceptable(const KemPublicKey& key);
/// Errors: none where the recipient's key is of small order.
[[nodiscard]] std::optional<Encapsulation> kem_encapsulate(const KemPublicKey& recipient, const KemKeyPair& ephemeral);
[[nodiscard]] std::optional<SharedSecret> kem_decapsulate(const KemPublicKey& enc, const KemKeyPair& recipient);

}  // namespace kasane::crypto
