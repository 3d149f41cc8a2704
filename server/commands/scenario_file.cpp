#include "server/commands/scenario_file.hpp"

#include <algorithm>
#include <fstream>
#include <vector>

#include "server/wire/scenario.hpp"

namespace kasane::commands {

bool read_scenario_file(const std::string& path, std::string& text) {
  constexpr std::size_t most = wire::scenario_bytes_max + 1;
  std::ifstream file(path, std::ios::binary);
  if (!file) return false;
  std::vector<char> piece(1U << 16U);
  while (file && text.size() < most) {
    file.read(piece.data(), static_cast<std::streamsize>(std::min(piece.size(), most - text.size())));
    text.append(piece.data(), static_cast<std::size_t>(file.gcount()));
  }
  return !file.bad();
}

}  // namespace kasane::commands
