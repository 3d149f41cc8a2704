#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "crypto/signature.hpp"

namespace kasane::log {

/// The server's only signing keys: of the log's checkpoints, of the server's own statements, and of the log's own
/// timestamped cosignatures. One key, one use.
struct Keys {
  crypto::SigningKeyPair log, statement;
  std::optional<crypto::SigningKeyPair> cosigner = {};  ///< none: a log of before there was one
};

Keys generate_keys();
/// Writes `log.key`, `statement.key` and `cosigner.key` into the folder, mode 0600, never over an existing one.
/// FORMAT.md "Keys". Errors: a sentence.
[[nodiscard]] std::optional<std::string> write_keys(const std::filesystem::path& folder, const Keys& keys);
/// `cosigner.key` may be missing. Errors: none, with a sentence in `why`, where one is missing, readable by others, or
/// no key.
[[nodiscard]] std::optional<Keys> read_keys(const std::filesystem::path& folder, std::string& why);

}  // namespace kasane::log
