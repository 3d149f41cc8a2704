#pragma once

#include <string_view>

#include "server/session/channel.hpp"

namespace kasane::session {

/// What a connection asks of whoever talks over it: `Session` in the program, an echo in the tests of net/.
/// Thread: the connection's own. Owner: the connection; its end is the end of the conversation.
class Conversation {
 public:
  Conversation() = default;
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;
  virtual ~Conversation() = default;

  /// The connection is up; the first word is the server's.
  virtual void open(Clock::time_point now) = 0;
  /// One whole text message, valid UTF-8, within its limits.
  virtual void receive(std::string_view message, Clock::time_point now) = 0;
  /// About every 250 ms.
  virtual void tick(Clock::time_point now) = 0;
  /// A message of the conference is about to be queued.
  virtual void delivering(std::string_view message) = 0;
  /// The peer is known; longer messages may come.
  [[nodiscard]] virtual bool authenticated() const = 0;
};

}  // namespace kasane::session
