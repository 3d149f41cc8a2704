#include <catch2/catch.hpp>
#include <thread>

#include "tests/net/front_fixture.hpp"

using namespace kasane::net;
using namespace std::chrono_literals;
using kasane::session::Close;

namespace {
std::string repeat(const std::string& one, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += one;
  return all;
}
}  // namespace

TEST_CASE("messages of every length come back whole, however they are cut") {
  const given::RunningFront running;
  given::Member member(running);
  for (const std::size_t size : {0UL, 1UL, 125UL, 126UL, 127UL, 511UL, 512UL, 513UL, 65'535UL, 65'536UL, 1'048'576UL}) {
    const std::string message(size, 'k');
    member.send(RawClient::text(message));
    const auto echo = member.read_frame();
    REQUIRE(echo);
    CHECK(echo->first == 0x81);
    CHECK(echo->payload == message);
  }
  for (const char byte : RawClient::text("a byte at a time")) member.send({&byte, 1});
  CHECK(member.read_frame()->payload == "a byte at a time");
  member.send(RawClient::frame(0x01, "in ") + RawClient::frame(0x89, "p") + RawClient::frame(0x00, "") +
              RawClient::frame(0x80, "parts"));
  CHECK(member.read_frame()->opcode() == 10);  // the pong comes between, RFC 6455 §5.4
  CHECK(member.read_frame()->payload == "in parts");
}

TEST_CASE("a binary frame closes with 1003") {
  const given::RunningFront running;
  for (const auto* payload : {"", "x"}) {
    given::Member member(running);
    member.send(RawClient::frame(0x82, payload));
    CHECK(member.read_close_code() == 1003);
    CHECK(member.gone(2s));
  }
}

TEST_CASE("a message over 1 MiB closes with 1009, in one frame, in many, or only declared") {
  const given::RunningFront running;
  {
    given::Member member(running);
    member.send(RawClient::text(std::string(1'048'577, 'x')));
    CHECK(member.read_close_code() == 1009);
  }
  {
    given::Member member(running);
    member.send(RawClient::frame(0x01, std::string(600'000, 'x')));
    member.send(RawClient::frame(0x80, std::string(600'000, 'x')));
    CHECK(member.read_close_code() == 1009);
  }
  given::Member member(running);
  member.send(std::string("\x81\xff", 2) + std::string(1, '\x7f') + std::string(7, '\xff') + std::string(4, '\0'));
  CHECK(member.read_close_code() == 1009);
}

TEST_CASE("a stranger's message is at most 4 KiB") {
  const given::RunningFront running;
  RawClient stranger(running.front.port());
  REQUIRE(stranger.upgrade());
  stranger.send(RawClient::text(std::string(4'097, 'x')));
  CHECK(stranger.read_close_code() == 1009);
}

TEST_CASE("what breaks RFC 6455 closes with 1002, and text that is no UTF-8 with 1007") {
  const given::RunningFront running;
  const std::vector<std::pair<std::string, unsigned>> wrongs{
      {RawClient::frame(0x81, "unmasked", false), 1002},
      {RawClient::frame(0xc1, "rsv1"), 1002},
      {RawClient::frame(0xa1, "rsv2"), 1002},
      {RawClient::frame(0x91, "rsv3"), 1002},
      {RawClient::frame(0x83, "opcode 3"), 1002},
      {RawClient::frame(0x8b, "opcode 11"), 1002},
      {RawClient::frame(0x80, "nothing to continue"), 1002},
      {RawClient::frame(0x01, "a") + RawClient::frame(0x81, "b"), 1002},
      {RawClient::frame(0x09, "fragmented ping"), 1002},
      {RawClient::frame(0x89, std::string(126, 'p')), 1002},
      {RawClient::frame(0x88, "x"), 1002},
      {RawClient::close(1005), 1002},
      {RawClient::close(999), 1002},
      {RawClient::frame(0x81, "\xc0\xaf"), 1007},
      {RawClient::frame(0x81, "\xed\xa0\x80"), 1007},
      {RawClient::frame(0x01, "\xf4\x90"), 1007},
  };
  for (std::size_t i = 0; i < wrongs.size(); ++i) {
    given::Member member(running);
    member.send(wrongs[i].first);
    INFO(i);
    CHECK(member.read_close_code() == wrongs[i].second);
    CHECK(member.gone(2s));
  }
}

TEST_CASE("a close is answered with the same code and the connection ends") {
  const given::RunningFront running;
  given::Member member(running);
  member.send(RawClient::close(1000));
  CHECK(member.read_close_code() == 1000);
  CHECK(member.gone(2s));
}

TEST_CASE("a message that is not whole in time closes with 1008, though bytes keep coming") {
  const given::RunningFront running;
  given::Member member(running);
  member.send(RawClient::frame(0x01, "slow"));
  const auto begin = std::chrono::steady_clock::now();
  bool open = true;
  while (open && std::chrono::steady_clock::now() - begin < 3s) {
    open = member.send(RawClient::frame(0x00, "s"));
    if (const auto frame = member.read_frame(50ms)) {
      CHECK(frame->close_code() == 1008);
      break;
    }
  }
  CHECK(std::chrono::steady_clock::now() - begin < 2s);
  CHECK(member.gone(2s));
}

TEST_CASE("a header that never ends is a slow message too") {
  const given::RunningFront running;
  given::Member member(running);
  member.send(std::string_view("\x81", 1));
  CHECK(member.read_close_code(3s) == 1008);
}

TEST_CASE("one message after another without a pause is not one slow message") {
  const given::RunningFront running;
  given::Member member(running);
  const auto until = std::chrono::steady_clock::now() + 1'500ms;
  std::string rest = RawClient::text("m").substr(0, 3);
  member.send(rest);
  // Each write ends one message and begins the next, so that at no moment none is open.
  const auto whole = RawClient::text("m");
  while (std::chrono::steady_clock::now() < until) {
    REQUIRE(member.send(whole.substr(3) + whole.substr(0, 3)));
    const auto echo = member.read_frame();
    REQUIRE(echo);
    REQUIRE(echo->payload == "m");
    std::this_thread::sleep_for(5ms);
  }
}

TEST_CASE("a message that waits because answers are not read yet is not a slow message") {
  auto settings = given::RunningFront::quick();
  settings.budget.queue_bytes = 64U << 20U;
  const given::RunningFront running(std::move(settings));
  given::Member member(running);
  const auto next = RawClient::text("next");
  // 25 MB of answers, more than the kernel takes, and the beginning of another message behind the question.
  member.send(RawClient::text("flood 250") + next.substr(0, 5));
  std::this_thread::sleep_for(1'200ms);
  member.send(next.substr(5));
  for (int i = 0; i < 250; ++i) REQUIRE(member.read_frame());
  const auto echo = member.read_frame();
  REQUIRE(echo);
  CHECK(echo->payload == "next");
}

TEST_CASE("a thousand frames are a message, and one more closes with 1008") {
  const given::RunningFront running;
  given::Member member(running);
  member.send(RawClient::frame(0x01, "a") + repeat(RawClient::frame(0x00, "b"), 998) + RawClient::frame(0x80, "c"));
  const auto echo = member.read_frame();
  REQUIRE(echo);
  CHECK(echo->payload.size() == 1'000);
  member.send(RawClient::frame(0x01, "a") + repeat(RawClient::frame(0x00, "b"), 1'000));
  CHECK(member.read_close_code() == 1008);
}

TEST_CASE("a hundred thousand empty continuation frames are ended after a thousand, and others go on") {
  const given::RunningFront running;
  given::Member attacker(running), other(running);
  attacker.send(RawClient::frame(0x01, ""));
  const auto many = repeat(RawClient::frame(0x00, ""), 1'000);
  std::thread attack([&] {
    for (int i = 0; i < 100 && attacker.send(many); ++i) {
    }
  });
  other.send(RawClient::text("still here"));
  CHECK(other.read_frame()->payload == "still here");
  CHECK(attacker.read_close_code() == 1008);
  attack.join();
  CHECK(attacker.gone(2s));
}

TEST_CASE("a flood of pings is ended with 1008, ten at once are answered") {
  const given::RunningFront running;
  given::Member member(running);
  member.send(repeat(RawClient::frame(0x89, "ten"), 10));
  for (int i = 0; i < 10; ++i) {
    const auto pong = member.read_frame();
    REQUIRE(pong);
    CHECK(pong->first == 0x8a);
    CHECK(pong->payload == "ten");
  }
  const auto many = repeat(RawClient::frame(0x89, std::string(125, 'p')), 1'000);
  std::thread attack([&] {
    for (int i = 0; i < 200 && member.send(many); ++i) {
    }
  });
  CHECK(member.read_close_code() == 1008);
  attack.join();
  CHECK(member.gone(2s));
}

TEST_CASE("a peer that goes on sending after the close is cut off at the deadline") {
  const given::RunningFront running;
  given::Member member(running);
  member.send(RawClient::text("leave"));
  CHECK(member.read_close_code() == 4002);
  const auto begin = std::chrono::steady_clock::now();
  while (member.send(RawClient::text("and another thing")) && std::chrono::steady_clock::now() - begin < 3s) {
    std::this_thread::sleep_for(20ms);
  }
  CHECK(std::chrono::steady_clock::now() - begin < 2s);
}

TEST_CASE("a peer that breaks the protocol and floods on does not hold its shard") {
  auto settings = given::RunningFront::quick();
  settings.shards = 1;
  const given::RunningFront running(std::move(settings));
  given::Member attacker(running), other(running);
  attacker.send(RawClient::frame(0x83, "x"));
  std::thread attack([&] {
    const std::string junk(65'536, 'j');
    for (int i = 0; i < 1'000 && attacker.send(junk); ++i) {
    }
  });
  other.send(RawClient::text("still here"));
  const auto echo = other.read_frame(1s);
  attack.join();
  REQUIRE(echo);
  CHECK(echo->payload == "still here");
}

TEST_CASE("a reader that does not read is dropped, and its queue stays bounded") {
  auto settings = given::RunningFront::quick();
  settings.timing.closing = 20s;  // this reader comes back, and a busy machine may let it wait
  const given::RunningFront running(std::move(settings));
  given::Member member(running);
  member.send(RawClient::text("flood 200"));  // 20 MB against a queue of 4 MiB
  std::this_thread::sleep_for(500ms);
  unsigned messages = 0, code = 0;
  while (const auto frame = member.read_frame(3s)) {
    if (frame->opcode() == 8) code = frame->close_code();
    if (frame->opcode() == 1) ++messages;
  }
  CHECK(code == 1013);
  CHECK(messages < 60);
}

TEST_CASE("a peer that takes nothing for too long is dropped") {
  auto settings = given::RunningFront::quick();
  settings.timing.write = 300ms;
  settings.budget.queue_bytes = 64U << 20U;  // more than the kernel's buffers, so that a write stays in flight
  given::RunningFront running(std::move(settings));
  given::Member member(running);
  member.send(RawClient::text("flood 250"));
  const auto until = std::chrono::steady_clock::now() + 3s;
  while (running.front.metrics().connections > 0 && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(10ms);
  }
  CHECK(running.front.metrics().connections == 0);
}

TEST_CASE("a silent connection is pinged, kept while it answers and dropped when it does not") {
  auto settings = given::RunningFront::quick();
  settings.timing.ping = 200ms;
  settings.timing.silence = 600ms;
  const given::RunningFront running(std::move(settings));
  given::Member lively(running), dead(running);
  const auto until = std::chrono::steady_clock::now() + 1'500ms;
  while (std::chrono::steady_clock::now() < until) {
    const auto ping = lively.read_frame(1s);
    REQUIRE(ping);
    REQUIRE(ping->first == 0x89);
    REQUIRE(lively.send(RawClient::frame(0x8a, ping->payload)));
  }
  CHECK(dead.gone(1s));
  lively.send(RawClient::text("alive"));
  std::optional<RawClient::Frame> frame;
  do {
    frame = lively.read_frame();
  } while (frame && frame->opcode() == 9);
  REQUIRE(frame);
  CHECK(frame->payload == "alive");
}

TEST_CASE("one text goes to all that are named, on every shard, in order, and to nobody else") {
  given::RunningFront running;
  std::vector<std::unique_ptr<given::Member>> members;
  std::vector<Connection> ids;
  for (int i = 0; i < 20; ++i) {
    members.push_back(std::make_unique<given::Member>(running));
    if (i != 7) ids.push_back(members.back()->id);
  }
  ids.push_back(999'999);  // one that has gone
  for (int i = 0; i < 50; ++i) {
    running.front.deliver({Mail{ids, std::make_shared<const std::string>("batch " + std::to_string(i))}});
  }
  running.front.deliver({Mail{{members[7]->id}, std::make_shared<const std::string>("for you alone")}});
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i == 7) {
      CHECK(members[i]->read_frame()->payload == "for you alone");
      continue;
    }
    for (int batch = 0; batch < 50; ++batch) {
      const auto frame = members[i]->read_frame();
      REQUIRE(frame);
      REQUIRE(frame->payload == "batch " + std::to_string(batch));
    }
  }
}

TEST_CASE("the conference may end a connection with a code of its own, after what was queued before") {
  given::RunningFront running;
  given::Member member(running);
  running.front.deliver({Mail{{member.id}, std::make_shared<const std::string>("last words")}});
  running.front.close(member.id, Close::revoked);
  CHECK(member.read_frame()->payload == "last words");
  CHECK(member.read_close_code() == 4004);
  CHECK(member.gone(2s));
}

TEST_CASE("a stop tells every member 1012 and is done in time, though one does not answer") {
  auto running = std::make_unique<given::RunningFront>();
  given::Member polite(*running), rude(*running);
  std::thread answer([&] {
    CHECK(polite.read_close_code() == 1012);
    polite.send(RawClient::close(1012));
  });
  const auto begin = std::chrono::steady_clock::now();
  running->front.stop(3s);
  answer.join();
  CHECK(std::chrono::steady_clock::now() - begin < 2s);
  CHECK(rude.read_close_code() == 1012);
  CHECK(running->front.metrics().connections == 0);
}

TEST_CASE("what is counted adds up") {
  given::RunningFront running;
  {
    given::Member member(running);
    CHECK(running.front.metrics().websockets == 1);
    member.send(RawClient::frame(0x82, "x"));
    CHECK(member.read_close_code() == 1003);
    CHECK(member.gone(2s));
  }
  const auto until = std::chrono::steady_clock::now() + 2s;
  while (running.front.metrics().connections > 0 && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(10ms);
  CHECK(running.front.metrics().connections == 0);
  CHECK(running.front.metrics().websockets == 0);
  const auto text = running.front.metrics().text();
  CHECK(text.find("kasane_ws_closed_total{code=\"1003\"} 1\n") != std::string::npos);
  CHECK(text.find("kasane_http_replies_total{class=\"1xx\"} 1\n") != std::string::npos);
  CHECK(text.find("kasane_ws_messages_total{dir=\"in\"} 1\n") != std::string::npos);
}
