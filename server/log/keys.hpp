#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "crypto/signature.hpp"

namespace kasane::log {

/// The server's only signing keys: of the log's checkpoints, and of the server's own statements. One key, one use.
struct Keys {
  crypto::SigningKeyPair log, statement;
};

Keys generate_keys();
/// Writes `log.key` and `statement.key` into the folder, mode 0600, never over an existing one. FORMAT.md "Keys".
/// Errors: a sentence.
[[nodiscard]] std::optional<std::string> write_keys(const std::filesystem::path& folder, const Keys& keys);
/// Errors: none, with a sentence in `why`, where one is missing, readable by others, or no key.
[[nodiscard]] std::optional<Keys> read_keys(const std::filesystem::path& folder, std::string& why);

}  // namespace kasane::log
