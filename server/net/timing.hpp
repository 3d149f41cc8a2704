#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "server/wire/limits.hpp"

namespace kasane::net {

/// Deadlines and budgets of one connection. The tests shorten them; the program runs with these.
struct Timing {
  std::chrono::milliseconds tick{250};                            // how exact all the others are
  std::chrono::milliseconds handshake{5'000};                     // a whole HTTP head; then the upgrade
  std::chrono::milliseconds reply{30'000};                        // a whole HTTP answer taken
  std::chrono::milliseconds message{wire::limits::message_time};  // a whole WebSocket message
  std::chrono::milliseconds ping{30'000};                         // silence before the server pings
  std::chrono::milliseconds silence{60'000};                      // silence before it hangs up
  std::chrono::milliseconds write{30'000};                        // one message taken by the peer
  std::chrono::milliseconds closing{2'000};  // from the close frame to the end, whatever the peer does
};

struct Budget {
  std::size_t message_bytes = wire::limits::message_bytes;
  std::size_t message_bytes_before_authentication = 4'096;
  std::uint32_t frames_a_message = wire::limits::frames_a_message;
  double control_frames_a_second = 10;
  double control_frames_at_once = 100;
  std::size_t queue_messages = wire::limits::queue_messages;
  std::size_t queue_bytes = wire::limits::queue_bytes;
  std::size_t connections = 16'384;  // all kinds together
};

}  // namespace kasane::net
