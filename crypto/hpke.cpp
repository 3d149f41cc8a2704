#include "crypto/hpke.hpp"

#include <limits>

#include "crypto/labeled.hpp"

namespace kasane::crypto {

namespace {

// RFC 9180 §5.1: "HPKE" ‖ kem_id ‖ kdf_id ‖ aead_id.
constexpr std::array<std::uint8_t, 10> suite_id{'H', 'P', 'K', 'E', 0x00, 0x20, 0x00, 0x01, 0x00, 0x03};
constexpr std::array<std::uint8_t, 1> mode_base{0x00};

}  // namespace

HpkeContext::HpkeContext(const SharedSecret& shared_secret, View info) {
  const auto psk_id_hash = labeled_extract(suite_id, {}, "psk_id_hash", {});
  const auto info_hash = labeled_extract(suite_id, {}, "info_hash", info);
  const Bytes context = joined({mode_base, psk_id_hash.expose(), info_hash.expose()});
  const auto secret = labeled_extract(suite_id, shared_secret.expose(), "secret", {});
  (void)labeled_expand(suite_id, secret, "key", context, key_.fill());
  (void)labeled_expand(suite_id, secret, "base_nonce", context, base_nonce_.bytes);
  (void)labeled_expand(suite_id, secret, "exp", context, exporter_secret_.fill());
}

std::optional<ShortNonce> HpkeContext::nonce() const {
  // The RFC's bound is 2^96 − 1; our counter's is reached first.
  if (sequence_ == std::numeric_limits<std::uint64_t>::max()) return std::nullopt;
  ShortNonce nonce = base_nonce_;
  const auto number = u64_be(sequence_);
  for (std::size_t i = 0; i < number.size(); ++i) nonce.bytes[4 + i] ^= number[i];
  return nonce;
}

std::optional<Bytes> HpkeContext::seal(View aad, View plaintext) {
  const auto one = nonce();
  if (!one) return std::nullopt;
  ++sequence_;
  return chacha_seal(key_.expose(), *one, aad, plaintext);
}

std::optional<Bytes> HpkeContext::open(View aad, View ciphertext) {
  const auto one = nonce();
  if (!one) return std::nullopt;
  auto plaintext = chacha_open(key_.expose(), *one, aad, ciphertext);
  if (plaintext) ++sequence_;
  return plaintext;
}

std::optional<Bytes> HpkeContext::secret_export(View context, std::size_t length) const {
  if (length > std::size_t{255} * 32) return std::nullopt;
  Bytes out(length);
  if (!labeled_expand(suite_id, exporter_secret_, "sec", context, out)) return std::nullopt;
  return out;
}

std::optional<Bytes> hpke_seal_with(const KemPublicKey& recipient, const KemKeyPair& ephemeral, View info, View aad,
                                    View plaintext) {
  const auto encapsulation = kem_encapsulate(recipient, ephemeral);
  if (!encapsulation) return std::nullopt;
  const auto ciphertext = HpkeContext(encapsulation->shared_secret, info).seal(aad, plaintext);
  if (!ciphertext) return std::nullopt;
  return joined({encapsulation->enc, *ciphertext});
}

std::optional<Bytes> hpke_seal(const KemPublicKey& recipient, View info, View aad, View plaintext) {
  return hpke_seal_with(recipient, kem_generate(), info, aad, plaintext);
}

std::optional<Bytes> hpke_open(const KemKeyPair& recipient, View info, View aad, View sealed) {
  if (sealed.size() < KemPublicKey::size + tag_bytes) return std::nullopt;
  const auto enc = fixed<KemPublicKey>(sealed.first(KemPublicKey::size));
  const auto shared_secret = kem_decapsulate(*enc, recipient);
  if (!shared_secret) return std::nullopt;
  return HpkeContext(*shared_secret, info).open(aad, sealed.subspan(KemPublicKey::size));
}

}  // namespace kasane::crypto
