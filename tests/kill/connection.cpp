#include "tests/kill/connection.hpp"

#include "crypto/random.hpp"
#include "crypto/signed_input.hpp"
#include "server/native/member.hpp"
#include "tests/kill/history.hpp"

namespace kasane::kill_loop {
namespace {

constexpr std::chrono::seconds patience_for_an_answer{30};

net::RawClient connect(std::uint16_t port) {
  try {
    return net::RawClient(port);
  } catch (const std::runtime_error&) {
    throw Gone();
  }
}

}  // namespace

Connection::Connection(std::uint16_t port, const crypto::Device& device, const std::string& log)
    : socket_(connect(port)) {
  if (!socket_.upgrade()) throw Gone();
  const auto greeting = read(patience_for_an_answer);
  const auto* params = greeting ? greeting->find("params") : nullptr;
  if (params == nullptr) throw Broken("no hello");
  hello = *params;
  if (native::text_member(hello, "log") != log) throw Broken("the server serves another log");
  const auto theirs = native::hex_member<crypto::Nonce>(hello, "nonce");
  if (!theirs) throw Broken("a hello without a nonce");
  const auto ours = crypto::random_value<crypto::Nonce>();
  const auto signature = crypto::sign(device.signing.private_key, crypto::auth_input(log, "", *theirs, ours));
  send(wire::AuthenticateRequest{device.id, crypto::hex(ours), crypto::base64(signature), wire::Language::en});
  const auto answer = read(patience_for_an_answer);
  const auto* result = answer ? answer->find("result") : nullptr;
  if (result == nullptr) throw Broken("not let in: " + (answer ? wire::print_json(*answer) : "no answer"));
  welcome = *result;
}

std::int64_t Connection::send(wire::Ask ask) {
  const auto id = ++last_id_;
  // Not sent because it died? What it said before is still to be read, so the reader finds out.
  socket_.send(net::RawClient::text(wire::print_request({std::to_string(id), std::move(ask)})));
  return id;
}

std::optional<wire::Json> Connection::read(std::chrono::milliseconds patience) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    const auto frame = socket_.read_frame(std::max(left, std::chrono::milliseconds(0)));
    if (!frame) {
      if (socket_.gone(std::chrono::milliseconds(0))) throw Gone();
      return std::nullopt;
    }
    if (frame->opcode() == 8) throw Broken("closed by the server with " + std::to_string(frame->close_code()));
    if (frame->opcode() == 9) {
      socket_.send(net::RawClient::frame(0x8a, frame->payload));
      continue;
    }
    auto json = wire::read_json(frame->payload, {.bytes = 16U << 20U});
    if (!json) throw Broken("a message that is no JSON");
    return json;
  }
}

}  // namespace kasane::kill_loop
