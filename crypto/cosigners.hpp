#pragma once
// Whose cosignatures a log was founded with, as entry 0 names them (crypto/FORMATS.md §12).
#include "crypto/note.hpp"

namespace kasane::crypto {

/// So many cosignatures fit on a note beside the log's own two lines.
inline constexpr std::size_t cosigners_max = note_signatures_max - 2;

/// `least` of `keys`; by default none are named.
struct Cosigners {
  std::size_t least = 0;
  std::vector<VerifierKey> keys;
  bool operator==(const Cosigners&) const = default;
};

/// None at all, or at most `cosigners_max` different keys of cosigners with a quorum of more than half of them, so that
/// no two histories find one each.
[[nodiscard]] bool sound(const Cosigners& cosigners);
/// The newest POSIX second by which the quorum stands on this note: each of it cosigned then or later. The log's own
/// signature is not looked at. Errors: none where the quorum is not there. Requires: `least` is not 0.
[[nodiscard]] std::optional<std::uint64_t> quorum_at(const Cosigners& cosigners, const SignedCheckpoint& note);

}  // namespace kasane::crypto
