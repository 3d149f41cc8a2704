#pragma once
// Names and posts of staff, sealed under the tenant's directory key. design.md §4 "Names", crypto/FORMATS.md §11.
#include "crypto/aead.hpp"

namespace kasane::crypto {

inline constexpr std::size_t name_block_bytes = 64;

struct SealedName {
  LongNonce nonce;
  Bytes box;
  bool operator==(const SealedName&) const = default;
};

/// `json` = the UTF-8 text of {"name","post"}; spaces are added up to a multiple of 64 bytes.
SealedName seal_name(const DirectoryKey& key, std::string_view log, std::string_view person, std::string_view json,
                     const LongNonce& nonce);
/// The text with its spaces. Errors: none, without detail.
[[nodiscard]] std::optional<std::string> open_name(const DirectoryKey& key, std::string_view log,
                                                   std::string_view person, const SealedName& sealed);

}  // namespace kasane::crypto
