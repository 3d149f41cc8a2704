#include "crypto/record_body.hpp"

#include "crypto/padding.hpp"
#include "crypto/sha256.hpp"

namespace kasane::crypto {

namespace {

SymmetricKey body_key(const ContentKey& key) {
  return derive<SymmetricKey>(key.expose(), view("kasane/record-key/v1"));
}

}  // namespace

Hash key_commitment(const ContentKey& key) { return derive_public(key.expose(), view("kasane/record-commitment/v1")); }

Hash content_commitment(const Blinding& blinding, View content) { return sha256_joined({blinding, content}); }

Bytes seal_record(const ContentKey& key, View core, const Blinding& blinding, const LongNonce& nonce, View content) {
  Bytes padded = pad(joined({blinding, content}), record_least_bytes);
  Bytes sealed = joined({nonce, xchacha_seal(body_key(key).expose(), nonce, sha256(core), padded)});
  wipe(padded.data(), padded.size());
  return sealed;
}

std::optional<Bytes> open_record(const ContentKey& key, View core, const Hash& kc, const Hash& pc, View sealed) {
  // kc first: Poly1305 alone commits to no key, so one ciphertext could be made to open under two (design.md §4).
  if (key_commitment(key) != kc || sealed.size() < LongNonce::size) return std::nullopt;
  const auto nonce = fixed<LongNonce>(sealed.first(LongNonce::size));
  const auto padded = xchacha_open(body_key(key).expose(), *nonce, sha256(core), sealed.subspan(LongNonce::size));
  const auto plaintext = padded ? unpad(*padded, record_least_bytes) : std::nullopt;
  if (!plaintext || plaintext->size() < Blinding::size || sha256(View(*plaintext)) != pc) return std::nullopt;
  return bytes_of(View(*plaintext).subspan(Blinding::size));
}

}  // namespace kasane::crypto
