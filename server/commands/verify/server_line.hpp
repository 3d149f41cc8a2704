#pragma once

#include <string>

#include "crypto/device.hpp"
#include "server/wire/json.hpp"

namespace kasane::commands::verify {

/// One device's connection to a running server on this machine: `kasane.v1` over plain WebSocket (PROTOCOL.md), one
/// question at a time. Errors of all: `CommandError`.
class ServerLine {
 public:
  /// `address`: `http://127.0.0.1:8080`, or `http://[::1]:8080`. Authenticates; the log must be this one.
  ServerLine(const std::string& address, const crypto::Device& device, const std::string& log);
  ~ServerLine();
  ServerLine(const ServerLine&) = delete;
  ServerLine& operator=(const ServerLine&) = delete;
  /// The result; a refusal is an error with its reason.
  wire::Json ask(const std::string& method, const wire::Json& params);

 private:
  void connect(const std::string& host, const std::string& port);
  void upgrade(const std::string& host);
  void send(const std::string& bytes);
  std::string take(std::size_t count);
  std::string message();
  void send_frame(std::uint8_t opcode, const std::string& payload);
  int socket_ = -1;
  std::string buffer_;
  std::int64_t last_id_ = 0;
};

}  // namespace kasane::commands::verify
