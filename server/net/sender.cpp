#include "server/net/sender.hpp"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

namespace kasane::net {
namespace {

constexpr std::size_t messages_a_call = 32;
constexpr char close_frame = '\x88', text_frame = '\x81';  // RFC 6455 §5.2: final, and the opcode

struct Header {
  std::array<char, 10> bytes{};
  std::size_t size = 0;
};

Header header(std::size_t length) {
  Header out;
  out.bytes[0] = text_frame;
  const std::size_t more = length < 126 ? 0 : length < 65'536 ? 2 : 8;
  out.bytes[1] = static_cast<char>(more == 0 ? length : more == 2 ? 126 : 127);
  for (std::size_t i = 0; i < more; ++i) out.bytes[2 + i] = static_cast<char>((length >> (8 * (more - 1 - i))) & 0xffU);
  out.size = 2 + more;
  return out;
}

}  // namespace

struct Sender::Parts {
  std::array<Header, messages_a_call> headers;
  std::array<iovec, 2 * messages_a_call + 1> pieces{};
  std::size_t count = 0;
  void add(std::string_view bytes, std::size_t from = 0) {
    if (from >= bytes.size()) return;
    pieces.at(count++) = {const_cast<char*>(bytes.data()) + from, bytes.size() - from};  // sendmsg only reads
  }
};

void Sender::say(std::string bytes, Done done) {
  said_ = std::move(bytes);
  said_at_ = 0;
  said_done_ = std::move(done);
  closed_ = closed_ || said_.front() == close_frame;
}

void Sender::gather(Parts& parts) const {
  std::size_t which = 0;
  const auto add = [&](const session::Text& text, std::size_t begun) {
    auto& head = parts.headers.at(which++) = header(text->size());
    parts.add({head.bytes.data(), head.size}, begun);
    parts.add(*text, begun > head.size ? begun - head.size : 0);
  };
  auto next = outbox_.begin();
  if (begun_ > 0) add(*next++, begun_);
  parts.add(said_, said_at_);
  if (closed_) return;
  for (; next != outbox_.end() && which < messages_a_call; ++next) add(*next, 0);
}

/// False where the first message is not whole yet.
bool Sender::took_message(std::size_t& count) {
  const std::size_t payload = outbox_.front()->size(), whole = header(payload).size + payload;
  const std::size_t step = std::min(count, whole - begun_);
  begun_ += step;
  count -= step;
  if (begun_ < whole) return false;
  begun_ = 0;
  ++messages_;
  bytes_ += payload;
  outbox_.pop();
  return true;
}

void Sender::took(std::size_t count) {
  if (begun_ > 0 && !took_message(count)) return;
  if (said_at_ < said_.size()) {
    const std::size_t step = std::min(count, said_.size() - said_at_);
    said_at_ += step;
    count -= step;
    if (said_at_ < said_.size()) return;
    const std::size_t size = std::exchange(said_, {}).size();
    said_at_ = 0;
    std::exchange(said_done_, nullptr)({}, size);
  }
  while (count > 0 && took_message(count)) {
  }
}

Sender::State Sender::flush(int socket) {
  while (true) {
    Parts parts;
    gather(parts);
    if (parts.count == 0) return State::idle;
    msghdr message{};
    message.msg_iov = parts.pieces.data();
    message.msg_iovlen = parts.count;
    const auto sent = sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return errno == EAGAIN || errno == EWOULDBLOCK ? State::blocked : State::failed;
    took(static_cast<std::size_t>(sent));
  }
}

void Sender::abandon() {
  closed_ = true;
  said_.clear();
  namespace errc = boost::system::errc;
  if (said_done_) std::exchange(said_done_, nullptr)(errc::make_error_code(errc::operation_canceled), 0);
}

}  // namespace kasane::net
