#pragma once
// The two AEADs. Opening fails without detail. Source: RFC 8439; draft-irtf-cfrg-xchacha-03.
#include "crypto/bytes.hpp"
#include "crypto/secret.hpp"

namespace kasane::crypto {

using ShortNonce = Fixed<12, struct ShortNonceTag>;  // counters and HPKE; never random
using LongNonce = Fixed<24, struct LongNonceTag>;    // random
inline constexpr std::size_t tag_bytes = 16;

/// ChaCha20-Poly1305 (RFC 8439). The result is 16 bytes longer than the plaintext.
Bytes chacha_seal(View key32, const ShortNonce& nonce, View aad, View plaintext);
[[nodiscard]] std::optional<Bytes> chacha_open(View key32, const ShortNonce& nonce, View aad, View ciphertext);

/// XChaCha20-Poly1305.
Bytes xchacha_seal(View key32, const LongNonce& nonce, View aad, View plaintext);
[[nodiscard]] std::optional<Bytes> xchacha_open(View key32, const LongNonce& nonce, View aad, View ciphertext);

}  // namespace kasane::crypto
