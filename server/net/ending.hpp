#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <functional>

/// How a socket ends, in this order. Errors: none; a socket that is gone already is what was wanted.
namespace kasane::net {

/// Ends our half after what is written (RFC 6455 §7.1.1, RFC 9112 §9.6).
void end_sending(boost::asio::ip::tcp::socket& socket);

/// Discards what a peer still sends after the last word to it, so that closing the socket does not reset the connection
/// under that word. Bounded in bytes here, and in time by the owner, who hangs up. Owner: `done` keeps the socket
/// alive.
void drain(boost::asio::ip::tcp::socket& socket, std::function<void()> done);

/// Closes at once; operations in flight end with an error.
void hang_up(boost::asio::ip::tcp::socket& socket);

}  // namespace kasane::net
