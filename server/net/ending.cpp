#include "server/net/ending.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <memory>
#include <tuple>
#include <utility>

namespace kasane::net {
namespace {

struct Draining {
  boost::asio::ip::tcp::socket& socket;
  std::function<void()> done;
  std::size_t left_bytes = 65'536;
  std::array<char, 1'024> bytes{};
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
