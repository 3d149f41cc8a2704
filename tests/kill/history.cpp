#include "tests/kill/history.hpp"

#include <algorithm>

namespace kasane::kill_loop {

SeenRoot History::see(const std::string& note) {
  const auto checkpoint = crypto::verify_checkpoint(note, origin_, log_key_);
  if (!checkpoint) throw Broken("a checkpoint that the log did not sign");
  const std::scoped_lock lock(mutex_);
  const auto [at, is_new] = roots_.try_emplace(checkpoint->size, checkpoint->root);
  if (at->second != checkpoint->root)
    throw Broken("two roots of size " + std::to_string(checkpoint->size) + ": the log forked");
  return {checkpoint->size, checkpoint->root};
}

void History::acknowledge(const Acknowledged& one) {
  const std::scoped_lock lock(mutex_);
  const auto [at, is_new] = places_.try_emplace(one.what, one.index);
  if (!is_new && at->second != one.index)
    throw Broken("a repeat got the receipt " + std::to_string(one.index) + ", not the first one's " +
                 std::to_string(at->second));
  if (is_new)
    acknowledged_.push_back(one);
  else
    ++repeats_;
}

void History::sent_together(std::vector<Signed> group) {
  const std::scoped_lock lock(mutex_);
  groups_.push_back(std::move(group));
}

void History::fail(const std::string& why) {
  const std::scoped_lock lock(mutex_);
  if (!failure_) failure_ = why;
}

std::optional<std::string> History::failure() const {
  const std::scoped_lock lock(mutex_);
  return failure_;
}

std::vector<Acknowledged> History::acknowledged_since(std::size_t first) const {
  const std::scoped_lock lock(mutex_);
  return {acknowledged_.begin() + static_cast<std::ptrdiff_t>(std::min(first, acknowledged_.size())),
          acknowledged_.end()};
}

std::vector<SeenRoot> History::roots() const {
  const std::scoped_lock lock(mutex_);
  std::vector<SeenRoot> out;
  out.reserve(roots_.size());
  for (const auto& [size, root] : roots_) out.push_back({size, root});
  return out;
}

std::vector<std::vector<Signed>> History::groups() const {
  const std::scoped_lock lock(mutex_);
  return groups_;
}

std::size_t History::repeats() const {
  const std::scoped_lock lock(mutex_);
  return repeats_;
}

}  // namespace kasane::kill_loop
