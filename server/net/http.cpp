// One HTTP connection. One of the three files that include Beast.
#include "server/net/http.hpp"

#include <spdlog/fmt/fmt.h>

#include <array>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/beast/http/string_body.hpp>
#include <ctime>
#include <optional>
#include <utility>

#include "server/net/ending.hpp"
#include "server/net/upgrade.hpp"
#include "server/net/upgraded.hpp"

namespace kasane::net {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using session::Clock;

constexpr std::uint32_t head_bytes = 8'192;
constexpr unsigned requests_a_connection = 256;

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

/// Now, as RFC 9110 §5.6.7 writes it.
std::string date() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc)};
}

/// Owner: its shard, and the operations in flight. Thread: the shard's.
class HttpLine final : public Line, public std::enable_shared_from_this<HttpLine> {
 public:
  HttpLine(Shard& shard, Connection id, asio::ip::tcp::socket socket, const Door& door)
      : shard_(shard), id_(id), door_(door), socket_(std::move(socket)) {}

  void read();

  // Line
  void tick(Clock::time_point now) override {
    if (now >= deadline_) abort();
  }
  void deliver(session::Text) override {}
  void flush() override {}
  void close(session::Close) override { abort(); }
  void abort() override { hang_up(socket_); }

 private:
  void took(error_code error);
  void read_body();
  void answer();
  void upgrade();
  void write(const Reply& reply, bool keep_open);
  void end();
  void finish();
  [[nodiscard]] Head head() const;

  Shard& shard_;
  Connection id_;
  const Door& door_;
  asio::ip::tcp::socket socket_;
  boost::beast::flat_buffer buffer_{head_bytes + 1'024};
  std::optional<http::request_parser<http::empty_body>> parser_;
  std::optional<http::request_parser<http::string_body>> body_parser_;  // behind a door that takes bodies
  std::string head_text_, target_;
  std::shared_ptr<const std::string> body_;
  Clock::time_point deadline_{};
  unsigned requests_ = 0;
  bool finished_ = false;
};

void HttpLine::read() {
  deadline_ = Clock::now() + shard_.timing.handshake;
  parser_.emplace();
  parser_->header_limit(head_bytes);
  http::async_read_header(socket_, buffer_, *parser_,
                          [self = shared_from_this()](error_code error, std::size_t) { self->took(error); });
}

void HttpLine::took(error_code error) {
  if (!error) return answer();
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return write(plain(431, "The request head is too large.\n"), false);
  }
  // An error of the socket, or an end between two requests, is answered by nothing.
  if (error.category() != http::make_error_code(http::error::bad_method).category() ||
      error == http::error::end_of_stream) {
    return finish();
  }
  write(plain(400, "This is no HTTP request.\n"), false);
}

Head HttpLine::head() const {
  const auto& request = parser_->get();
  Head head;
  head.method = view(request.method_string());
  head.target = view(request.target());
  head.host = view(request[http::field::host]);
  head.origin = view(request[http::field::origin]);
  head.websocket_version = view(request[http::field::sec_websocket_version]);
  head.websocket_key = view(request[http::field::sec_websocket_key]);
  head.protocols = view(request[http::field::sec_websocket_protocol]);
  head.upgrade = request.version() >= 11 && http::token_list{request[http::field::connection]}.exists("upgrade") &&
                 http::token_list{request[http::field::upgrade]}.exists("websocket");
  return head;
}

void HttpLine::answer() {
  const auto& request = parser_->get();
  const auto asked = head();
  // Nothing here takes a body; reading on past one would let a second request hide in it (RFC 9112 §11.2).
  const bool has_body = parser_->chunked() || parser_->content_length().value_or(0) > 0;
  if (has_body && door_.take) return read_body();
  if (has_body) return write(plain(400, "No body is taken here.\n"), false);
  if (request.count(http::field::host) != 1) return write(plain(400, "One Host is required.\n"), false);
  if (door_.peers != nullptr && asked.target == websocket_path) {
    if (const auto refusal = refuse_upgrade(asked, *door_.origins)) return write(*refusal, false);
    // Frames before the 101 would be read by nobody's meter.
    if (buffer_.size() > 0) return write(plain(400, "Wait for the answer to the upgrade.\n"), false);
    return upgrade();
  }
  write(door_.respond(asked), request.keep_alive() && ++requests_ < requests_a_connection);
}

// A whole body within the handshake's time, and then the connection ends: nothing can hide behind it.
void HttpLine::read_body() {
  const Head asked = head();
  if (asked.method != "POST" || parser_->get().count(http::field::host) != 1 || parser_->chunked() ||
      parser_->content_length().value_or(0) > door_.body_bytes)
    return write(plain(413, "No such body is taken here.\n"), false);
  target_ = asked.target;
  body_parser_.emplace(std::move(*parser_));
  body_parser_->body_limit(door_.body_bytes);
  http::async_read(socket_, buffer_, *body_parser_, [self = shared_from_this()](error_code error, std::size_t) {
    if (error) return self->finish();
    self->write(self->door_.take(self->target_, self->body_parser_->get().body()), false);
  });
}

void HttpLine::upgrade() {
  finished_ = true;  // the peer takes the id over, and the count of connections
  shard_.metrics.replied(101);
  open_peer(shard_, id_, std::move(socket_), parser_->release(), *door_.peers);
}

void HttpLine::write(const Reply& reply, bool keep_open) {
  shard_.metrics.replied(reply.status);
  const auto status = static_cast<http::status>(reply.status);
  head_text_ = fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: {}\r\n",
                           reply.status, view(http::obsolete_reason(status)), date(), reply.type,
                           reply.body ? reply.body->size() : 0, keep_open ? "keep-alive" : "close");
  for (const auto& [name, value] : reply.headers) head_text_.append(name).append(": ").append(value).append("\r\n");
  head_text_ += "\r\n";
  const bool asked_for_head = !body_parser_ && parser_->is_header_done() && parser_->get().method() == http::verb::head;
  body_ = asked_for_head ? nullptr : reply.body;
  deadline_ = Clock::now() + shard_.timing.reply;
  const std::array<asio::const_buffer, 2> out{asio::buffer(head_text_),
                                              body_ ? asio::buffer(*body_) : asio::const_buffer{}};
  asio::async_write(socket_, out, [self = shared_from_this(), keep_open](error_code error, std::size_t) {
    self->body_.reset();
    if (error) return self->finish();
    if (keep_open) return self->read();
    self->end();
  });
}

void HttpLine::end() {
  end_sending(socket_);
  deadline_ = Clock::now() + shard_.timing.closing;
  drain(socket_, [self = shared_from_this()] { self->finish(); });
}

void HttpLine::finish() {
  if (std::exchange(finished_, true)) return;
  abort();
  --shard_.metrics.connections;
  shard_.release(id_);
}

}  // namespace

void open_http(Shard& shard, asio::ip::tcp::socket socket, const Door& door) {
  const auto id = shard.new_id();
  const auto line = std::make_shared<HttpLine>(shard, id, std::move(socket), door);
  shard.hold(id, line);
  line->read();
}

}  // namespace kasane::net
