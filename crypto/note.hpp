#pragma once
// C2SP signed-note and tlog-checkpoint with exactly three body lines. crypto/FORMATS.md §6.
#include "crypto/signature.hpp"

namespace kasane::crypto {

inline constexpr std::size_t note_bytes_max = 8'192;
inline constexpr std::size_t note_signatures_max = 16;
using NoteKeyId = Fixed<4, struct NoteKeyIdTag>;
enum class NoteKeyType : std::uint8_t { log = 0x01, cosigner = 0x04 };  // both Ed25519

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Hash root;
  bool operator==(const Checkpoint&) const = default;
};
struct NoteSignature {
  std::string name;
  NoteKeyId key_id;
  Bytes signature;  // without the key id; 64 bytes for type 0x01, 72 for 0x04
  bool operator==(const NoteSignature&) const = default;
};
struct SignedCheckpoint {
  Checkpoint checkpoint;
  std::vector<NoteSignature> signatures;
  bool operator==(const SignedCheckpoint&) const = default;
};

/// A key name: not empty, no white space, no `+`, printable ASCII.
[[nodiscard]] bool acceptable_key_name(std::string_view name);
/// SHA-256(name ‖ 0x0A ‖ type ‖ public key)[:4].
NoteKeyId note_key_id(std::string_view name, const PublicKey& key, NoteKeyType type = NoteKeyType::log);
/// The signed text: three lines, each ending in a newline.
std::string body(const Checkpoint& checkpoint);
/// The whole note, signed by the log. Requires: an acceptable origin, which is also the key's name.
std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key);
std::string print(const SignedCheckpoint& note);
/// One signature line with its newline.
std::string print(const NoteSignature& line);
/// Errors: none on anything that `print` would not have written. `line` comes without its newline.
[[nodiscard]] std::optional<NoteSignature> parse_note_signature(std::string_view line);
/// Errors: none on anything that `print` would not have written.
[[nodiscard]] std::optional<SignedCheckpoint> parse_checkpoint(std::string_view note);
/// The checkpoint, if the note is of this origin and carries a valid signature of this key.
[[nodiscard]] std::optional<Checkpoint> verify_checkpoint(std::string_view note, std::string_view origin,
                                                          const PublicKey& key);
struct VerifierKey {
  std::string name;
  PublicKey key;
  NoteKeyType type = NoteKeyType::log;
  bool operator==(const VerifierKey&) const = default;
};
/// The verifier key as C2SP prints it: name+hex key id+base64(type ‖ public key).
std::string note_verifier_key(std::string_view name, const PublicKey& key, NoteKeyType type = NoteKeyType::log);
/// Errors: none for another type, a key id that is not that of name and key, a key that is not fit.
[[nodiscard]] std::optional<VerifierKey> parse_verifier_key(std::string_view text);

}  // namespace kasane::crypto
