// The meter of raw frames beside a slow reader of RFC 6455 §5.2, whole and in pieces: the same counts.
#include <cstdlib>
#include <vector>

#include "server/net/frame_meter.hpp"

namespace {

constexpr std::uint32_t frames_a_message = 5;

struct Counts {
  std::uint32_t messages = 0, control_frames = 0;
  bool open = false, over = false;
};

/// One frame after another; the bytes may end anywhere.
Counts slowly(const std::uint8_t* data, std::size_t size) {
  Counts counts;
  std::uint32_t frames = 0;
  for (std::size_t at = 0; at < size;) {  // the first byte of a frame says what has begun
    const bool final = (data[at] & 0x80U) != 0, control = (data[at] & 0x08U) != 0;
    if (control) {
      ++counts.control_frames;
    } else {
      if (!counts.open) {
        ++counts.messages;
        frames = 0;
      }
      counts.open = true;
      counts.over = counts.over || ++frames > frames_a_message;
    }
    if (size - at < 2) break;
    const bool masked = (data[at + 1] & 0x80U) != 0;
    const unsigned short_length = data[at + 1] & 0x7FU;
    const std::size_t extended = short_length == 126 ? 2 : short_length == 127 ? 8 : 0;
    const std::size_t head = 2 + extended + (masked ? 4 : 0);
    if (size - at < head) break;
    std::uint64_t length = extended == 0 ? short_length : 0;
    for (std::size_t i = 0; i < extended; ++i) length = length << 8U | data[at + 2 + i];
    at += head;
    if (length > size - at) return counts;
    at += static_cast<std::size_t>(length);
    if (!control && final) counts.open = false;
  }
  return counts;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  kasane::net::FrameMeter whole(frames_a_message), pieces(frames_a_message);
  whole.take(bytes);
  std::uint32_t control = 0;
  for (std::size_t at = 0, step = 1; at < size; at += step, step = step % 7 + 1) {
    pieces.take(bytes.subspan(at, std::min(step, size - at)));
    control += pieces.take_control_frames();
  }
  const auto counts = slowly(data, size);
  if (whole.messages() != counts.messages || whole.message_open() != counts.open ||
      whole.over_budget() != counts.over || whole.take_control_frames() != counts.control_frames)
    std::abort();
  if (pieces.messages() != counts.messages || pieces.message_open() != counts.open ||
      pieces.over_budget() != counts.over || control != counts.control_frames)
    std::abort();
  return 0;
}
