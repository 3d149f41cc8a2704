#include "crypto/signature.hpp"

#include <sodium.h>

#include "crypto/random.hpp"
#include "crypto/sodium_ready.hpp"

namespace kasane::crypto {

namespace {

[[maybe_unused]] const bool ready = sodium_ready();

static_assert(PublicKey::size == crypto_sign_PUBLICKEYBYTES);
static_assert(SigningKey::size == crypto_sign_SECRETKEYBYTES);
static_assert(Signature::size == crypto_sign_BYTES);

}  // namespace

SigningKeyPair signing_from_seed(const Seed& seed) {
  SigningKeyPair pair;
  crypto_sign_seed_keypair(pair.public_key.bytes.data(), pair.private_key.fill().data(), seed.expose().data());
  return pair;
}

SigningKeyPair signing_generate() { return signing_from_seed(random_secret<Seed>()); }

Seed seed_of(const SigningKey& key) {
  Seed seed;
  crypto_sign_ed25519_sk_to_seed(seed.fill().data(), key.expose().data());
  return seed;
}

PublicKey public_key_of(const SigningKey& key) {
  PublicKey public_key;
  crypto_sign_ed25519_sk_to_pk(public_key.bytes.data(), key.expose().data());
  return public_key;
}

Signature sign(const SigningKey& key, View message) {
  Signature signature;
  crypto_sign_detached(signature.bytes.data(), nullptr, message.data(), message.size(), key.expose().data());
  return signature;
}

bool verify(const PublicKey& key, View message, const Signature& signature) {
  return crypto_sign_verify_detached(signature.bytes.data(), message.data(), message.size(), key.bytes.data()) == 0;
}

bool acceptable(const PublicKey& key) { return crypto_core_ed25519_is_valid_point(key.bytes.data()) == 1; }

}  // namespace kasane::crypto
