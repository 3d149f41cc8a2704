#pragma once

#include <cstddef>
#include <list>

#include "server/session/channel.hpp"

namespace kasane::session {

/// What waits to be written to one peer, bounded: a slow reader is dropped, never the room held up (design.md §5).
class Outbox {
 public:
  Outbox(std::size_t max_messages, std::size_t max_bytes) : max_messages_(max_messages), max_bytes_(max_bytes) {}

  /// False, and nothing queued, where the queue is full. The first message always fits, whatever its size.
  [[nodiscard]] bool push(Text text);
  [[nodiscard]] bool empty() const { return queue_.empty(); }
  [[nodiscard]] const Text& front() const { return queue_.front(); }
  [[nodiscard]] auto begin() const { return queue_.begin(); }
  [[nodiscard]] auto end() const { return queue_.end(); }
  void pop();
  /// Forgets all but the message that is being written.
  void keep_front();
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  std::list<Text> queue_;  // a list, for an idle connection to keep nothing
  std::size_t bytes_ = 0;
  std::size_t max_messages_;
  std::size_t max_bytes_;
};

}  // namespace kasane::session
