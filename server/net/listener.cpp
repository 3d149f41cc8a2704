#include "server/net/listener.hpp"

#include <tuple>
#include <utility>

namespace kasane::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

Listener::Listener(std::vector<Shard*> shards, const std::string& address, std::uint16_t port, const Door& door,
                   std::size_t max_connections)
    : shards_(std::move(shards)),
      door_(door),
      max_connections_(max_connections),
      acceptor_(shards_.front()->context()),
      pause_(shards_.front()->context()) {
  const auto where = address + " port " + std::to_string(port);
  error_code error;
  const auto ip = asio::ip::make_address(address, error);
  if (error) throw ListenError("cannot listen on " + where + ": not an IP address");
  const tcp::endpoint endpoint(ip, port);
  try {
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));  // past TIME_WAIT, not past a live listener
    acceptor_.bind(endpoint);
    acceptor_.listen();
  } catch (const boost::system::system_error& failed) {
    throw ListenError("cannot listen on " + where + ": " + failed.code().message());
  }
  port_ = acceptor_.local_endpoint().port();
}

void Listener::start() {
  shards_.front()->post([this] { accept(); });
}

void Listener::stop() {
  shards_.front()->post([this] {
    stopped_ = true;
    error_code ignored;
    std::ignore = acceptor_.close(ignored);
    pause_.cancel();
  });
}

void Listener::accept() {
  if (stopped_) return;
  auto& shard = *shards_[next_++ % shards_.size()];
  acceptor_.async_accept(shard.context(), [this, &shard](const error_code& error, tcp::socket socket) {
    if (!error) {
      accepted(shard, std::move(socket));
      return accept();
    }
    if (error == asio::error::operation_aborted) return;
    // Out of descriptors or memory: the connection stays in the kernel's queue, and asking again at once would spin.
    pause_.expires_after(std::chrono::milliseconds(100));
    pause_.async_wait([this](const error_code& stopped) {
      if (!stopped) accept();
    });
  });
}

void Listener::accepted(Shard& shard, tcp::socket socket) {
  auto& metrics = shard.metrics;
  ++metrics.accepted;
  if (static_cast<std::size_t>(metrics.connections.load()) >= max_connections_) {
    ++metrics.turned_away;
    return;  // closed by the socket's end
  }
  ++metrics.connections;
  error_code ignored;
  std::ignore = socket.set_option(tcp::no_delay(true), ignored);
  auto handed = std::make_shared<tcp::socket>(std::move(socket));
  shard.post([&shard, handed, this] { open_http(shard, std::move(*handed), door_); });
}

}  // namespace kasane::net
