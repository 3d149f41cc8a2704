#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace kasane::session {

/// One message, serialised once and shared by all who get it; never changed after it is made.
using Text = std::shared_ptr<const std::string>;

using Clock = std::chrono::steady_clock;

/// Why a connection ends, as the peer is told. Source: PROTOCOL.md "Close codes", RFC 6455 §7.4.1.
enum class Close : std::uint16_t {
  unsupported = 1003,
  budget = 1008,
  restart = 1012,
  too_slow = 1013,
  unauthenticated = 4001,
  refused = 4002,
  crowded = 4003,
  revoked = 4004,
};

/// What a session may do to its connection. Implemented by net/ over a WebSocket, by the tests over a list.
/// Thread: the connection's own. Errors: none; a connection that is gone swallows both.
class Channel {
 public:
  Channel() = default;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  virtual ~Channel() = default;

  /// Queues one text message. A queue that is full ends the connection with `too_slow`.
  virtual void send(Text text) = 0;
  /// Ends the connection after what is queued; nothing that comes in afterwards is looked at.
  virtual void close(Close code) = 0;
};

}  // namespace kasane::session
