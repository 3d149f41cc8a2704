#pragma once

#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/store/tape.hpp"

namespace kasane {

/// What of a tape has reached the platter: all that was synced, and of the rest whatever the moment makes of it.
class Platter {
 public:
  void take(const Tape::Event& event);
  /// The power goes: writes into `folder` what a disk could then hold. Of what was not synced each sector of 512 bytes
  /// may be there, or not, or only its beginning; so may a truncation, a removal, a new file's name.
  void lose_power(const std::filesystem::path& folder, std::mt19937_64& random) const;

 private:
  struct File {
    std::string synced;
    bool syncs_folder = false;  ///< with its first sync
    bool named = false;         ///< its name is on disk
    bool removed = false;       ///< asked for, not synced
    std::vector<Tape::Event> unsynced;
  };
  std::map<std::string, File> files_;
};

}  // namespace kasane
