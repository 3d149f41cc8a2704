#include "tests/store/platter.hpp"

#include <algorithm>
#include <fstream>
#include <string_view>
#include <utility>

namespace kasane {
namespace {

constexpr std::size_t sector_bytes = 512;

void put(std::string& file, std::size_t at, std::string_view bytes) {
  if (file.size() < at + bytes.size()) file.resize(at + bytes.size());
  file.replace(at, bytes.size(), bytes);
}
void apply(std::string& file, const Tape::Event& event) {
  if (event.what == Tape::What::write) put(file, static_cast<std::size_t>(event.at), event.bytes);
  if (event.what == Tape::What::truncate) file.resize(static_cast<std::size_t>(event.at));
}

std::uint64_t draw(std::mt19937_64& random, std::uint64_t below) {
  return std::uniform_int_distribution<std::uint64_t>(0, below - 1)(random);
}

/// A write as the power cut it: sector by sector there, not there or begun.
void apply_in_part(std::string& file, const Tape::Event& event, std::mt19937_64& random) {
  const std::string_view bytes = event.bytes;
  for (std::size_t done = 0; done < bytes.size();) {
    const std::size_t at = static_cast<std::size_t>(event.at) + done;
    const std::size_t count = std::min(bytes.size() - done, sector_bytes - at % sector_bytes);
    const auto fate = draw(random, 8);
    const std::size_t kept = fate < 4 ? count : fate == 4 ? draw(random, count) : 0;
    if (kept > 0) put(file, at, bytes.substr(done, kept));
    done += count;
  }
}

}  // namespace

void Platter::take(const Tape::Event& event) {
  if (event.what == Tape::What::acknowledge) return;
  File& file = files_[event.file];
  bool folder = false;
  switch (event.what) {
    case Tape::What::made:
      file = {};
      file.syncs_folder = event.at != 0;
      return;
    case Tape::What::sync:
      for (const auto& one : file.unsynced) apply(file.synced, one);
      file.unsynced.clear();
      folder = std::exchange(file.syncs_folder, false);
      break;
    case Tape::What::remove:
      file.removed = true;
      folder = event.at != 0;
      break;
    default:
      file.unsynced.push_back(event);
  }
  if (!folder) return;
  std::erase_if(files_, [](const auto& one) { return one.second.removed; });
  for (auto& [name, one] : files_) one.named = true;
}

void Platter::lose_power(const std::filesystem::path& folder, std::mt19937_64& random) const {
  // Whole fates are the sharpest and would hardly be drawn: all of it lost, all of it there.
  const auto mood = draw(random, 4);
  for (const auto& [name, file] : files_) {
    if ((!file.named || file.removed) && draw(random, 2) == 0) continue;
    std::string bytes = file.synced;
    for (const auto& event : file.unsynced) {
      if (mood == 0) break;
      if (mood == 1 || (event.what == Tape::What::truncate && draw(random, 2) == 0))
        apply(bytes, event);
      else if (event.what == Tape::What::write)
        apply_in_part(bytes, event, random);
    }
    std::ofstream(folder / name, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
}

}  // namespace kasane
