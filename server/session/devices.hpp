#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "server/session/allowance.hpp"

namespace kasane::session {

/// What one device may take of the server over all of its connections, which lie on several threads.
/// Thread: any. Sizes: an entry for a device that is connected, or was within the last 10 s.
class Devices {
  struct Entry;

 public:
  struct Limits {
    std::size_t connections;
    double requests_a_second;
    double requests_at_once;
  };
  explicit Devices(Limits limits) : limits_(limits) {}

  /// One connection's place; given back when it goes.
  class Place {
   public:
    Place() = default;
    Place(Place&& other) noexcept;
    Place& operator=(Place&& other) noexcept;
    ~Place();
    explicit operator bool() const { return entry_ != nullptr; }
    /// One request, of the device's common allowance.
    [[nodiscard]] bool take(Clock::time_point now);

   private:
    friend class Devices;
    Place(Devices& devices, std::shared_ptr<Entry> entry) : devices_(&devices), entry_(std::move(entry)) {}
    Devices* devices_ = nullptr;
    std::shared_ptr<Entry> entry_;
  };

  /// Empty where the device has all the connections it may have.
  [[nodiscard]] Place join(std::string_view device, Clock::time_point now);

 private:
  struct Entry {
    Allowance allowance;
    std::size_t connections = 0;
    Clock::time_point last{};
  };
  void forget(Clock::time_point now);

  Limits limits_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Entry>, std::less<>> entries_;
  Clock::time_point forgot_{};
};

}  // namespace kasane::session
