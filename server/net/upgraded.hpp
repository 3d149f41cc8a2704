#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>

#include "server/net/peer.hpp"
#include "server/net/shard.hpp"

namespace kasane::net {

using UpgradeRequest = boost::beast::http::request<boost::beast::http::empty_body>;

/// Turns an HTTP connection whose upgrade was judged fit into a WebSocket one, under the same id.
/// Private to the files that include Beast.
void open_peer(Shard& shard, Connection id, boost::asio::ip::tcp::socket socket, UpgradeRequest request,
               const PeerSettings& settings);

}  // namespace kasane::net
