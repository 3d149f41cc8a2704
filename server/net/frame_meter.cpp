#include "server/net/frame_meter.hpp"

#include <algorithm>
#include <utility>

namespace kasane::net {

void FrameMeter::take(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    if (payload_left_ > 0) {
      const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(payload_left_, bytes.size()));
      payload_left_ -= step;
      bytes = bytes.subspan(step);
      if (payload_left_ == 0) end_frame();
      continue;
    }
    header_byte(std::to_integer<std::uint8_t>(bytes.front()));
    bytes = bytes.subspan(1);
  }
}

std::uint32_t FrameMeter::take_control_frames() { return std::exchange(control_frames_, 0); }

void FrameMeter::header_byte(std::uint8_t byte) {
  if (at_ == 0) {
    final_ = (byte & 0x80U) != 0;
    control_ = (byte & 0x08U) != 0;
    if (control_) {
      ++control_frames_;
    } else {
      if (!message_open_) ++messages_;
      message_open_ = true;
      if (++frames_ > frames_a_message_) over_budget_ = true;
    }
  } else if (at_ == 1) {
    masked_ = (byte & 0x80U) != 0;
    const std::uint8_t shown = byte & 0x7fU;
    length_bytes_ = shown == 127 ? 8 : shown == 126 ? 2 : 0;
    length_ = length_bytes_ == 0 ? shown : 0;
  } else if (at_ < 2 + length_bytes_) {
    length_ = (length_ << 8U) | byte;
  }
  ++at_;
  if (at_ >= 2 && at_ == 2 + length_bytes_ + (masked_ ? 4 : 0)) begin_payload();
}

void FrameMeter::begin_payload() {
  at_ = 0;
  payload_left_ = length_;
  if (payload_left_ == 0) end_frame();
}

void FrameMeter::end_frame() {
  if (control_ || !final_) return;
  message_open_ = false;
  frames_ = 0;
}

}  // namespace kasane::net
