// One WebSocket connection. One of the three files that include Beast.
#include "server/net/peer.hpp"

#include <algorithm>
#include <array>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <utility>

#include "server/net/ending.hpp"
#include "server/net/metered_socket.hpp"
#include "server/net/upgrade.hpp"
#include "server/net/upgraded.hpp"
#include "server/session/allowance.hpp"
#include "server/session/outbox.hpp"

namespace kasane::net {
namespace {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;
using session::Clock;

constexpr std::size_t idle_read_bytes = 512;     // what waits on an idle connection
constexpr std::size_t busy_read_bytes = 16'384;  // once a message is longer than that
constexpr std::size_t pause_bytes = 1U << 20U;   // unread answers from which on no further request is read

/// Owner: its shard, and the operations in flight. Thread: the shard's.
class Peer final : public Line, public session::Channel, public SocketWatch, public std::enable_shared_from_this<Peer> {
 public:
  Peer(Shard& shard, Connection id, asio::ip::tcp::socket socket, const PeerSettings& settings)
      : shard_(shard),
        id_(id),
        settings_(settings),
        stream_(std::move(socket), settings.budget.frames_a_message, *this),
        outbox_(settings.budget.queue_messages, settings.budget.queue_bytes),
        sender_(outbox_),
        control_frames_(settings.budget.control_frames_a_second, settings.budget.control_frames_at_once),
        last_active_(Clock::now()),
        deadline_(last_active_ + shard.timing.handshake) {
    ++shard_.metrics.websockets;
  }
  ~Peer() override { --shard_.metrics.websockets; }

  void accept(UpgradeRequest request) {
    stream_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
      response.set(boost::beast::http::field::sec_websocket_protocol, subprotocol);
      response.set(boost::beast::http::field::server, "kasane");  // else Beast writes its name and version
    }));
    stream_.auto_fragment(false);
    stream_.text(true);
    stream_.read_message_max(settings_.budget.message_bytes_before_authentication);
    auto origin = std::string(request[boost::beast::http::field::origin]);
    auto kept = std::make_shared<UpgradeRequest>(std::move(request));
    stream_.async_accept(*kept, [self = shared_from_this(), kept, origin](error_code error) mutable {
      self->accepted(error, std::move(origin));
    });
  }

  // Line
  void tick(Clock::time_point now) override;
  void deliver(session::Text text) override {
    if (!session_ || closing_) return;
    session_->delivering(*text);
    queue(std::move(text));
  }
  void flush() override {
    if (session_) write();
  }
  void abort() override { hang_up(socket()); }

  // SocketWatch
  void bytes_read(std::size_t count) override;
  void say(std::string bytes, Sender::Done done) override;

  // Channel
  void send(session::Text text) override;
  void close(session::Close code) override;

 private:
  asio::ip::tcp::socket& socket() { return stream_.next_layer().next_layer(); }

  void accepted(error_code error, std::string origin) {
    if (error || closing_) return finish();
    deadline_ = {};
    session_ = settings_.converse(*this, id_, std::move(origin));
    session_->open(Clock::now());
    read();
  }

  void queue(session::Text text);
  void read();
  void took(error_code error, std::size_t count);
  void message_done();
  void write();
  void wait_for_room();
  void send_close();
  void ping(Clock::time_point now);
  void read_ended();
  void finish();

  Shard& shard_;
  Connection id_;
  const PeerSettings& settings_;
  websocket::stream<MeteredSocket, false> stream_;
  std::unique_ptr<session::Conversation> session_;
  std::string incoming_;        // the message in hand
  std::size_t have_bytes_ = 0;  // of it
  std::uint32_t message_ = 0;   // its number, as the meter counts
  session::Outbox outbox_;
  Sender sender_;
  session::Allowance control_frames_;
  Clock::time_point last_active_;
  Clock::time_point message_since_{};  // the message in hand began; zero: none
  Clock::time_point write_since_{};    // since when the peer takes nothing of what waits; zero: nothing waits
  Clock::time_point deadline_;         // of the upgrade, then of the close; zero: none
  session::Close code_{};
  bool closing_ = false;     // nothing more is read or queued
  bool close_sent_ = false;  // the codec has the close frame
  bool reading_ = false;     // a read is in flight
  bool blocked_ = false;     // the socket has no room; its having some is awaited
  bool pinging_ = false;
  bool draining_ = false;
  bool finished_ = false;
};

void Peer::read() {
  if (reading_ || closing_ || outbox_.bytes() > pause_bytes) return;
  reading_ = true;
  if (have_bytes_ == incoming_.size())  // then as much as the frame still has
    incoming_.resize(have_bytes_ == 0 ? idle_read_bytes
                                      : have_bytes_ + std::clamp<std::size_t>(stream_.read_size_hint(busy_read_bytes),
                                                                              idle_read_bytes, busy_read_bytes));
  stream_.async_read_some(
      asio::buffer(incoming_.data() + have_bytes_, incoming_.size() - have_bytes_),
      [self = shared_from_this()](error_code error, std::size_t count) { self->took(error, count); });
}

void Peer::took(error_code error, std::size_t count) {
  reading_ = false;
  if (error) return read_ended();
  if (closing_) return;
  have_bytes_ += count;
  if (!stream_.got_text()) return close(session::Close::unsupported);
  if (stream_.is_message_done()) message_done();
  read();
}

void Peer::message_done() {
  incoming_.resize(have_bytes_);
  ++shard_.metrics.messages_in;
  shard_.metrics.bytes_in += have_bytes_;
  // The buffer goes with the message: an idle connection keeps none of it.
  const auto message = std::exchange(incoming_, {});
  have_bytes_ = 0;
  const bool known = session_->authenticated();
  session_->receive(message, Clock::now());
  if (!known && session_->authenticated()) stream_.read_message_max(settings_.budget.message_bytes);
}

void Peer::bytes_read(std::size_t) {
  const auto now = Clock::now();
  last_active_ = now;
  auto& meter = stream_.next_layer().meter();
  if (meter.messages() != std::exchange(message_, meter.messages())) message_since_ = now;
  if (!meter.message_open()) message_since_ = {};
  const bool fair = control_frames_.take(now, meter.take_control_frames());
  if (fair && !meter.over_budget()) return;
  stream_.next_layer().park();
  asio::post(stream_.get_executor(), [self = shared_from_this()] { self->close(session::Close::budget); });
}

void Peer::queue(session::Text text) {
  if (closing_ || outbox_.push(std::move(text))) return;
  outbox_.keep_front();
  close(session::Close::too_slow);
}

void Peer::send(session::Text text) {
  queue(std::move(text));
  write();
}

void Peer::say(std::string bytes, Sender::Done done) {
  sender_.say(std::move(bytes), std::move(done));
  if (draining_ || finished_) return sender_.abandon();
  write();
}

void Peer::write() {
  if (blocked_ || draining_ || finished_) return;
  const auto messages = sender_.messages(), bytes = sender_.bytes();
  const auto state = sender_.flush(socket().native_handle());
  if (sender_.messages() != messages) {
    shard_.metrics.messages_out += sender_.messages() - messages;
    shard_.metrics.bytes_out += sender_.bytes() - bytes;
    last_active_ = Clock::now();
    write_since_ = {};
  }
  // Whoever calls is in the middle of something: the end comes in a turn of its own.
  if (state == Sender::State::failed)
    return asio::post(stream_.get_executor(),
                      [self = shared_from_this()] { self->draining_ ? void() : self->finish(); });
  if (state == Sender::State::blocked) return wait_for_room();
  write_since_ = {};
  send_close();
}

void Peer::wait_for_room() {
  blocked_ = true;
  if (write_since_ == Clock::time_point{}) write_since_ = Clock::now();
  socket().async_wait(asio::ip::tcp::socket::wait_write, [self = shared_from_this()](error_code error) {
    self->blocked_ = false;
    if (self->draining_ || self->finished_) return self->sender_.abandon();
    if (error) return self->finish();
    self->write();
    if (self->outbox_.bytes() <= pause_bytes) self->read();
  });
}

void Peer::close(session::Close code) {
  if (closing_ || finished_) return;
  closing_ = true;
  code_ = code;
  shard_.metrics.closed(code);
  deadline_ = Clock::now() + shard_.timing.closing;
  if (!session_) return abort();  // still upgrading
  write();
}

void Peer::send_close() {
  if (!closing_ || close_sent_ || !session_) return;
  close_sent_ = true;
  stream_.async_close(websocket::close_reason(static_cast<websocket::close_code>(code_)),
                      [self = shared_from_this()](error_code) {
                        if (!self->reading_) self->read_ended();
                      });
}

void Peer::ping(Clock::time_point now) {
  if (pinging_ || closing_ || now - last_active_ < shard_.timing.ping) return;
  pinging_ = true;
  stream_.async_ping({}, [self = shared_from_this()](error_code) { self->pinging_ = false; });
}

void Peer::tick(Clock::time_point now) {
  if (finished_) return;
  const auto none = Clock::time_point{};
  if (deadline_ != none) {
    if (now >= deadline_) abort();
    return;
  }
  if (now - last_active_ >= shard_.timing.silence) return abort();
  if (write_since_ != none && now - write_since_ >= shard_.timing.write) return abort();
  // While nothing is read for want of room, the slowness is ours.
  if (message_since_ != none && !reading_) message_since_ = now;
  if (message_since_ != none && now - message_since_ >= shard_.timing.message) return close(session::Close::budget);
  session_->tick(now);
  ping(now);
}

/// The codec reads no more: the peer has closed, broken the protocol (the codec has said so) or gone.
void Peer::read_ended() {
  if (finished_ || std::exchange(draining_, true)) return;
  closing_ = true;
  if (deadline_ == Clock::time_point{}) deadline_ = Clock::now() + shard_.timing.closing;
  session_.reset();
  incoming_ = {};
  if (!socket().is_open()) return finish();
  drain(socket(), [self = shared_from_this()] { self->finish(); });
}

void Peer::finish() {
  if (std::exchange(finished_, true)) return;
  closing_ = true;
  abort();
  sender_.abandon();
  session_.reset();
  --shard_.metrics.connections;
  shard_.release(id_);
}

}  // namespace

void open_peer(Shard& shard, Connection id, asio::ip::tcp::socket socket, UpgradeRequest request,
               const PeerSettings& settings) {
  const auto peer = std::make_shared<Peer>(shard, id, std::move(socket), settings);
  shard.hold(id, peer);
  peer->accept(std::move(request));
}

}  // namespace kasane::net
