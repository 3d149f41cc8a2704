#pragma once

#include <filesystem>

#include "server/commands/demo/seeds.hpp"

namespace kasane::commands::demo {

/// Does the folder hold a demonstration? Errors: `CommandError` where it holds another ledger.
bool holds_town(const std::filesystem::path& folder);
/// Makes the whole town in a folder that is not there, or empty: all of it or nothing. Errors: `CommandError`.
Seeds create_town(const std::filesystem::path& folder, std::int64_t now_ms);
/// Convenes a fresh sitting where none is open. True: it did. Errors: `CommandError`.
bool freshen_town(const std::filesystem::path& folder, const Seeds& seeds, std::int64_t now_ms);

}  // namespace kasane::commands::demo
