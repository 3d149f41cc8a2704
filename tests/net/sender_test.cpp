#include "server/net/sender.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

using namespace kasane;
using net::Sender;

namespace {

/// Both ends of a connection whose kernel buffers are small.
struct Pair {
  Pair() {
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0);
    const int bytes = 4'096;
    REQUIRE(setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes) == 0);
  }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;
  ~Pair() {
    for (const int end : ends)
      if (end >= 0) close(end);
  }
  void hang_up() { close(std::exchange(ends[1], -1)); }
  std::string taken() const {
    std::string all;
    std::array<char, 997> some{};
    for (ssize_t count = 0; (count = read(ends[1], some.data(), some.size())) > 0;)
      all.append(some.data(), static_cast<std::size_t>(count));
    return all;
  }
  std::array<int, 2> ends{-1, -1};
};

session::Text text(std::string of) { return std::make_shared<const std::string>(std::move(of)); }
std::string framed(const std::string& payload) {
  std::string out = "\x81";
  const std::size_t size = payload.size();
  if (size < 126) {
    out += static_cast<char>(size);
  } else {
    const int more = size < 65'536 ? 2 : 8;
    out += static_cast<char>(more == 2 ? 126 : 127);
    for (int shift = 8 * (more - 1); shift >= 0; shift -= 8) out += static_cast<char>(size >> shift);
  }
  return out + payload;
}
const std::string pong = {'\x8a', '\x01', 'p'}, closing = {'\x88', '\x02', '\x03', '\xe8'};

/// Sends all of it, the reader taking what has come whenever the sender cannot go on.
std::string all_of(Sender& sender, const Pair& pair) {
  std::string taken;
  Sender::State state = Sender::State::blocked;
  while ((state = sender.flush(pair.ends[0])) == Sender::State::blocked) taken += pair.taken();
  CHECK(state == Sender::State::idle);
  return taken + pair.taken();
}

}  // namespace

TEST_CASE("what waits leaves in order, each message a frame of its length, however small the socket's room") {
  const Pair pair;
  session::Outbox outbox(256, 1U << 22U);
  Sender sender(outbox);
  std::string expected;
  for (const std::size_t size : {0, 1, 125, 126, 127, 65'535, 65'536, 3, 200'000}) {
    const std::string payload(size, static_cast<char>('a' + size % 26));
    REQUIRE(outbox.push(text(payload)));
    expected += framed(payload);
  }
  for (int i = 0; i < 100; ++i) {  // more than go in one call
    REQUIRE(outbox.push(text(std::to_string(i))));
    expected += framed(std::to_string(i));
  }
  CHECK(all_of(sender, pair) == expected);
  CHECK(outbox.empty());
  CHECK(sender.messages() == 109);
  CHECK(sender.bytes() == 0 + 1 + 125 + 126 + 127 + 65'535 + 65'536 + 3 + 200'000 + 190);
}

TEST_CASE("what the codec says goes between two frames and never inside one") {
  const Pair pair;
  session::Outbox outbox(256, 1U << 22U);
  Sender sender(outbox);
  const std::string large(100'000, 'x');
  REQUIRE(outbox.push(text(large)));
  REQUIRE(outbox.push(text("after")));
  REQUIRE(sender.flush(pair.ends[0]) == Sender::State::blocked);
  std::size_t done = 0;
  sender.say(pong, [&](boost::system::error_code error, std::size_t count) {
    CHECK_FALSE(error);
    done += count;
  });
  CHECK(sender.flush(pair.ends[0]) == Sender::State::blocked);
  CHECK(done == 0);
  CHECK(all_of(sender, pair) == framed(large) + pong + framed("after"));
  CHECK(done == pong.size());
}

TEST_CASE("after the close frame no message goes") {
  const Pair pair;
  session::Outbox outbox(256, 1U << 22U);
  Sender sender(outbox);
  const std::string large(100'000, 'x');
  REQUIRE(outbox.push(text(large)));
  REQUIRE(outbox.push(text("too late")));
  REQUIRE(sender.flush(pair.ends[0]) == Sender::State::blocked);
  sender.say(closing, [](boost::system::error_code, std::size_t) {});
  CHECK(all_of(sender, pair) == framed(large) + closing);
  CHECK(sender.messages() == 1);
}

TEST_CASE("a peer that has gone is a failure, and whoever waits for the codec's word is told so once") {
  Pair pair;
  session::Outbox outbox(256, 1U << 22U);
  Sender sender(outbox);
  REQUIRE(outbox.push(text(std::string(100'000, 'x'))));
  REQUIRE(sender.flush(pair.ends[0]) == Sender::State::blocked);
  int told = 0;
  sender.say(pong, [&](boost::system::error_code error, std::size_t) {
    CHECK(error);
    ++told;
  });
  pair.hang_up();
  CHECK(sender.flush(pair.ends[0]) == Sender::State::failed);
  sender.abandon();
  sender.abandon();
  CHECK(told == 1);
}
