#pragma once
// DSSE v1 envelopes. crypto/FORMATS.md §4. Exactly one spelling: what parses prints back byte for byte, so that nobody
// can make a second envelope of another hash out of a signed one by white space, order or encoding.
#include "crypto/signature.hpp"

namespace kasane::crypto {

inline constexpr std::string_view statement_type = "application/vnd.kasane.statement.v1+json";
inline constexpr std::size_t envelope_bytes_max = 64'000;
inline constexpr std::size_t payload_bytes_max = 44 * 1024;
inline constexpr std::size_t keyid_bytes_max = 64;

struct EnvelopeSignature {
  std::string keyid;  // a hint only; [a-z0-9._:-]{1,64}
  Signature sig;
  bool operator==(const EnvelopeSignature&) const = default;
};

struct Envelope {
  std::string payload;                        // the exact signed bytes
  std::vector<EnvelopeSignature> signatures;  // 1 or 2, of different keyids
  bool operator==(const Envelope&) const = default;
};

/// DSSE's pre-authentication encoding of a statement's payload.
Bytes pre_authentication(std::string_view payload);
/// Errors: none on anything that `print` would not have written.
[[nodiscard]] std::optional<Envelope> parse_envelope(std::string_view text);
/// Requires: 1 or 2 signatures with keyids of the allowed letters.
std::string print(const Envelope& envelope);

Envelope sign_envelope(std::string payload, std::string keyid, const SigningKey& key);
/// Adds the second signature. Errors: false where two stand already or the keyid is the first's.
[[nodiscard]] bool countersign(Envelope& envelope, std::string keyid, const SigningKey& key);
/// Of signature `index` (false where it does not exist).
[[nodiscard]] bool verify(const Envelope& envelope, std::size_t index, const PublicKey& key);

}  // namespace kasane::crypto
