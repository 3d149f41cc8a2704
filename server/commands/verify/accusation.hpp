#pragma once

#include <filesystem>
#include <string>
#include <vector>

/// What a client saved against its server (FORMAT.md "Evidence"), judged by its bytes alone.
namespace kasane::commands::verify {

struct Verdict {
  bool proven = false;             ///< that the holder of the log's key, or of the server's, cannot have been honest
  std::string line;                ///< what it proves, or why it proves nothing, in one line
  std::string log;                 ///< the log's name; empty where the file does not hold together
  std::vector<std::string> heads;  ///< the notes in it that the log signed
};

inline constexpr std::size_t accusation_bytes_max = 1 << 20;

/// `text`: hostile.
Verdict judge_accusation(const std::string& text);
/// Errors: `CommandError` where the file cannot be read.
Verdict read_accusation(const std::filesystem::path& path);

}  // namespace kasane::commands::verify
