#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <functional>

namespace kasane::net {

/// Discards what a peer still sends after the last word to it, so that closing the socket does not reset the connection
/// under that word. Bounded in bytes here and in time by the owner, who closes the socket. Owner: `done` keeps the
/// socket alive.
void drain(boost::asio::ip::tcp::socket& socket, std::function<void()> done);

}  // namespace kasane::net
