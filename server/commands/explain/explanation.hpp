#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/commands/explain/words.hpp"

namespace kasane::commands::explain {

/// The answer to one query of a scenario (policy.md §10), as a person would say it, with the statements that it cites.
/// Errors: none where the text is no scenario or has no such query, with one clear line in `why`.
std::optional<std::string> explain_scenario(std::string_view text, std::size_t query, Language language,
                                            std::string* why);

}  // namespace kasane::commands::explain
