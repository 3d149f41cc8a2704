#pragma once

#include <memory>
#include <string>

#include "server/net/front.hpp"
#include "server/session/conversation.hpp"
#include "tests/net/raw_client.hpp"

namespace kasane::net::given {

/// The conversation of these tests: it greets, echoes, and at a word of command does what a session may do. What is
/// tested is the road, so the traveller is plain.
class Echo final : public session::Conversation {
 public:
  Echo(session::Channel& channel, Connection id, std::string origin)
      : channel_(channel), id_(id), origin_(std::move(origin)) {}

  void open(session::Clock::time_point) override { say("hello " + std::to_string(id_) + " " + origin_); }
  void receive(std::string_view message, session::Clock::time_point) override {
    if (message == "enter") authenticated_ = true;
    if (message == "leave") return channel_.close(session::Close::refused);
    if (message.starts_with("flood ")) {
      for (auto left = std::stoul(std::string(message.substr(6))); left > 0; --left) say(std::string(100'000, 'f'));
      return;
    }
    say(std::string(message));
  }
  void tick(session::Clock::time_point) override {}
  void delivering(std::string_view) override {}
  [[nodiscard]] bool authenticated() const override { return authenticated_; }

 private:
  void say(std::string text) { channel_.send(std::make_shared<const std::string>(std::move(text))); }
  session::Channel& channel_;
  Connection id_;
  std::string origin_;
  bool authenticated_ = false;
};

inline Reply a_page(const Head& head) {
  if (head.method != "GET" && head.method != "HEAD") return plain(405, "Only GET and HEAD.\n");
  return plain(head.target == "/" ? 200 : 404, std::string(head.target));
}

/// A front on a free port, running, with deadlines a tenth to a fiftieth of the real ones.
struct RunningFront {
  explicit RunningFront(FrontSettings settings = quick()) : front(std::move(settings), a_page, a_page, &converse) {
    front.start();
  }
  static FrontSettings quick() {
    using namespace std::chrono_literals;
    FrontSettings settings;
    settings.shards = 2;
    settings.admin_port = 0;
    settings.timing = {.tick = 20ms,
                       .handshake = 400ms,
                       .reply = 2s,
                       .message = 600ms,
                       .ping = 10s,
                       .silence = 20s,
                       .write = 2s,
                       .closing = 500ms};
    return settings;
  }
  static std::unique_ptr<session::Conversation> converse(session::Channel& channel, Connection id, std::string origin) {
    return std::make_unique<Echo>(channel, id, std::move(origin));
  }
  Front front;
};

/// Upgraded, greeted, and past the small limits of strangers.
struct Member : RawClient {
  explicit Member(const RunningFront& running) : RawClient(running.front.port()) {
    if (!upgrade()) throw std::runtime_error("no upgrade");
    const auto hello = read_frame();
    if (!hello) throw std::runtime_error("no hello");
    id = std::stoull(hello->payload.substr(6));
    send(text("enter"));
    if (const auto echo = read_frame(); !echo || echo->payload != "enter") throw std::runtime_error("no echo");
  }
  Connection id = 0;
};

}  // namespace kasane::net::given
