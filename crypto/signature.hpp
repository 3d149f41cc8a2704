#pragma once
// Ed25519 (RFC 8032) by libsodium alone, so that browser and server agree on every odd signature.
#include "crypto/bytes.hpp"
#include "crypto/secret.hpp"

namespace kasane::crypto {

using PublicKey = Fixed<32, struct PublicKeyTag>;

struct SigningKeyPair {
  PublicKey public_key;
  SigningKey private_key;
};

SigningKeyPair signing_generate();
SigningKeyPair signing_from_seed(const Seed& seed);
/// The 32 bytes of RFC 8032's private key, to keep it on disk.
Seed seed_of(const SigningKey& key);
PublicKey public_key_of(const SigningKey& key);
Signature sign(const SigningKey& key, View message);
/// False for a key of small order or not canonical, and for S ≥ L.
[[nodiscard]] bool verify(const PublicKey& key, View message, const Signature& signature);
/// Canonical, on the curve, in the group of prime order: what a `device.add` must show.
[[nodiscard]] bool acceptable(const PublicKey& key);

}  // namespace kasane::crypto
