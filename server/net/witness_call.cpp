// The client's side of HTTP, for the witnesses alone. One of the three files that include Beast.
#include "server/net/witness_call.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <memory>
#include <utility>

#include "server/net/ending.hpp"

namespace kasane::net {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::uint32_t head_bytes = 8'192;

/// Owner: the operations in flight. Thread: the context's.
class Call final : public std::enable_shared_from_this<Call> {
 public:
  Call(asio::io_context& context, WitnessCall call, std::function<void(Called)> done)
      : call_(std::move(call)), done_(std::move(done)), socket_(context), deadline_(context) {}

  void go();

 private:
  void write();
  void read();
  void took(error_code error);
  void end(Called called);

  WitnessCall call_;
  std::function<void(Called)> done_;
  tcp::socket socket_;
  asio::steady_timer deadline_;
  http::request<http::string_body> request_;
  boost::beast::flat_buffer buffer_{head_bytes + 1'024};
  http::response_parser<http::string_body> parser_;
};

void Call::go() {
  error_code error;
  const auto address = asio::ip::make_address(call_.address, error);
  if (error) return end({Called::How::unreachable, 0, {}, {}});
  deadline_.expires_after(call_.within);
  deadline_.async_wait([self = shared_from_this()](error_code cancelled) {
    if (!cancelled) self->end({Called::How::slow, 0, {}, {}});
  });
  socket_.async_connect(tcp::endpoint(address, call_.port), [self = shared_from_this()](error_code refused) {
    if (refused) return self->end({Called::How::unreachable, 0, {}, {}});
    self->write();
  });
}

void Call::write() {
  request_ = {http::verb::post, call_.target, 11};
  request_.set(http::field::host, call_.host);
  request_.set(http::field::connection, "close");
  request_.set(http::field::content_type, "text/plain; charset=utf-8");
  request_.body() = std::move(call_.body);
  request_.prepare_payload();
  http::async_write(socket_, request_, [self = shared_from_this()](error_code error, std::size_t) {
    // It may have answered and hung up before it took all: its answer says more than the broken line.
    if (error && error != asio::error::broken_pipe && error != asio::error::connection_reset)
      return self->end({Called::How::unreachable, 0, {}, {}});
    self->read();
  });
}

void Call::read() {
  parser_.header_limit(head_bytes);
  parser_.body_limit(call_.answer_bytes);
  http::async_read(socket_, buffer_, parser_,
                   [self = shared_from_this()](error_code error, std::size_t) { self->took(error); });
}

void Call::took(error_code error) {
  if (!error) {
    auto& answer = parser_.get();
    const auto type = answer[http::field::content_type];
    return end({Called::How::answered, answer.result_int(), {type.data(), type.size()}, std::move(answer.body())});
  }
  if (error == http::error::body_limit || error == http::error::header_limit || error == http::error::buffer_overflow)
    return end({Called::How::too_large, 0, {}, {}});
  const bool of_http = error.category() == http::make_error_code(http::error::bad_method).category();
  end({of_http && error != http::error::end_of_stream ? Called::How::malformed : Called::How::unreachable, 0, {}, {}});
}

void Call::end(Called called) {
  if (!done_) return;  // the other of answer and deadline came first
  deadline_.cancel();
  hang_up(socket_);
  std::exchange(done_, nullptr)(std::move(called));
}

}  // namespace

void post_to_witness(asio::io_context& context, WitnessCall call, std::function<void(Called)> done) {
  std::make_shared<Call>(context, std::move(call), std::move(done))->go();
}

}  // namespace kasane::net
