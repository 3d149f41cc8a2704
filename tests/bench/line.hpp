#pragma once
// One WebSocket of the load generator: as cheap as it can be, since only the server is measured. Frames that are to be
// sent are made beforehand; what comes is looked at in place.
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kasane::bench {

/// A masked text or binary frame of one fragment. The mask is zeros: a mask like any other for the server.
std::string frame(std::string_view payload, bool text);

class Line {
 public:
  /// Connects to 127.0.0.1 and upgrades at `/ws`; `protocol` may be empty. Errors: `fail`.
  Line(std::uint16_t port, const std::string& protocol);
  ~Line();
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  [[nodiscard]] int socket() const { return socket_; }
  /// Sends at once, or waits until it can be sent.
  void send(std::string_view frame);
  /// Everything that has come, without waiting. Errors: `fail` where the server closed.
  void take(const std::function<void(std::string_view message)>& visit);
  /// The next message, waiting for it up to 10 s. Errors: `fail`.
  std::string next();

 private:
  bool receive();
  bool one(std::string_view& message);
  int socket_ = -1;
  std::string in_;
  std::size_t begin_ = 0, end_ = 0;
};

}  // namespace kasane::bench
