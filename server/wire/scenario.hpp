#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kasane::wire {

inline constexpr std::size_t scenario_bytes_max = 256U << 20U;
inline constexpr std::size_t scenario_values_max = 16U << 20U;

/// policy.md §10: `{title, statements, queries, …}` to `{"rejected":[…],"answers":[…]}`, the same bytes here and in the
/// browser. Errors: none where the text is no scenario, with one clear line in `why`.
std::optional<std::string> decide_scenario(std::string_view text, bool pretty, std::string* why);

}  // namespace kasane::wire
