#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/net/http.hpp"
#include "server/net/listener.hpp"
#include "server/net/metrics.hpp"
#include "server/net/origin.hpp"
#include "server/net/peer.hpp"
#include "server/net/shard.hpp"

namespace kasane::net {

struct FrontSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;                   // 0: the kernel chooses
  std::optional<std::uint16_t> admin_port;  // on loopback alone
  std::vector<std::string> origins;
  std::size_t shards = 0;  // 0: one a core
  Timing timing;
  Budget budget;
  /// Takes POSTs; then no WebSocket is behind the door (a witness). Thread: any context.
  std::function<Reply(const std::string& target, const std::string& body)> take = {};
  std::size_t body_bytes = 0;
};

/// Everything with a socket: the shards, the listener for clients and the one for operators.
/// Owner: the composition root. Thread: any, unless said otherwise.
class Front {
 public:
  /// Binds at once, accepts nothing before `start`. Errors: `ListenError`.
  Front(FrontSettings settings, Responder site, Responder admin, ConversationMaker converse);
  ~Front();
  Front(const Front&) = delete;
  Front& operator=(const Front&) = delete;

  void start();
  void stop_accepting();
  /// Tells every member that the service restarts and waits, at most `patience`, until they are gone; then ends the
  /// threads.
  void stop(std::chrono::milliseconds patience);

  /// All of it in order, handed to each shard once.
  void deliver(std::vector<Mail> mail);
  void close(Connection id, session::Close code);

  [[nodiscard]] std::uint16_t port() const { return listener_->port(); }
  [[nodiscard]] std::uint16_t admin_port() const { return admin_ ? admin_->port() : std::uint16_t{0}; }
  [[nodiscard]] const Metrics& metrics() const { return metrics_; }
  /// Every loop has turned within the last 5 s.
  [[nodiscard]] bool alive() const;

 private:
  FrontSettings settings_;
  Metrics metrics_;
  Origins origins_;
  PeerSettings peers_;
  Door door_;
  Door admin_door_;
  std::vector<std::unique_ptr<Shard>> shards_;
  std::unique_ptr<Listener> listener_;
  std::unique_ptr<Listener> admin_;
};

}  // namespace kasane::net
