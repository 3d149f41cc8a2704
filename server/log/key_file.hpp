#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "crypto/signature.hpp"

namespace kasane::log {

/// One key file (FORMAT.md "Keys"), mode 0600, never over an existing one. Errors: a sentence.
[[nodiscard]] std::optional<std::string> write_key(const std::filesystem::path& path,
                                                   const crypto::SigningKeyPair& key);
/// Errors: none, with a sentence in `why`, where it is missing, readable by others, or no key.
[[nodiscard]] std::optional<crypto::SigningKeyPair> read_key(const std::filesystem::path& path, std::string& why);

}  // namespace kasane::log
