#include "server/session/session.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "crypto/device.hpp"
#include "crypto/signed_input.hpp"
#include "server/wire/limits.hpp"

using namespace kasane;
using namespace std::chrono_literals;
using session::Close;

namespace {

const auto noon = session::Clock::time_point(12h);
constexpr std::string_view log_name = "machi/0123456789abcdef#00";

struct FakeChannel final : session::Channel {
  std::vector<std::string> sent;
  std::vector<Close> closed;
  void send(session::Text text) override { sent.push_back(*text); }
  void close(Close code) override { closed.push_back(code); }
};

struct FakeConference final : session::Conference {
  std::shared_ptr<conference::Keyring> ring = std::make_shared<conference::Keyring>();
  std::vector<std::pair<conference::Connection, conference::Authenticated>> attached;
  std::vector<std::pair<conference::Connection, wire::Request>> requests;
  std::vector<conference::Connection> detached;
  wire::Hello hello() const override {
    wire::Hello hello;
    hello.log = log_name;
    return hello;
  }
  std::shared_ptr<const conference::Keyring> keyring() const override { return ring; }
  void attach(conference::Connection id, conference::Authenticated who) override {
    attached.emplace_back(id, std::move(who));
  }
  bool full = false;
  bool request(conference::Connection id, wire::Request ask) override {
    if (!full) requests.emplace_back(id, std::move(ask));
    return !full;
  }
  void detach(conference::Connection id) override { detached.push_back(id); }
};

/// A conference with one person's device, and one connection to it.
struct Connected {
  FakeConference conference;
  session::Devices devices{{16, 50, 200}};
  FakeChannel channel;
  crypto::Device device = crypto::device_generate();
  std::optional<session::Session> talk;
  explicit Connected(std::string origin = "") {
    conference.ring->keys()[device.id] = {device.signing.public_key, "p-dan", true};
    talk.emplace(channel, conference, devices, 7, std::move(origin));
    talk->open(noon);
  }
  std::string nonce() const {
    const auto at = channel.sent.at(0).find("\"nonce\":\"") + 9;
    return channel.sent.at(0).substr(at, 32);
  }
  /// The `authenticate` of this device, signed over what is given.
  std::string authenticate(std::string_view origin, std::string_view log = log_name,
                           const std::string& server_nonce = {}, const std::string& lang = {}) const {
    const auto theirs = crypto::from_hex<crypto::Nonce>(server_nonce.empty() ? nonce() : server_nonce);
    crypto::Nonce ours;
    ours.bytes.fill(9);
    const auto input = crypto::auth_input(log, origin, *theirs, ours);
    return R"({"jsonrpc":"2.0","id":1,"method":"authenticate","params":{"device":")" + device.id + R"(","nonce":")" +
           crypto::hex(ours) + R"(","signature":")" + crypto::base64(crypto::sign(device.signing.private_key, input)) +
           (lang.empty() ? "\"}}" : "\",\"lang\":\"" + lang + "\"}}");
  }
  void enter() { talk->receive(authenticate(""), noon); }
};

std::string ping(int id) {
  return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) +
         R"(,"method":"ping","params":{"nonce":"00000000000000000000000000000000"}})";
}

}  // namespace

TEST_CASE("the server speaks first, with a nonce of its own for each connection") {
  Connected one, two;
  CHECK(one.channel.sent.size() == 1);
  CHECK(one.channel.sent[0].find("\"method\":\"hello\"") != std::string::npos);
  CHECK(one.nonce() != two.nonce());
}

TEST_CASE("a device that signs nonce, log and origin is let in as its person") {
  Connected with("https://kasane.example");
  with.talk->receive(with.authenticate("https://kasane.example"), noon);
  REQUIRE(with.conference.attached.size() == 1);
  CHECK(with.conference.attached[0].first == 7);
  CHECK(with.conference.attached[0].second.person == "p-dan");
  CHECK(with.conference.attached[0].second.device == with.device.id);
  CHECK(with.conference.attached[0].second.request_id == "1");
  CHECK(with.talk->authenticated());
  CHECK(with.channel.closed.empty());
}

TEST_CASE("a signature for another origin, log or connection, of a stranger or of a revoked device, closes with 4002") {
  SECTION("another origin") {
    Connected with("https://kasane.example");
    with.talk->receive(with.authenticate("https://evil.example"), noon);
    CHECK(with.channel.closed == std::vector{Close::refused});
    CHECK(with.conference.attached.empty());
  }
  SECTION("another log") {
    Connected with;
    with.talk->receive(with.authenticate("", "machi/ffffffffffffffff#00"), noon);
    CHECK(with.channel.closed == std::vector{Close::refused});
  }
  SECTION("a replay from another connection") {
    Connected earlier, with;
    with.conference.ring->keys() = earlier.conference.ring->keys();
    with.talk->receive(earlier.authenticate(""), noon);
    CHECK(with.channel.closed == std::vector{Close::refused});
  }
  SECTION("a stranger") {
    Connected with;
    with.conference.ring->keys().clear();
    with.enter();
    CHECK(with.channel.closed == std::vector{Close::refused});
  }
  SECTION("a revoked device") {
    Connected with;
    with.conference.ring->keys().at(with.device.id).live = false;
    with.enter();
    CHECK(with.channel.closed == std::vector{Close::refused});
  }
  SECTION("another device's key") {
    Connected with;
    with.conference.ring->keys().at(with.device.id).sign = crypto::device_generate().signing.public_key;
    with.enter();
    CHECK(with.channel.closed == std::vector{Close::refused});
  }
}

TEST_CASE("before authenticate nothing else is answered") {
  for (const auto& message : {ping(1), std::string("{}"), std::string("not json"), std::string(),
                              std::string(R"([{"jsonrpc":"2.0","id":1,"method":"authenticate"}])")}) {
    Connected with;
    with.talk->receive(message, noon);
    CHECK(with.channel.closed == std::vector{Close::unauthenticated});
    CHECK(with.channel.sent.size() == 1);  // the hello alone
    CHECK(with.conference.requests.empty());
  }
}

TEST_CASE("who does not authenticate within ten seconds is closed with 4001, who did is not") {
  Connected with;
  with.talk->tick(noon + 9'999ms);
  CHECK(with.channel.closed.empty());
  with.talk->tick(noon + 10s);
  CHECK(with.channel.closed == std::vector{Close::unauthenticated});
  Connected known;
  known.enter();
  known.talk->tick(noon + 1h);
  CHECK(known.channel.closed.empty());
}

TEST_CASE("requests go to the conference, in order and under their connection") {
  Connected with;
  with.enter();
  with.talk->receive(ping(5), noon);
  with.talk->receive(ping(6), noon);
  REQUIRE(with.conference.requests.size() == 2);
  CHECK(with.conference.requests[0].first == 7);
  CHECK(with.conference.requests[0].second.id == "5");
  CHECK(with.conference.requests[1].second.id == "6");
}

TEST_CASE("what is no request is answered with an error and its id, and the connection goes on") {
  Connected with;
  with.enter();
  with.talk->receive("{", noon);
  with.talk->receive(R"({"jsonrpc":"2.0","id":9,"method":"no_such_method","params":{}})", noon);
  with.talk->receive(with.authenticate(""), noon);
  REQUIRE(with.channel.sent.size() == 4);
  CHECK(with.channel.sent[1].find("\"code\":-32700") != std::string::npos);
  CHECK(with.channel.sent[2].find("\"code\":-32601") != std::string::npos);
  CHECK(with.channel.sent[2].find("\"id\":9") != std::string::npos);
  CHECK(with.channel.sent[3].find("\"code\":-32600") != std::string::npos);  // a second authenticate
  CHECK(with.channel.closed.empty());
  CHECK(with.conference.requests.empty());
}

TEST_CASE("sixty-four requests may wait for their answers, one more closes with 1008") {
  Connected with;
  with.enter();
  with.talk->delivering(R"({"jsonrpc":"2.0","id":1,"result":{}})");
  for (int i = 0; i < 64; ++i) with.talk->receive(ping(i), noon);
  CHECK(with.conference.requests.size() == 64);
  with.talk->delivering(R"({"jsonrpc":"2.0","id":0,"result":{}})");
  with.talk->receive(ping(64), noon);
  CHECK(with.conference.requests.size() == 65);
  with.talk->delivering(R"({"jsonrpc":"2.0","method":"batch","params":{}})");  // no answer: makes no room
  with.talk->receive(ping(65), noon);
  CHECK(with.conference.requests.size() == 65);
  CHECK(with.channel.closed == std::vector{Close::budget});
}

TEST_CASE("while too many requests wait, one more is told so in the connection's language and the connection goes on") {
  const auto [lang, sentence] = GENERATE(
      table<std::string, std::string>({{"", std::string(wire::sentence(wire::Fault::busy, wire::Language::ja))},
                                       {"en", std::string(wire::sentence(wire::Fault::busy, wire::Language::en))}}));
  Connected at;
  at.talk->receive(at.authenticate("", log_name, {}, lang), noon);
  at.conference.full = true;
  for (int i = 0; i < 80; ++i) at.talk->receive(ping(i), noon);  // none of them is in flight
  CHECK(at.channel.closed.empty());
  REQUIRE(at.channel.sent.size() == 81);
  CHECK(at.channel.sent.back().find("\"reason\":\"BUSY\"") != std::string::npos);
  CHECK(at.channel.sent.back().find(sentence) != std::string::npos);
  at.conference.full = false;
  at.talk->receive(ping(80), noon);
  CHECK(at.conference.requests.size() == 1);
}

TEST_CASE("more than a device's allowance of requests closes with 1008, read or not") {
  Connected with;
  with.enter();
  for (int i = 0; i < 200; ++i) with.talk->receive("{", noon);
  CHECK(with.channel.closed.empty());
  with.talk->receive("{", noon);
  CHECK(with.channel.closed == std::vector{Close::budget});
  with.channel.closed.clear();
  with.talk->receive("{", noon + 1s);
  CHECK(with.channel.closed.empty());
}

TEST_CASE("a seventeenth connection of a device is closed with 4003") {
  Connected with;
  std::vector<session::Devices::Place> places;
  for (int i = 0; i < 16; ++i) places.push_back(with.devices.join(with.device.id, noon));
  with.enter();
  CHECK(with.channel.closed == std::vector{Close::crowded});
  CHECK(with.conference.attached.empty());
}

TEST_CASE("the conference hears of the end of a member's connection, and of no stranger's") {
  Connected member;
  member.enter();
  member.talk.reset();
  CHECK(member.conference.detached == std::vector<conference::Connection>{7});
  Connected stranger;
  stranger.talk.reset();
  CHECK(stranger.conference.detached.empty());
}
