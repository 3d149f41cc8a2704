#include "tests/net/raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace kasane::net {

using Steady = std::chrono::steady_clock;

RawClient::RawClient(std::uint16_t port) {
  fd_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(fd_);
    throw std::runtime_error("cannot connect");
  }
}

RawClient::~RawClient() { ::close(fd_); }

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool RawClient::read_some(Steady::time_point until) {
  if (ended_) return false;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Steady::now()).count();
  pollfd ready{fd_, POLLIN, 0};
  if (poll(&ready, 1, static_cast<int>(std::max<std::int64_t>(left, 0))) <= 0) return false;
  std::array<char, 65'536> bytes{};
  const auto count = recv(fd_, bytes.data(), bytes.size(), 0);
  if (count <= 0) {
    ended_ = true;
    return false;
  }
  buffer_.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

std::string RawClient::read_to_end(std::chrono::milliseconds patience) {
  const auto until = Steady::now() + patience;
  while (read_some(until)) {
  }
  return std::exchange(buffer_, {});
}

std::string RawClient::exchange(std::string_view request, bool body) {
  send(request);
  const auto until = Steady::now() + std::chrono::seconds(5);
  std::size_t end = std::string::npos;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!read_some(until)) return std::exchange(buffer_, {});
  }
  end += 4;
  const auto length = buffer_.find("Content-Length: ");
  if (body && length < end) {
    end += std::stoul(buffer_.substr(length + 16));
    while (buffer_.size() < end && read_some(until)) {
    }
  }
  auto answer = buffer_.substr(0, end);
  buffer_.erase(0, answer.size());
  return answer;
}

bool RawClient::upgrade(std::string_view extra) {
  std::string request =
      "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  request.append(extra).append("\r\n");
  return exchange(request, false).starts_with("HTTP/1.1 101 ");
}

unsigned RawClient::Frame::close_code() const {
  if (payload.size() < 2) return 1005;
  return static_cast<unsigned>(static_cast<unsigned char>(payload[0]) << 8U | static_cast<unsigned char>(payload[1]));
}

std::optional<RawClient::Frame> RawClient::read_frame(std::chrono::milliseconds patience) {
  const auto until = Steady::now() + patience;
  const auto have = [&](std::size_t count) {
    while (buffer_.size() < count) {
      if (!read_some(until)) return false;
    }
    return true;
  };
  if (!have(2)) return std::nullopt;
  std::size_t head = 2;
  std::uint64_t length = static_cast<unsigned char>(buffer_[1]) & 0x7fU;  // a server never masks
  if (length >= 126) {
    const std::size_t more = length == 126 ? 2 : 8;
    head += more;
    if (!have(head)) return std::nullopt;
    length = 0;
    for (std::size_t i = 2; i < head; ++i) length = length << 8U | static_cast<unsigned char>(buffer_[i]);
  }
  if (!have(head + length)) return std::nullopt;
  Frame frame{static_cast<std::uint8_t>(buffer_[0]), buffer_.substr(head, length)};
  buffer_.erase(0, head + length);
  return frame;
}

unsigned RawClient::read_close_code(std::chrono::milliseconds patience) {
  const auto until = Steady::now() + patience;
  while (const auto frame = read_frame(std::chrono::duration_cast<std::chrono::milliseconds>(until - Steady::now()))) {
    if (frame->opcode() == 8) return frame->close_code();
  }
  return 0;
}

bool RawClient::gone(std::chrono::milliseconds patience) {
  const auto until = Steady::now() + patience;
  while (!ended_ && Steady::now() < until) read_some(until);
  return ended_;
}

std::string RawClient::frame(std::uint8_t first, std::string_view payload, bool masked) {
  std::string out{static_cast<char>(first)};
  const unsigned mask = masked ? 0x80 : 0;
  const auto size = payload.size();
  const auto put = [&](std::uint64_t value, int bytes) {
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xffU);
  };
  if (size < 126) {
    put(mask | size, 1);
  } else if (size < 65'536) {
    put(mask | 126U, 1);
    put(size, 2);
  } else {
    put(mask | 127U, 1);
    put(size, 8);
  }
  if (masked) out.append(4, '\0');  // a mask of zeros is a mask
  return out.append(payload);
}

std::string RawClient::close(unsigned code) {
  return frame(0x88, std::string{static_cast<char>(code >> 8U), static_cast<char>(code & 0xffU)});
}

}  // namespace kasane::net
