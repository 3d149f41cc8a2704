#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

#include "server/session/channel.hpp"

namespace kasane::net {

/// What the front counts. No person, device or household stands in a label.
/// Thread: any.
class Metrics {
 public:
  std::atomic<std::int64_t> connections{0};  // sockets, of any kind
  std::atomic<std::int64_t> websockets{0};   // upgraded ones
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> turned_away{0};  // beyond the limit of connections
  std::atomic<std::uint64_t> messages_in{0};
  std::atomic<std::uint64_t> messages_out{0};
  std::atomic<std::uint64_t> bytes_in{0};
  std::atomic<std::uint64_t> bytes_out{0};

  void replied(unsigned status);
  void closed(session::Close code);

  /// The Prometheus text format, version 0.0.4.
  [[nodiscard]] std::string text() const;

 private:
  std::array<std::atomic<std::uint64_t>, 6> replies_{};  // by hundreds
  std::array<std::atomic<std::uint64_t>, 8> closes_{};
};

/// One sample with its HELP and TYPE lines, for the parts that others add.
void append_metric(std::string& out, const char* name, const char* type, const char* help, double value);

}  // namespace kasane::net
