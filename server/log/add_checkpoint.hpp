#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/note.hpp"

/// The request of the C2SP tlog-witness protocol. FORMAT.md "Witnesses".
namespace kasane::log {

struct AddCheckpoint {
  std::uint64_t old_size = 0;       ///< what the witness has cosigned last; 0: nothing yet
  std::vector<crypto::Hash> proof;  ///< RFC 6962 consistency from there
  std::string checkpoint;           ///< the signed note, verbatim
  bool operator==(const AddCheckpoint&) const = default;
};
inline constexpr std::size_t add_checkpoint_bytes_max = 16'384;

std::string print(const AddCheckpoint& request);
/// Errors: none on anything that `print` would not have written; the note is not read.
std::optional<AddCheckpoint> parse_add_checkpoint(std::string_view text);

/// A witness's answer: one or more signature lines. Errors: none for anything else, or more than a note may carry.
std::optional<std::vector<crypto::NoteSignature>> parse_cosignatures(std::string_view text);

}  // namespace kasane::log
