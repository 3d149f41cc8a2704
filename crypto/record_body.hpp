#pragma once
// The sealed body of a record: design.md §4, crypto/FORMATS.md §8. Suite 1.
#include "crypto/aead.hpp"
#include "crypto/hkdf.hpp"

namespace kasane::crypto {

inline constexpr std::uint16_t record_suite = 1;
inline constexpr std::size_t record_least_bytes = 256;
using Blinding = Fixed<32, struct BlindingTag>;  // the 32 random bytes before the content

/// kc: binds the content key, so that no ciphertext opens under two keys.
Hash key_commitment(const ContentKey& key);
/// pc: SHA-256(blinding ‖ content), signed once by the author; every re-encryption must match it.
Hash content_commitment(const Blinding& blinding, View content);

/// nonce ‖ ciphertext, as it is stored. `core` = the exact bytes of the record's core, which holds kc and pc.
Bytes seal_record(const ContentKey& key, View core, const Blinding& blinding, const LongNonce& nonce, View content);
/// The content. Errors: none, without detail, where the key is not that of `kc`, the plaintext not that of `pc`, or the
/// body was not sealed for this core.
[[nodiscard]] std::optional<Bytes> open_record(const ContentKey& key, View core, const Hash& kc, const Hash& pc,
                                               View sealed);

}  // namespace kasane::crypto
