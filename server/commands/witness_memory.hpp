#pragma once

#include <filesystem>
#include <map>

#include "server/log/witness.hpp"
#include "server/store/folder_lock.hpp"

namespace kasane::commands {

/// What a witness has cosigned, a file a log in a folder of its own (FORMAT.md "A witness's folder"): written beside,
/// put on disk and in place before anything is signed. Errors: the constructor throws `CommandError`.
class WitnessFolder final : public log::WitnessMemory {
 public:
  explicit WitnessFolder(const std::filesystem::path& folder);
  std::optional<crypto::Checkpoint> newest(const std::string& origin) override;
  bool keep(const crypto::Checkpoint& checkpoint) override;

 private:
  std::filesystem::path file_of(const std::string& origin) const;
  const std::filesystem::path folder_;
  store::FolderLock lock_;  // two witnesses in one folder could sign two histories
  std::map<std::string, crypto::Checkpoint> kept_;
};

}  // namespace kasane::commands
