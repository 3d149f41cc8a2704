#pragma once

#include <cstdint>

#include "server/session/channel.hpp"

namespace kasane::net {

/// Names one connection for as long as the process lives; its shard stands in the low bits (`Shard`).
using Connection = std::uint64_t;

/// One connection as its shard holds it: first HTTP, then perhaps WebSocket. Thread: the shard's.
class Line {
 public:
  Line() = default;
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
  virtual ~Line() = default;

  /// Looks at every deadline of this connection.
  virtual void tick(session::Clock::time_point now) = 0;
  /// Queues a message for a member; nothing to a connection that still speaks HTTP.
  virtual void deliver(session::Text text) = 0;
  /// Begins to write what was delivered, so that what comes together leaves together.
  virtual void flush() = 0;
  virtual void close(session::Close code) = 0;
  /// Ends it at once, without a word.
  virtual void abort() = 0;
};

}  // namespace kasane::net
