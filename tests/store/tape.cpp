#include "tests/store/tape.hpp"

#include <sqlite3.h>

#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <utility>

namespace kasane {
namespace {

/// An open file; the real one lies behind it, in the room that `szOsFile` asks for.
struct Taped {
  sqlite3_file base;
  Tape* tape;
  sqlite3_file* real;
  std::string* name;
};
constexpr std::size_t room = (sizeof(Taped) + alignof(std::max_align_t) - 1) & ~(alignof(std::max_align_t) - 1);

Taped& taped(sqlite3_file* file) { return *reinterpret_cast<Taped*>(file); }
sqlite3_file* real(sqlite3_file* file) { return taped(file).real; }
const sqlite3_io_methods& methods(sqlite3_file* file) { return *real(file)->pMethods; }
void note(sqlite3_file* file, Tape::What what, std::int64_t at = 0, std::string bytes = {}) {
  taped(file).tape->add({what, *taped(file).name, at, std::move(bytes)});
}
std::string name_of(const char* path) { return std::filesystem::path(path).filename().string(); }

int close_file(sqlite3_file* file) {
  delete taped(file).name;
  return methods(file).xClose(real(file));
}
// Written down first: a write that the real disk refuses could have reached it in part.
int write_file(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
  note(file, Tape::What::write, at, std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(count)));
  return methods(file).xWrite(real(file), bytes, count, at);
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  note(file, Tape::What::truncate, size);
  return methods(file).xTruncate(real(file), size);
}
int sync_file(sqlite3_file* file, int flags) {
  if (taped(file).tape->fail_sync(*taped(file).name)) return SQLITE_IOERR_FSYNC;
  const int result = methods(file).xSync(real(file), flags);
  note(file, Tape::What::sync);
  return result;
}

constexpr sqlite3_io_methods taped_methods{
    2,  // the write-ahead log's index is wanted, memory-mapped reading is not
    close_file,
    [](sqlite3_file* f, void* to, int count, sqlite3_int64 at) { return methods(f).xRead(real(f), to, count, at); },
    write_file,
    truncate_file,
    sync_file,
    [](sqlite3_file* f, sqlite3_int64* size) { return methods(f).xFileSize(real(f), size); },
    [](sqlite3_file* f, int level) { return methods(f).xLock(real(f), level); },
    [](sqlite3_file* f, int level) { return methods(f).xUnlock(real(f), level); },
    [](sqlite3_file* f, int* held) { return methods(f).xCheckReservedLock(real(f), held); },
    [](sqlite3_file* f, int op, void* value) { return methods(f).xFileControl(real(f), op, value); },
    [](sqlite3_file* f) { return methods(f).xSectorSize(real(f)); },
    [](sqlite3_file* f) { return methods(f).xDeviceCharacteristics(real(f)); },
    // The index is memory shared between processes, made anew after a fall: nothing of it belongs to the disk.
    [](sqlite3_file* f, int page, int size, int extend, void volatile** at) {
      return methods(f).xShmMap(real(f), page, size, extend, at);
    },
    [](sqlite3_file* f, int offset, int count, int flags) {
      return methods(f).xShmLock(real(f), offset, count, flags);
    },
    [](sqlite3_file* f) { methods(f).xShmBarrier(real(f)); },
    [](sqlite3_file* f, int remove) { return methods(f).xShmUnmap(real(f), remove); },
    nullptr,
    nullptr,
};

sqlite3* last_opened = nullptr;
// Documented for SQLite's own extensions; here it hands out the connection that the store keeps to itself.
int opened(sqlite3* connection, char**, const void*) {
  last_opened = connection;
  return SQLITE_OK;
}
using Opened = int (*)(sqlite3*, char**, const void*);
void (*as_extension(Opened function))() { return reinterpret_cast<void (*)()>(function); }

}  // namespace

struct Tape::Shim {
  explicit Shim(Tape& tape) : under(sqlite3_vfs_find(nullptr)), vfs(*under) {
    if (under == nullptr) throw std::runtime_error("SQLite has no VFS");
    vfs.zName = "tape";
    vfs.szOsFile = static_cast<int>(room) + under->szOsFile;
    vfs.pAppData = this;
    vfs.pNext = nullptr;
    vfs.xOpen = open;
    vfs.xDelete = remove;
    tape_ = &tape;
    sqlite3_vfs_register(&vfs, 1);
    sqlite3_auto_extension(as_extension(opened));
  }
  ~Shim() {
    sqlite3_cancel_auto_extension(as_extension(opened));
    sqlite3_vfs_unregister(&vfs);
    sqlite3_vfs_register(under, 1);
    last_opened = nullptr;
  }
  Shim(const Shim&) = delete;
  Shim& operator=(const Shim&) = delete;

  static Shim& of(sqlite3_vfs* vfs) { return *static_cast<Shim*>(vfs->pAppData); }
  static int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* got) {
    Shim& shim = of(vfs);
    file->pMethods = nullptr;  // nothing to close where this fails
    auto* behind = reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + room);
    const bool there = path != nullptr && std::filesystem::exists(path);
    if (const int result = shim.under->xOpen(shim.under, path, behind, flags, got); result != SQLITE_OK) {
      if (behind->pMethods != nullptr) behind->pMethods->xClose(behind);
      return result;
    }
    Taped& one = taped(file);
    one.tape = shim.tape_;
    one.real = behind;
    one.name = new std::string(path != nullptr ? name_of(path) : "temporary");
    one.base.pMethods = &taped_methods;
    // The real one syncs the folder with the first sync of a journal or a write-ahead log that it made.
    if (!there) note(file, What::made, (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL)) != 0 ? 1 : 0);
    return SQLITE_OK;
  }
  static int remove(sqlite3_vfs* vfs, const char* path, int sync_folder) {
    Shim& shim = of(vfs);
    shim.tape_->add({What::remove, name_of(path), sync_folder, {}});
    return shim.under->xDelete(shim.under, path, sync_folder);
  }

  sqlite3_vfs* under;
  sqlite3_vfs vfs;
  Tape* tape_ = nullptr;
};

Tape::Tape() : shim_(std::make_unique<Shim>(*this)) {}
Tape::~Tape() = default;

void Tape::add(Event event) {
  const std::scoped_lock lock(mutex_);
  events_.push_back(std::move(event));
}
std::vector<Tape::Event> Tape::take() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(events_, {});
}
void Tape::fail_syncs_of(std::string file) {
  const std::scoped_lock lock(mutex_);
  failing_ = std::move(file);
}
bool Tape::fail_sync(const std::string& file) {
  const std::scoped_lock lock(mutex_);
  failed_ += failing_ == file ? 1 : 0;
  return failing_ == file;
}
std::size_t Tape::failed_syncs() {
  const std::scoped_lock lock(mutex_);
  return failed_;
}
sqlite3* Tape::connection() const { return last_opened; }

}  // namespace kasane
