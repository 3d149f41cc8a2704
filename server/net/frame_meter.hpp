#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace kasane::net {

/// Counts what a WebSocket client spends, by walking the frame headers of the raw stream (RFC 6455 §5.2) beside the
/// codec.
///
/// Beast swallows pings, pongs and empty continuation frames inside one read, so that a peer could keep a message open
/// for ever at no cost of its own. The meter sees the same bytes first and judges nothing but numbers: whether a header
/// is legal stays the codec's business.
/// Sizes: 48 bytes a connection. Errors: none; over the budget is a state. Thread: the connection's own.
class FrameMeter {
 public:
  explicit FrameMeter(std::uint32_t frames_a_message) : frames_a_message_(frames_a_message) {}

  /// Takes the next raw bytes, split anywhere.
  void take(std::span<const std::byte> bytes);

  /// A data message has begun and its final frame is not whole yet.
  [[nodiscard]] bool message_open() const { return message_open_; }
  /// Messages begun so far (it wraps): tells one open message from the next.
  [[nodiscard]] std::uint32_t messages() const { return messages_; }
  /// The message in hand has more frames than allowed.
  [[nodiscard]] bool over_budget() const { return over_budget_; }
  /// Control frames (close, ping, pong) begun since the last call.
  [[nodiscard]] std::uint32_t take_control_frames();

 private:
  void header_byte(std::uint8_t byte);
  void begin_payload();
  void end_frame();

  std::uint64_t payload_left_ = 0;
  std::uint64_t length_ = 0;
  std::uint32_t frames_a_message_;
  std::uint32_t frames_ = 0;
  std::uint32_t messages_ = 0;
  std::uint32_t control_frames_ = 0;
  std::uint8_t at_ = 0;            // byte of the header that comes next
  std::uint8_t length_bytes_ = 0;  // 0, 2 or 8 bytes of extended length
  bool masked_ = false;
  bool final_ = false;
  bool control_ = false;
  bool message_open_ = false;
  bool over_budget_ = false;
};

}  // namespace kasane::net
