#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace kasane::net {

/// What became of one request.
struct Called {
  enum class How : std::uint8_t { answered, unreachable, slow, too_large, malformed };
  How how = How::unreachable;
  unsigned status = 0;
  std::string type, body;
};

struct WitnessCall {
  std::string address;  ///< an IP address
  std::uint16_t port = 80;
  std::string host, target;  ///< of the request's head
  std::string body;
  std::chrono::milliseconds within{5'000};  ///< from the first packet to the last octet of the answer
  std::size_t answer_bytes = 8'192;         ///< of the body; a head as large at most
};

/// One POST over HTTP/1.1 on a connection of its own, ended after the answer. No redirects, no second try.
/// Thread: the context's, where `done` runs, once; never where the context ends before. Bounds: the fields above.
void post_to_witness(boost::asio::io_context& context, WitnessCall call, std::function<void(Called)> done);

}  // namespace kasane::net
