#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "crypto/secret.hpp"

namespace kasane::commands::demo {

struct PersonaSeed {
  std::string person;
  crypto::Seed seed;
};
/// `demo-seeds.json`: the devices of the personas. `serve` never opens it.
struct Seeds {
  std::string log;  ///< the log's name
  std::vector<PersonaSeed> personas;
  /// Requires: one of them.
  const crypto::Seed& of(std::string_view person) const;
  std::string founding_hash() const { return log.substr(log.find('#') + 1); }
};
inline constexpr const char* seeds_file = "demo-seeds.json";

Seeds draw_seeds();
/// Mode 0600. Errors: `CommandError`.
void write_seeds(const std::filesystem::path& folder, const Seeds& seeds);
/// Errors: `CommandError`.
Seeds read_seeds(const std::filesystem::path& folder);

}  // namespace kasane::commands::demo
