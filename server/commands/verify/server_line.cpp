#include "server/commands/verify/server_line.hpp"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "crypto/random.hpp"
#include "crypto/signed_input.hpp"
#include "server/exit_status.hpp"
#include "server/wire/limits.hpp"

namespace kasane::commands::verify {

namespace {

constexpr timeval patience{10, 0};
constexpr std::size_t head_bytes_max = 8'192, message_bytes_max = 4u << 20;

[[noreturn]] void fail(const std::string& why) { throw CommandError(Exit::unavailable, why); }

std::string text_in(const wire::Json& json, std::string_view name) {
  const auto* value = json.find(name);
  if (value == nullptr || value->text() == nullptr) fail("the server's answer has no " + std::string(name));
  return *value->text();
}

}  // namespace

ServerLine::ServerLine(const std::string& address, const crypto::Device& device, const std::string& log) {
  constexpr std::string_view scheme = "http://";
  if (!address.starts_with(scheme))
    throw CommandError(Exit::usage, "--server takes http://ADDRESS:PORT of a server on this machine");
  std::string host = address.substr(scheme.size());
  while (host.ends_with('/')) host.pop_back();
  const auto colon = host.rfind(':');
  if (colon == std::string::npos) throw CommandError(Exit::usage, "--server needs a port");
  std::string name = host.substr(0, colon);
  if (name.starts_with('[') && name.ends_with(']')) name = name.substr(1, name.size() - 2);
  connect(name, host.substr(colon + 1));
  try {
    upgrade(host);
    const auto hello = wire::read_json(message());
    const auto* params = hello ? hello->find("params") : nullptr;
    if (params == nullptr) fail("the server does not greet as kasane does");
    if (text_in(*params, "log") != log) fail("the server at " + address + " serves another log than this folder's");
    const auto server_nonce = crypto::from_hex<crypto::Nonce>(text_in(*params, "nonce"));
    if (!server_nonce) fail("the server's nonce is none");
    const auto nonce = crypto::random_value<crypto::Nonce>();
    const auto signature = crypto::sign(device.signing.private_key, crypto::auth_input(log, "", *server_nonce, nonce));
    wire::Json ask_in = wire::Json::object();
    ask_in.add("device", device.id).add("nonce", crypto::hex(nonce)).add("signature", crypto::base64(signature));
    ask("authenticate", ask_in);
  } catch (...) {
    ::close(socket_);
    throw;
  }
}

ServerLine::~ServerLine() { ::close(socket_); }

void ServerLine::connect(const std::string& host, const std::string& port) {
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0)
    throw CommandError(Exit::usage, "--server takes an IP address and a port, not " + host + ":" + port);
  socket_ = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  const bool there = socket_ >= 0 && ::connect(socket_, found->ai_addr, found->ai_addrlen) == 0;
  ::freeaddrinfo(found);
  if (there) return;
  if (socket_ >= 0) ::close(socket_);
  fail("no server answers at " + host + ":" + port);
}

void ServerLine::send(const std::string& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const auto sent = ::send(socket_, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
    if (sent <= 0) fail("the server hung up");
    done += static_cast<std::size_t>(sent);
  }
}

std::string ServerLine::take(std::size_t count) {
  while (buffer_.size() < count) {
    std::array<char, 16'384> part{};
    const auto got = ::recv(socket_, part.data(), part.size(), 0);
    if (got <= 0) fail("the server hung up, or says nothing");
    buffer_.append(part.data(), static_cast<std::size_t>(got));
  }
  std::string out = buffer_.substr(0, count);
  buffer_.erase(0, count);
  return out;
}

void ServerLine::upgrade(const std::string& host) {
  send("GET /ws HTTP/1.1\r\nHost: " + host +
       "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " +
       crypto::base64(crypto::random_value<crypto::Nonce>()) + "\r\nSec-WebSocket-Protocol: kasane.v1\r\n\r\n");
  std::string head;
  while (!head.ends_with("\r\n\r\n")) {
    head += take(1);
    if (head.size() > head_bytes_max) fail("the server's answer is no upgrade");
  }
  if (!head.starts_with("HTTP/1.1 101 ")) fail("the server refuses the connection: " + head.substr(0, head.find('\r')));
}

// RFC 6455 §5.2, §5.3: one frame a message, masked.
void ServerLine::send_frame(std::uint8_t opcode, const std::string& payload) {
  std::string frame(1, static_cast<char>(0x80 | opcode));
  if (payload.size() < 126) {
    frame.push_back(static_cast<char>(0x80 | payload.size()));
  } else if (payload.size() <= 0xffff) {  // the shortest form is the only one
    frame.push_back(static_cast<char>(0x80 | 126));
    for (const auto byte : crypto::u16_be(static_cast<std::uint16_t>(payload.size())))
      frame.push_back(static_cast<char>(byte));
  } else {
    frame.push_back(static_cast<char>(0x80 | 127));
    for (const auto byte : crypto::u64_be(payload.size())) frame.push_back(static_cast<char>(byte));
  }
  const auto mask = crypto::random_value<crypto::Nonce>().bytes;  // its first four
  for (std::size_t i = 0; i < 4; ++i) frame.push_back(static_cast<char>(mask[i]));
  for (std::size_t i = 0; i < payload.size(); ++i)
    frame.push_back(static_cast<char>(static_cast<std::uint8_t>(payload[i]) ^ mask[i % 4]));
  send(frame);
}

std::string ServerLine::message() {
  std::string out;
  for (;;) {
    const std::string head = take(2);
    const auto first = static_cast<std::uint8_t>(head[0]), second = static_cast<std::uint8_t>(head[1]);
    std::uint64_t length = second & 0x7f;
    if (length >= 126) {
      const std::string more = take(length == 126 ? 2 : 8);
      length = 0;
      for (const char c : more) length = length << 8 | static_cast<std::uint8_t>(c);
    }
    if ((second & 0x80) != 0 || length > message_bytes_max || out.size() + length > message_bytes_max)
      fail("the server's message is none");
    std::string payload = take(static_cast<std::size_t>(length));
    const unsigned opcode = first & 0x0f;
    if (opcode == 8) fail("the server ended the connection");
    if (opcode == 9) send_frame(10, payload);
    if (opcode >= 8) continue;
    out += payload;
    if ((first & 0x80) != 0) return out;
  }
}

wire::Json ServerLine::ask(const std::string& method, const wire::Json& params) {
  const auto id = ++last_id_;
  wire::Json request = wire::Json::object();
  request.add("jsonrpc", "2.0").add("id", id).add("method", method).add("params", params);
  send_frame(1, wire::print_json(request));
  for (;;) {
    const auto answer = wire::read_json(message(), {.bytes = message_bytes_max});
    if (!answer) fail("the server's answer cannot be read");
    const auto* its = answer->find("id");
    if (its == nullptr || its->integer() == nullptr || *its->integer() != id) continue;
    if (const auto* result = answer->find("result")) return *result;
    const auto* error = answer->find("error");
    const auto* words = error != nullptr ? error->find("message") : nullptr;
    const auto* data = error != nullptr ? error->find("data") : nullptr;
    const auto* reason = data != nullptr ? data->find("reason") : nullptr;
    throw CommandError(Exit::unavailable,
                       "the server refuses " + method + ": " +
                           (reason != nullptr && reason->text() != nullptr ? *reason->text() + ": " : std::string()) +
                           (words != nullptr && words->text() != nullptr ? *words->text() : std::string("no reason")));
  }
}

}  // namespace kasane::commands::verify
