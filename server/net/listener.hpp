#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "server/net/http.hpp"
#include "server/net/shard.hpp"

namespace kasane::net {

/// An address that cannot be listened on; `what()` is a line for the operator.
struct ListenError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Accepts sockets and deals them out to the shards in turn. Thread: the first shard's, once started.
class Listener {
 public:
  /// Errors: `ListenError` (no such address here, port in use, port not allowed).
  Listener(std::vector<Shard*> shards, const std::string& address, std::uint16_t port, const Door& door,
           std::size_t max_connections);

  void start();
  /// From any thread; later connections are refused by the kernel.
  void stop();
  /// The port that the kernel gave, where 0 was asked for.
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  void accept();
  void accepted(Shard& shard, boost::asio::ip::tcp::socket socket);

  std::vector<Shard*> shards_;
  const Door& door_;
  std::size_t max_connections_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer pause_;
  std::size_t next_ = 0;
  std::uint16_t port_ = 0;
  bool stopped_ = false;
};

}  // namespace kasane::net
