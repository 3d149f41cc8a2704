#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "crypto/bytes.hpp"
#include "server/session/conference.hpp"
#include "server/session/conversation.hpp"
#include "server/session/devices.hpp"

namespace kasane::session {

/// One connection from its first word to its last: hello, authenticate, then requests within the allowance (PROTOCOL.md
/// "Phases"). It proves who speaks and passes on; what may be done, the conference decides.
/// Thread: the connection's own. Owner: the connection.
class Session final : public Conversation {
 public:
  /// `origin`: what the browser said at the upgrade, empty for none; the device has signed the same.
  Session(Channel& channel, Conference& conference, Devices& devices, conference::Connection id, std::string origin);
  ~Session() override;

  void open(Clock::time_point now) override;
  void receive(std::string_view message, Clock::time_point now) override;
  void tick(Clock::time_point now) override;
  void delivering(std::string_view message) override;
  [[nodiscard]] bool authenticated() const override { return static_cast<bool>(place_); }

 private:
  void authenticate(const wire::Request& request, Clock::time_point now);
  void refuse(const std::string& id, const wire::Refusal& refusal);

  Channel& channel_;
  Conference& conference_;
  Devices& devices_;
  conference::Connection id_;
  std::string origin_;
  crypto::Nonce nonce_;
  Clock::time_point opened_{};
  Devices::Place place_;  // none before authentication
  std::size_t in_flight_ = 0;
  wire::Language language_ = wire::Language::ja;
};

}  // namespace kasane::session
