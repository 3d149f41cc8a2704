#include "crypto/aead.hpp"

#include <sodium.h>

#include <cstdio>
#include <cstdlib>

#include "crypto/sodium_ready.hpp"

namespace kasane::crypto {

namespace {

[[maybe_unused]] const bool ready = sodium_ready();

static_assert(tag_bytes == crypto_aead_chacha20poly1305_ietf_ABYTES);
static_assert(tag_bytes == crypto_aead_xchacha20poly1305_ietf_ABYTES);

/// A key of another length is a broken invariant, never an outside input.
const std::uint8_t* key_of(View key) {
  if (key.size() != 32) {
    std::fputs("kasane::crypto::aead: a key must have 32 bytes\n", stderr);
    std::abort();
  }
  return key.data();
}

}  // namespace

Bytes chacha_seal(View key, const ShortNonce& nonce, View aad, View plaintext) {
  Bytes out(plaintext.size() + tag_bytes);
  crypto_aead_chacha20poly1305_ietf_encrypt(out.data(), nullptr, plaintext.data(), plaintext.size(), aad.data(),
                                            aad.size(), nullptr, nonce.bytes.data(), key_of(key));
  return out;
}

std::optional<Bytes> chacha_open(View key, const ShortNonce& nonce, View aad, View ciphertext) {
  if (ciphertext.size() < tag_bytes) return std::nullopt;
  Bytes out(ciphertext.size() - tag_bytes);
  if (crypto_aead_chacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(),
                                                aad.data(), aad.size(), nonce.bytes.data(), key_of(key)) != 0) {
    return std::nullopt;
  }
  return out;
}

Bytes xchacha_seal(View key, const LongNonce& nonce, View aad, View plaintext) {
  Bytes out(plaintext.size() + tag_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(out.data(), nullptr, plaintext.data(), plaintext.size(), aad.data(),
                                             aad.size(), nullptr, nonce.bytes.data(), key_of(key));
  return out;
}

std::optional<Bytes> xchacha_open(View key, const LongNonce& nonce, View aad, View ciphertext) {
  if (ciphertext.size() < tag_bytes) return std::nullopt;
  Bytes out(ciphertext.size() - tag_bytes);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(),
                                                 aad.data(), aad.size(), nonce.bytes.data(), key_of(key)) != 0) {
    return std::nullopt;
  }
  return out;
}

}  // namespace kasane::crypto
