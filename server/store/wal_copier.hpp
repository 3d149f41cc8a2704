#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace kasane::store {

/// Copies the write-ahead log back into the database from a thread of its own, so that no COMMIT ever waits for it
/// (performance.md, "What to take from it", 4). PASSIVE: it never holds up the writer.
class WalCopier {
 public:
  explicit WalCopier(std::string path);
  ~WalCopier();
  WalCopier(const WalCopier&) = delete;
  WalCopier& operator=(const WalCopier&) = delete;
  /// After a commit. Thread: any; returns at once.
  void committed(std::size_t bytes);
  /// Before a commit. Errors: throws once the disk has failed the copying (not: was full, or busy). A sync that failed
  /// is not tried again, for the second one would say that all is well.
  void check();

 private:
  void work();
  std::string copy() const;  ///< what the disk failed at; empty: nothing
  const std::string path_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::size_t waiting_bytes_;  // guarded by mutex_
  std::string failure_;        // guarded by mutex_; empty: none
  bool stop_ = false;          // guarded by mutex_
  std::thread thread_;         // last: it uses all the others
};

}  // namespace kasane::store
