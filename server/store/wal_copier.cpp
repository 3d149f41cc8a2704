#include "server/store/wal_copier.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <utility>

#include "server/conference/commit.hpp"
#include "server/store/database.hpp"

namespace kasane::store {

namespace {
constexpr std::size_t enough_bytes = 4u << 20;
constexpr std::chrono::milliseconds least_pause{200};

/// What a killed process left: counted too, or a log would grow through many short lives that each write little.
std::size_t left_behind(const std::string& path) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(path + "-wal", error);
  return error ? 0 : static_cast<std::size_t>(bytes);
}
}  // namespace

WalCopier::WalCopier(std::string path)
    : path_(std::move(path)), waiting_bytes_(left_behind(path_)), thread_([this] { work(); }) {}

WalCopier::~WalCopier() {
  {
    const std::scoped_lock lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void WalCopier::committed(std::size_t bytes) {
  const std::scoped_lock lock(mutex_);
  const bool before = waiting_bytes_ >= enough_bytes;
  waiting_bytes_ += bytes;
  if (!before && waiting_bytes_ >= enough_bytes) wake_.notify_one();
}

void WalCopier::check() {
  const std::scoped_lock lock(mutex_);
  if (!failure_.empty()) throw conference::StoreError(failure_);
}

void WalCopier::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stop_ || waiting_bytes_ >= enough_bytes; });
    if (stop_) return;
    waiting_bytes_ = 0;
    lock.unlock();
    std::string failure = copy();
    lock.lock();
    failure_ = std::move(failure);
    if (!failure_.empty()) return;
    wake_.wait_for(lock, least_pause, [this] { return stop_; });
  }
}

std::string WalCopier::copy() const {
  std::optional<Database> database;
  try {
    // Opened anew each time: a connection that waits idle would hold an old snapshot's mark and keep the log long.
    database.emplace(path_);
    database->run("PRAGMA wal_checkpoint(PASSIVE)");
  } catch (const conference::StoreError& error) {
    // Full, busy or out of descriptors: the log just stays longer, and the writer says so where it meets the same.
    if (database && database->disk_failed()) return error.what();
  }
  return {};
}

}  // namespace kasane::store
