#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

struct sqlite3;

namespace kasane {

/// What SQLite asks of the disk while this lives, in order: the program's default VFS writes it down and passes it on
/// to the real one (SQLite's "VFS shim"). One at a time. Thread: any.
class Tape {
 public:
  enum class What : std::uint8_t { made, write, truncate, sync, remove, acknowledge };
  struct Event {
    What what = What::sync;
    std::string file;  ///< name without its folder
    /// write: offset; truncate: bytes; acknowledge: how many commits; made, remove: 1 where the folder is synced along
    std::int64_t at = 0;
    std::string bytes;  ///< write
  };

  Tape();
  ~Tape();
  Tape(const Tape&) = delete;
  Tape& operator=(const Tape&) = delete;

  void add(Event event);
  /// The program has said that this many commits are durable.
  void acknowledge(std::int64_t commits) { add({What::acknowledge, {}, commits, {}}); }
  std::vector<Event> take();
  /// From now on every sync of this file fails as a broken disk's does.
  void fail_syncs_of(std::string file);
  bool fail_sync(const std::string& file);
  std::size_t failed_syncs();
  /// The connection that was opened last, so that a test may set what the store sets.
  sqlite3* connection() const;

 private:
  struct Shim;
  std::mutex mutex_;
  std::vector<Event> events_;
  std::string failing_;
  std::size_t failed_ = 0;
  std::unique_ptr<Shim> shim_;
};

}  // namespace kasane
