#include "server/session/devices.hpp"

#include <utility>

namespace kasane::session {

Devices::Place::Place(Place&& other) noexcept : devices_(other.devices_), entry_(std::move(other.entry_)) {}

Devices::Place& Devices::Place::operator=(Place&& other) noexcept {
  std::swap(devices_, other.devices_);
  std::swap(entry_, other.entry_);
  return *this;
}

Devices::Place::~Place() {
  if (!entry_) return;
  const std::lock_guard lock(devices_->mutex_);
  --entry_->connections;
}

bool Devices::Place::take(Clock::time_point now) {
  const std::lock_guard lock(devices_->mutex_);
  entry_->last = now;
  return entry_->allowance.take(now);
}

Devices::Place Devices::join(std::string_view device, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  forget(now);
  auto found = entries_.find(device);
  if (found == entries_.end()) {
    auto entry = std::make_shared<Entry>(Entry{Allowance(limits_.requests_a_second, limits_.requests_at_once)});
    found = entries_.emplace(std::string(device), std::move(entry)).first;
  }
  auto& entry = found->second;
  if (entry->connections >= limits_.connections) return {};
  ++entry->connections;
  entry->last = now;
  return {*this, entry};
}

/// A device that comes back at once finds its allowance as it left it: hanging up is no way to a new burst.
void Devices::forget(Clock::time_point now) {
  using namespace std::chrono_literals;
  if (now - forgot_ < 10s) return;
  forgot_ = now;
  std::erase_if(entries_,
                [&](const auto& one) { return one.second->connections == 0 && now - one.second->last >= 10s; });
}

}  // namespace kasane::session
