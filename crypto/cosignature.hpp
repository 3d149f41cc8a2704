#pragma once
// C2SP tlog-cosignature, "cosignature/v1" (Ed25519, key type 0x04): at this time, nothing larger or other was seen of
// the log. server/log/FORMAT.md "Cosignatures".
#include "crypto/note.hpp"

namespace kasane::crypto {

inline constexpr std::size_t cosignature_bytes = 8 + Signature::size;  // u64 seconds ‖ signature

/// What is signed: "cosignature/v1\ntime <seconds>\n" and the checkpoint's three lines.
std::string cosigned_text(const Checkpoint& checkpoint, std::uint64_t at_s);
/// `at_s`: POSIX seconds. Requires: an acceptable name.
NoteSignature cosign(const Checkpoint& checkpoint, std::uint64_t at_s, std::string_view name, const SigningKey& key);
/// The time of one line. Errors: none where the line is not by this name and key, or does not verify.
[[nodiscard]] std::optional<std::uint64_t> verify_cosignature(const Checkpoint& checkpoint, const NoteSignature& line,
                                                              std::string_view name, const PublicKey& key);
/// The newest time at which this cosigner signed the note. Errors: none where it did not, or where one of its lines
/// does not verify (C2SP signed-note: such a note is spoilt).
[[nodiscard]] std::optional<std::uint64_t> cosigned_at(const SignedCheckpoint& note, std::string_view name,
                                                       const PublicKey& key);

}  // namespace kasane::crypto
