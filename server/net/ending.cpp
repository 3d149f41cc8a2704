#include "server/net/ending.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <memory>
#include <tuple>
#include <utility>

namespace kasane::net {
namespace {

/// A message of the largest size that is refused at its head, and what came after it: who is still sending it when the
/// socket closes is reset, and never reads why.
constexpr std::size_t drained_bytes = (1U << 20U) + 65'536;

struct Draining {
  boost::asio::ip::tcp::socket& socket;
  std::function<void()> done;
  std::size_t left_bytes = drained_bytes;
  std::array<char, 4'096> bytes{};
};

void step(std::shared_ptr<Draining> draining) {
  auto& self = *draining;
  self.socket.async_read_some(
      boost::asio::buffer(self.bytes),
      [draining = std::move(draining)](const boost::system::error_code& error, std::size_t count) mutable {
        draining->left_bytes -= std::min(count, draining->left_bytes);
        if (error || draining->left_bytes == 0) return draining->done();
        step(std::move(draining));
      });
}

}  // namespace

void end_sending(boost::asio::ip::tcp::socket& socket) {
  boost::system::error_code ignored;
  std::ignore = socket.shutdown(boost::asio::socket_base::shutdown_send, ignored);
}

void hang_up(boost::asio::ip::tcp::socket& socket) {
  boost::system::error_code ignored;
  std::ignore = socket.close(ignored);
}

void drain(boost::asio::ip::tcp::socket& socket, std::function<void()> done) {
  step(std::make_shared<Draining>(Draining{socket, std::move(done)}));
}

}  // namespace kasane::net
