#include "server/net/frame_meter.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using kasane::net::FrameMeter;

namespace {

std::vector<std::byte> frame(std::uint8_t first, std::size_t payload_bytes, bool masked = true) {
  std::vector<std::uint8_t> out{first};
  const std::uint8_t mask = masked ? 0x80 : 0;
  if (payload_bytes < 126) {
    out.push_back(static_cast<std::uint8_t>(mask | payload_bytes));
  } else if (payload_bytes < 65'536) {
    out.push_back(mask | 126);
    for (int shift = 8; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(payload_bytes >> shift));
  } else {
    out.push_back(mask | 127);
    for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(payload_bytes >> shift));
  }
  if (masked) out.insert(out.end(), 4, 0x55);
  out.insert(out.end(), payload_bytes, 0xff);  // looks like headers, if it were read as such
  std::vector<std::byte> bytes;
  for (const auto byte : out) bytes.push_back(static_cast<std::byte>(byte));
  return bytes;
}

constexpr std::uint8_t text = 0x81, text_begins = 0x01, more = 0x00, last = 0x80, ping = 0x89;

void give(FrameMeter& meter, const std::vector<std::byte>& bytes, std::size_t piece_bytes) {
  for (std::size_t at = 0; at < bytes.size(); at += piece_bytes) {
    meter.take(std::span(bytes).subspan(at, std::min(piece_bytes, bytes.size() - at)));
  }
}

}  // namespace

TEST_CASE("a message is open from its first byte to its last, however it is cut") {
  for (const std::size_t payload : {0UL, 1UL, 125UL, 126UL, 127UL, 65'535UL, 65'536UL}) {
    for (const std::size_t piece : {1UL, 7UL, 997UL, 1'000'000UL}) {
      FrameMeter meter(1'000);
      auto bytes = frame(text, payload);
      const auto end = bytes.back();
      bytes.pop_back();
      give(meter, bytes, piece);
      CHECK(meter.message_open());
      meter.take(std::span(&end, 1));
      CHECK_FALSE(meter.message_open());
      CHECK(meter.messages() == 1);
    }
  }
}

TEST_CASE("a thousand frames are a message, one more is over the budget, even empty ones") {
  FrameMeter meter(1'000);
  give(meter, frame(text_begins, 3), 64);
  for (int i = 0; i < 999; ++i) give(meter, frame(more, 0), 64);
  CHECK_FALSE(meter.over_budget());
  give(meter, frame(more, 0), 64);
  CHECK(meter.over_budget());
}

TEST_CASE("the budget of frames begins anew with each message") {
  FrameMeter meter(10);
  for (int message = 0; message < 5; ++message) {
    give(meter, frame(text_begins, 1), 3);
    for (int i = 0; i < 8; ++i) give(meter, frame(more, 1), 3);
    give(meter, frame(last, 1), 3);
  }
  CHECK_FALSE(meter.over_budget());
  CHECK(meter.messages() == 5);
}

TEST_CASE("control frames between the parts of a message are counted for themselves") {
  FrameMeter meter(2);
  give(meter, frame(text_begins, 1), 1);
  for (int i = 0; i < 5; ++i) give(meter, frame(ping, 125), 1);
  give(meter, frame(last, 1), 1);
  CHECK_FALSE(meter.over_budget());
  CHECK_FALSE(meter.message_open());
  CHECK(meter.take_control_frames() == 5);
  CHECK(meter.take_control_frames() == 0);
}

TEST_CASE("a declared length of 8 EiB keeps the message open and overflows nothing") {
  FrameMeter meter(10);
  std::vector<std::byte> head{std::byte{0x81}, std::byte{0xff}};
  head.insert(head.end(), 8, std::byte{0xff});
  head.insert(head.end(), 4, std::byte{0});
  give(meter, head, 1);
  give(meter, std::vector<std::byte>(100'000, std::byte{0x81}), 4'096);
  CHECK(meter.message_open());
  CHECK(meter.messages() == 1);
}
