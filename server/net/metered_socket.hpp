#pragma once

#include <algorithm>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/associator.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/role.hpp>
#include <cstddef>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "server/net/ending.hpp"
#include "server/net/frame_meter.hpp"
#include "server/net/sender.hpp"

namespace kasane::net {

/// Who is told of each read below the codec, and sends what it has to say.
class SocketWatch {
 public:
  /// After the meter has taken the bytes, before the codec sees them. Must not touch the stream: post instead.
  virtual void bytes_read(std::size_t count) = 0;
  /// A control frame, or the answer to the upgrade: a few hundred bytes. `done` may be called at once.
  virtual void say(std::string bytes, Sender::Done done) = 0;

 protected:
  ~SocketWatch() = default;
};

/// The layer under `websocket::stream`: a socket whose incoming bytes pass a `FrameMeter`. Once parked it reads nothing
/// more: the codec's read waits until the socket is closed, so that a peer over its budget costs no further turn while
/// the close frame goes out. Private to the files that include Beast.
class MeteredSocket {
 public:
  using next_layer_type = boost::asio::ip::tcp::socket;
  using executor_type = next_layer_type::executor_type;

  MeteredSocket(next_layer_type socket, std::uint32_t frames_a_message, SocketWatch& watch)
      : socket_(std::move(socket)), meter_(frames_a_message), watch_(watch) {}

  executor_type get_executor() noexcept { return socket_.get_executor(); }
  next_layer_type& next_layer() noexcept { return socket_; }
  const next_layer_type& next_layer() const noexcept { return socket_; }
  FrameMeter& meter() { return meter_; }
  void park() { parked_ = true; }

  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token);
  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token);

  template <class Buffers>
  void observe(const Buffers& buffers, std::size_t count) {
    auto left = count;
    const auto end = boost::asio::buffer_sequence_end(buffers);
    for (auto part = boost::asio::buffer_sequence_begin(buffers); left > 0 && part != end; ++part) {
      const boost::asio::const_buffer bytes = *part;
      const auto step = std::min(left, bytes.size());
      meter_.take({static_cast<const std::byte*>(bytes.data()), step});
      left -= step;
    }
    if (count > 0) watch_.bytes_read(count);
  }

 private:
  next_layer_type socket_;
  FrameMeter meter_;
  SocketWatch& watch_;
  bool parked_ = false;
};

/// The codec's own handler, with the meter before it.
template <class Handler, class Buffers>
struct MeteredRead {
  MeteredSocket& socket;
  Buffers buffers;
  Handler inner;
  void operator()(boost::system::error_code error, std::size_t count) {
    socket.observe(buffers, count);
    std::move(inner)(error, count);
  }
};

template <class Handler>
struct ParkedRead {
  Handler inner;
  void operator()(boost::system::error_code) {
    std::move(inner)(boost::system::error_code(boost::asio::error::operation_aborted), std::size_t{0});
  }
};

template <class Buffers, class Token>
auto MeteredSocket::async_read_some(const Buffers& buffers, Token&& token) {
  return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
      [this](auto&& handler, const Buffers& into) {
        using Handler = std::decay_t<decltype(handler)>;
        if (parked_) {
          socket_.async_wait(next_layer_type::wait_error,
                             ParkedRead<Handler>{std::forward<decltype(handler)>(handler)});
        } else {
          socket_.async_read_some(into,
                                  MeteredRead<Handler, Buffers>{*this, into, std::forward<decltype(handler)>(handler)});
        }
      },
      token, buffers);
}

template <class Buffers, class Token>
auto MeteredSocket::async_write_some(const Buffers& buffers, Token&& token) {
  return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
      [this](auto&& handler, const Buffers& from) {
        using Handler = std::decay_t<decltype(handler)>;
        std::string bytes(boost::asio::buffer_size(from), '\0');
        boost::asio::buffer_copy(boost::asio::buffer(bytes), from);
        // Shared, for a function can be copied and the codec's handlers cannot.
        const auto kept = std::make_shared<Handler>(std::forward<decltype(handler)>(handler));
        const auto executor = boost::asio::get_associated_executor(*kept, get_executor());
        watch_.say(std::move(bytes), [kept, executor](boost::system::error_code error, std::size_t count) {
          boost::asio::post(executor, [kept, error, count] { std::move (*kept)(error, count); });
        });
      },
      token, buffers);
}

/// RFC 6455 §7.1.1: the server ends its half. What the peer still sends is discarded by `Peer`, within bounds: Beast's
/// own teardown reads for as long as a flood lasts.
template <class Handler>
void async_teardown(boost::beast::role_type, MeteredSocket& socket, Handler&& handler) {
  end_sending(socket.next_layer());
  boost::asio::post(socket.get_executor(), [inner = std::forward<Handler>(handler)]() mutable {
    std::move(inner)(boost::system::error_code{});
  });
}

inline void beast_close_socket(MeteredSocket& socket) { hang_up(socket.next_layer()); }

}  // namespace kasane::net

namespace boost::asio {

// Both handlers run where the codec's handler would (Asio, "associated characteristics").
template <template <class, class> class Associator, class Handler, class Buffers, class Default>
struct associator<Associator, kasane::net::MeteredRead<Handler, Buffers>, Default> : Associator<Handler, Default> {
  static auto get(const kasane::net::MeteredRead<Handler, Buffers>& read) noexcept {
    return Associator<Handler, Default>::get(read.inner);
  }
  static auto get(const kasane::net::MeteredRead<Handler, Buffers>& read, const Default& fallback) noexcept {
    return Associator<Handler, Default>::get(read.inner, fallback);
  }
};

template <template <class, class> class Associator, class Handler, class Default>
struct associator<Associator, kasane::net::ParkedRead<Handler>, Default> : Associator<Handler, Default> {
  static auto get(const kasane::net::ParkedRead<Handler>& read) noexcept {
    return Associator<Handler, Default>::get(read.inner);
  }
  static auto get(const kasane::net::ParkedRead<Handler>& read, const Default& fallback) noexcept {
    return Associator<Handler, Default>::get(read.inner, fallback);
  }
};

}  // namespace boost::asio
