#pragma once

#include <boost/system/error_code.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "server/session/outbox.hpp"

namespace kasane::net {

/// What leaves one WebSocket connection: the messages of its outbox, each an unmasked text frame of one fragment
/// (RFC 6455 §5.2), and between two of them what the codec has to say (the answer to the upgrade, ping, pong, close).
///
/// All that waits goes to the kernel in one call, from where it lies: a server's frame is the same for every member, so
/// the message is shared and only its header is made here. Beast writes one message a call (performance.md §f).
/// Sizes: 100 bytes a connection. Thread: the connection's own.
class Sender {
 public:
  using Done = std::function<void(boost::system::error_code, std::size_t)>;
  enum class State : std::uint8_t { idle, blocked, failed };

  explicit Sender(session::Outbox& outbox) : outbox_(outbox) {}

  /// Bytes of the codec's: they go before the next message that has not begun. After a close frame no message goes.
  /// `done` is called within `flush` or `abandon`. Requires: the last ones are done.
  void say(std::string bytes, Done done);
  /// Sends what the kernel takes now. `blocked`: call again when the socket has room.
  State flush(int socket);
  /// Nothing more will be sent: whoever waits is told.
  void abandon();
  /// Whole messages and their bytes so far.
  [[nodiscard]] std::uint64_t messages() const { return messages_; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  struct Parts;
  void gather(Parts& parts) const;
  void took(std::size_t count);
  bool took_message(std::size_t& count);

  session::Outbox& outbox_;
  std::size_t begun_ = 0;  // bytes of the first message's frame that are gone
  std::string said_;       // the codec's
  std::size_t said_at_ = 0;
  Done said_done_;
  bool closed_ = false;  // the close frame is said
  std::uint64_t messages_ = 0, bytes_ = 0;
};

}  // namespace kasane::net
