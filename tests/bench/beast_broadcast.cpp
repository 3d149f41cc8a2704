// The peer of the fan-out bench: a broadcast server as Beast's own examples and most tutorials write it. One thread,
// one websocket::stream a member, a shared payload, a queue and one async_write a message and member. It keeps nothing:
// no disk, no signature, no ledger.
#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <csignal>
#include <cstdio>
#include <deque>
#include <memory>
#include <set>
#include <string>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;
using Payload = std::shared_ptr<const std::string>;

class Member;
struct Room {
  std::set<Member*> members;
  void broadcast(const Payload& payload);
};

class Member : public std::enable_shared_from_this<Member> {
 public:
  Member(tcp::socket socket, Room& room) : stream_(std::move(socket)), room_(room) {}
  ~Member() { room_.members.erase(this); }

  void run() {
    stream_.set_option(beast::websocket::stream_base::timeout::suggested(beast::role_type::server));
    stream_.binary(true);
    stream_.async_accept([self = shared_from_this()](beast::error_code error) {
      if (error) return;
      self->room_.members.insert(self.get());
      self->read();
    });
  }
  void send(const Payload& payload) {
    queue_.push_back(payload);
    if (queue_.size() == 1) write();
  }

 private:
  void read() {
    stream_.async_read(buffer_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error) return;
      const auto payload = std::make_shared<const std::string>(beast::buffers_to_string(self->buffer_.data()));
      self->buffer_.consume(self->buffer_.size());
      self->room_.broadcast(payload);
      self->read();
    });
  }
  void write() {
    stream_.async_write(asio::buffer(*queue_.front()),
                        [self = shared_from_this()](beast::error_code error, std::size_t) {
                          if (error) return;
                          self->queue_.pop_front();
                          if (!self->queue_.empty()) self->write();
                        });
  }

  beast::websocket::stream<beast::tcp_stream> stream_;
  Room& room_;
  beast::flat_buffer buffer_;
  std::deque<Payload> queue_;
};

void Room::broadcast(const Payload& payload) {
  for (auto* member : members) member->send(payload);
}

void accept(tcp::acceptor& acceptor, Room& room) {
  acceptor.async_accept([&](beast::error_code error, tcp::socket socket) {
    if (error) return;
    socket.set_option(tcp::no_delay(true));
    std::make_shared<Member>(std::move(socket), room)->run();
    accept(acceptor, room);
  });
}

}  // namespace

int main() {
  Room room;  // outlives the members, who end with the context
  asio::io_context context(1);
  tcp::acceptor acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  accept(acceptor, room);
  asio::signal_set ends(context, SIGTERM, SIGINT);
  ends.async_wait([&](beast::error_code, int) { context.stop(); });
  std::printf("listening on 127.0.0.1:%d\n", int{acceptor.local_endpoint().port()});
  std::fflush(stdout);
  context.run();
  return 0;
}
