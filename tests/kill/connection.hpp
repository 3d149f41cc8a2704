#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "crypto/device.hpp"
#include "server/wire/messages.hpp"
#include "tests/net/raw_client.hpp"

namespace kasane::kill_loop {

/// The server has gone: killed, or not yet there.
struct Gone {};

/// One authenticated connection. Thread: one. Errors of all: `Gone`; `Broken` for what a server must not say.
class Connection {
 public:
  /// Greets and authenticates; `welcome` then holds the answer.
  Connection(std::uint16_t port, const crypto::Device& device, const std::string& log);

  std::int64_t send(wire::Ask ask);
  /// The next message. None: nothing in that time.
  std::optional<wire::Json> read(std::chrono::milliseconds patience);

  wire::Json hello, welcome;

 private:
  net::RawClient socket_;
  std::int64_t last_id_ = 0;
};

}  // namespace kasane::kill_loop
