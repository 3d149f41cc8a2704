#include "server/session/outbox.hpp"

#include <iterator>
#include <utility>

namespace kasane::session {

bool Outbox::push(Text text) {
  if (!queue_.empty() && (queue_.size() >= max_messages_ || bytes_ + text->size() > max_bytes_)) return false;
  bytes_ += text->size();
  queue_.push_back(std::move(text));
  return true;
}

void Outbox::pop() {
  bytes_ -= queue_.front()->size();
  queue_.pop_front();
}

void Outbox::keep_front() {
  if (queue_.size() <= 1) return;
  queue_.erase(std::next(queue_.begin()), queue_.end());
  bytes_ = queue_.front()->size();
}

}  // namespace kasane::session
