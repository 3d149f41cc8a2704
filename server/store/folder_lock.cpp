#include "server/store/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "server/conference/commit.hpp"

namespace kasane::store {

FolderLock::FolderLock(const std::filesystem::path& folder) {
  const auto path = folder / "lock";
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file_ < 0) throw conference::StoreError("cannot open " + path.string() + ": " + std::strerror(errno));
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    const bool taken = errno == EWOULDBLOCK;
    const std::string why = std::strerror(errno);
    ::close(file_);
    throw conference::StoreError(taken ? folder.string() + " is in use by another kasane; stop that one first"
                                       : "cannot lock " + path.string() + ": " + why);
  }
}

FolderLock::~FolderLock() { ::close(file_); }

}  // namespace kasane::store
