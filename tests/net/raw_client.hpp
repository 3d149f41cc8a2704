#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kasane::net {

/// A peer that does exactly what it is told, right or wrong: a blocking socket and hand-made frames.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// False once the server has gone.
  bool send(std::string_view bytes);
  /// All bytes until the server closes, or until the patience is over.
  std::string read_to_end(std::chrono::milliseconds patience = std::chrono::seconds(5));
  /// One HTTP answer: its head, and its body by Content-Length (none to a HEAD).
  std::string exchange(std::string_view request, bool body = true);

  /// A fit upgrade; true where the answer is 101.
  bool upgrade(std::string_view extra = "Sec-WebSocket-Protocol: kasane.v1\r\n");

  struct Frame {
    std::uint8_t first = 0;
    std::string payload;
    [[nodiscard]] unsigned opcode() const { return first & 0x0fU; }
    /// Of a close frame; 1005 where it carries none.
    [[nodiscard]] unsigned close_code() const;
  };
  /// Nothing where the connection ended or the patience did.
  std::optional<Frame> read_frame(std::chrono::milliseconds patience = std::chrono::seconds(5));
  /// Skips other frames; 0 where the connection ended without a close frame.
  unsigned read_close_code(std::chrono::milliseconds patience = std::chrono::seconds(5));
  /// The server has closed the socket.
  bool gone(std::chrono::milliseconds patience);

  static std::string frame(std::uint8_t first, std::string_view payload, bool masked = true);
  static std::string text(std::string_view payload) { return frame(0x81, payload); }
  static std::string close(unsigned code);

 private:
  bool read_some(std::chrono::steady_clock::time_point until);
  int fd_ = -1;
  bool ended_ = false;
  std::string buffer_;
};

}  // namespace kasane::net
