#pragma once

#include <filesystem>

namespace kasane::store {

/// One server a folder: holds a lock on `<folder>/lock` for as long as it lives; the kernel lets go of it with the
/// process. Errors: the constructor throws `conference::StoreError`.
class FolderLock {
 public:
  explicit FolderLock(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace kasane::store
