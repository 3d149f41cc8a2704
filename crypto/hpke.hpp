#pragma once
// HPKE base mode, RFC 9180, suite 1: DHKEM(X25519, HKDF-SHA256) 0x0020, HKDF-SHA256 0x0001, ChaCha20Poly1305 0x0003.
#include "crypto/aead.hpp"
#include "crypto/kem.hpp"

namespace kasane::crypto {

inline constexpr std::uint16_t suite_x25519 = 1;  // our number of the suite, as it stands in wraps and device keys

/// One direction of one encapsulation: RFC 9180 §5.2. Moves only; a sequence number is never used twice.
class HpkeContext {
 public:
  HpkeContext(const SharedSecret& shared_secret, View info);  // §5.1 KeySchedule, mode base
  /// Errors: none after 2^64−1 messages.
  [[nodiscard]] std::optional<Bytes> seal(View aad, View plaintext);
  [[nodiscard]] std::optional<Bytes> open(View aad, View ciphertext);
  /// §5.3 Secret export, to `length` ≤ 8160 bytes.
  [[nodiscard]] std::optional<Bytes> secret_export(View context, std::size_t length) const;

 private:
  [[nodiscard]] std::optional<ShortNonce> nonce() const;
  SymmetricKey key_;
  ShortNonce base_nonce_;
  PseudoRandomKey exporter_secret_;
  std::uint64_t sequence_ = 0;
};

/// §6.1 single-shot. The result is enc ‖ ciphertext: 32 + 16 bytes longer than the plaintext. Errors: none for an unfit
/// key.
[[nodiscard]] std::optional<Bytes> hpke_seal(const KemPublicKey& recipient, View info, View aad, View plaintext);
/// With a given ephemeral key pair, for vectors alone. Safe: one ephemeral key, one seal.
[[nodiscard]] std::optional<Bytes> hpke_seal_with(const KemPublicKey& recipient, const KemKeyPair& ephemeral, View info,
                                                  View aad, View plaintext);
[[nodiscard]] std::optional<Bytes> hpke_open(const KemKeyPair& recipient, View info, View aad, View sealed);

}  // namespace kasane::crypto
