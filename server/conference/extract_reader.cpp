#include "server/conference/extract_reader.hpp"

#include <utility>

namespace kasane::conference {

ExtractReader::ExtractReader(Store& store, const std::vector<LeafRow>& leaves, Mac mac)
    : store_(store), leaves_(leaves), mac_(std::move(mac)), thread_([this] { read(); }) {}

void ExtractReader::read() {
  std::exception_ptr failure;
  try {
    store_.each_extract([this](std::string_view sealed) { return believe(sealed); });
  } catch (...) {
    failure = std::current_exception();
  }
  const std::lock_guard lock(mutex_);
  failure_ = failure;
  ended_ = true;
  moved_.notify_all();
}

bool ExtractReader::believe(std::string_view sealed) {
  const auto doubt = [this](const char* why) {
    doubt_ = why;
    return false;
  };
  const auto segment = open(sealed, mac_);
  if (!segment) return doubt("it is damaged, of another log or of another version");
  if (segment->from != static_cast<std::int64_t>(tree_.size()) ||
      segment->to > static_cast<std::int64_t>(leaves_.size()))
    return doubt("it does not go on where it ended, or beyond the ledger");
  for (auto i = segment->from; i < segment->to; ++i) tree_.append(leaves_[static_cast<std::size_t>(i)].leaf);
  if (tree_.root() != segment->root) return doubt("the ledger has another root");
  return give({segment->from, segment->to, std::string(segment->entries)});
}

bool ExtractReader::give(Part part) {
  std::unique_lock lock(mutex_);
  moved_.wait(lock, [this] { return ready_.size() < ahead || stopped_; });
  if (stopped_) return false;
  ready_.push_back(std::move(part));
  moved_.notify_all();
  return true;
}

std::optional<ExtractReader::Part> ExtractReader::next() {
  std::unique_lock lock(mutex_);
  moved_.wait(lock, [this] { return !ready_.empty() || ended_; });
  if (ready_.empty()) {
    if (failure_) std::rethrow_exception(failure_);
    return std::nullopt;
  }
  std::optional<Part> part(std::move(ready_.front()));
  ready_.pop_front();
  moved_.notify_all();
  return part;
}

void ExtractReader::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    moved_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

}  // namespace kasane::conference
