#include "tests/bench/line.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "tests/bench/figures.hpp"

namespace kasane::bench {
namespace {

constexpr std::size_t room_bytes = std::size_t{1} << 20U;
constexpr int patience_ms = 10'000;

void wait_for(int socket, short events) {
  pollfd ready{socket, events, 0};
  if (poll(&ready, 1, patience_ms) <= 0) fail("the server is silent");
}

}  // namespace

std::string frame(std::string_view payload, bool text) {
  std::string out{static_cast<char>(text ? 0x81 : 0x82)};
  const auto size = payload.size();
  const auto put = [&](std::uint64_t value, int bytes) {
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xffU);
  };
  if (size < 126) {
    put(0x80U | size, 1);
  } else if (size < 65'536) {
    put(0x80U | 126U, 1);
    put(size, 2);
  } else {
    put(0x80U | 127U, 1);
    put(size, 8);
  }
  return out.append(4, '\0').append(payload);
}

Line::Line(std::uint16_t port, const std::string& protocol) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fail("cannot connect");
  const int on = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  fcntl(socket_, F_SETFL, fcntl(socket_, F_GETFL) | O_NONBLOCK);
  in_.resize(room_bytes);
  send(
      "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
      (protocol.empty() ? "" : "Sec-WebSocket-Protocol: " + protocol + "\r\n") + "\r\n");
  std::size_t head = std::string::npos;
  while ((head = std::string_view(in_).substr(0, end_).find("\r\n\r\n")) == std::string::npos)
    if (!receive()) wait_for(socket_, POLLIN);
  if (!in_.starts_with("HTTP/1.1 101 ")) fail("the upgrade was refused");
  begin_ = head + 4;
}

Line::~Line() { close(socket_); }

void Line::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN || errno == EINTR) {
      wait_for(socket_, POLLOUT);
    } else {
      fail("the server closed while it was sent to");
    }
  }
}

/// Whether anything came.
bool Line::receive() {
  if (begin_ == end_) begin_ = end_ = 0;
  if (in_.size() - end_ < room_bytes / 2) {
    std::memmove(in_.data(), in_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    if (in_.size() - end_ < room_bytes / 2) in_.resize(in_.size() * 2);
  }
  const auto count = recv(socket_, in_.data() + end_, in_.size() - end_, 0);
  if (count == 0) fail("the server closed the connection");
  if (count < 0) {
    if (errno == EAGAIN || errno == EINTR) return false;
    fail("the connection broke");
  }
  end_ += static_cast<std::size_t>(count);
  return true;
}

bool Line::one(std::string_view& message) {
  const auto have = end_ - begin_;
  const auto* bytes = reinterpret_cast<const unsigned char*>(in_.data()) + begin_;
  if (have < 2) return false;
  std::size_t head = 2;
  std::uint64_t length = bytes[1] & 0x7fU;
  if (length >= 126) {
    head += length == 126 ? 2 : 8;
    if (have < head) return false;
    length = 0;
    for (std::size_t i = 2; i < head; ++i) length = length << 8U | bytes[i];
  }
  if (have < head + length) return false;
  const unsigned opcode = bytes[0] & 0x0fU;
  message = std::string_view(in_).substr(begin_ + head, length);
  begin_ += head + length;
  if (opcode == 8) {
    const auto code =
        length < 2 ? 0 : static_cast<unsigned char>(message[0]) << 8U | static_cast<unsigned char>(message[1]);
    fail("the server closed with " + std::to_string(code));
  }
  if (opcode == 9) message = {};  // pinged in a long pause; a generator that never pauses 60 s need not answer
  if ((bytes[0] & 0x80U) == 0) fail("a fragment came");
  return true;
}

void Line::take(const std::function<void(std::string_view message)>& visit) {
  do {
    std::string_view message;
    while (one(message))
      if (!message.empty()) visit(message);
  } while (receive());
}

std::string Line::next() {
  while (true) {
    std::string_view message;
    if (one(message)) {
      if (!message.empty()) return std::string(message);
      continue;
    }
    if (!receive()) wait_for(socket_, POLLIN);
  }
}

}  // namespace kasane::bench
