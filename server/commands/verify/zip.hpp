#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "crypto/bytes.hpp"

namespace kasane::commands::verify {

using Files = std::map<std::string, std::string>;  // by name

inline constexpr std::size_t bundle_files_max = 100'000;
inline constexpr std::size_t bundle_bytes_max = std::size_t{1} << 30;  // unpacked, in all
inline constexpr std::size_t bundle_name_bytes_max = 64;

/// Every file of the archive, in memory: nothing is ever unpacked to a disk. Errors: `CommandError` (broken_data) for
/// what is no archive, is too large unpacked, is encrypted, repeats a name or has one that is none of ours.
Files read_zip(const std::filesystem::path& path);
/// The same of an archive in memory. `name`: what it is called where it is refused.
Files read_zip(crypto::View bytes, const std::string& name);
/// Written beside and put in place whole, readable to nobody else; never over an existing file. Errors: `CommandError`.
void write_zip(const std::filesystem::path& path, const Files& files, std::int64_t at_ms);

}  // namespace kasane::commands::verify
