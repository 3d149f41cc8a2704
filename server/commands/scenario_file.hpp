#pragma once

#include <string>

namespace kasane::commands {

inline constexpr int no_scenario = 2;  ///< exit status, policy.md §10

/// The bytes of a scenario file, at most one more than a scenario may have (a device never ends). False: it cannot be
/// read.
bool read_scenario_file(const std::string& path, std::string& text);

}  // namespace kasane::commands
