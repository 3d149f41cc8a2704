#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <string>

#include "server/net/head.hpp"
#include "server/net/origin.hpp"
#include "server/net/peer.hpp"
#include "server/net/shard.hpp"

namespace kasane::net {

/// What an HTTP connection leads to. Owner: the front, which outlives every connection.
struct Door {
  Responder respond;
  const Origins* origins = nullptr;  // null: no WebSocket behind this door
  const PeerSettings* peers = nullptr;
  /// Answers a POST; empty: no body is taken. Thread: any context.
  std::function<Reply(const std::string& target, const std::string& body)> take;
  std::size_t body_bytes = 0;
};

/// Serves one accepted socket on its shard's thread: heads in, whole replies out, or the upgrade.
void open_http(Shard& shard, boost::asio::ip::tcp::socket socket, const Door& door);

}  // namespace kasane::net
