#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "crypto/device.hpp"
#include "server/conference/engine.hpp"
#include "server/exit_status.hpp"
#include "server/machine.hpp"

namespace kasane::commands::demo {

/// A clock that the script moves on; wall and steady together, so that the ledger sees no jump.
class TownClock final : public conference::Clock {
 public:
  explicit TownClock(std::int64_t wall_ms) : start_(wall_ms), wall_(wall_ms) {}
  std::int64_t wall_ms() override { return wall_; }
  std::int64_t steady_ms() override { return wall_ - start_; }
  /// Never back.
  void move_to(std::int64_t wall_ms) { wall_ = wall_ms > wall_ ? wall_ms : wall_; }

 private:
  std::int64_t start_, wall_;
};

/// A request that the server refused, by its reason.
struct Refused : CommandError {
  Refused(std::string reason_, const std::string& line)
      : CommandError(Exit::internal, line), reason(std::move(reason_)) {}
  std::string reason;
};

/// The real ledger in this process, without sockets and threads: what goes in and out are the texts of the wire.
class Hall final : private conference::Outlet {
 public:
  Hall(conference::Store& store, log::Writer writer, TownClock& clock);

  struct Welcome {
    conference::Connection connection = 0;
    crypto::Nonce nonce;  ///< the client's
    wire::Json answer;    ///< of `authenticate`
  };
  /// `authenticate`, with the device's signature over this hall's nonce checked as a session does.
  Welcome admit(const crypto::Device& device);
  /// The result. Errors: `Refused`.
  wire::Json ask(conference::Connection from, wire::Ask ask);
  /// Notifications since the last call.
  std::vector<wire::Json> heard(conference::Connection connection);
  void leave(conference::Connection connection);

  void move_to(std::int64_t wall_ms);
  std::int64_t now_ms() { return clock_.wall_ms(); }
  const std::string& log() const { return engine_.log(); }

 private:
  void deliver(std::vector<conference::Delivery> messages) override;
  void close(conference::Connection connection, std::uint16_t code) override;
  wire::Json answer_to(conference::Connection connection, const std::string& id);

  TownClock& clock_;
  MachineRandom random_;
  std::map<conference::Connection, std::deque<wire::Json>> inbox_;
  conference::Connection last_connection_ = 0;
  std::int64_t last_id_ = 0;
  conference::Engine engine_;
};

}  // namespace kasane::commands::demo
