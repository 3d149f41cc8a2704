#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include "server/conference/engine.hpp"
#include "server/exit_status.hpp"
#include "server/machine.hpp"
#include "server/net/front.hpp"
#include "server/net/site.hpp"
#include "server/session/conference.hpp"
#include "server/session/devices.hpp"
#include "server/store/sqlite_store.hpp"
#include "server/witnesses.hpp"

namespace kasane {

struct ServerSettings {
  std::filesystem::path data;
  std::filesystem::path web;
  net::FrontSettings front;
  conference::Options conference;
};

/// Puts the parts together and takes them apart in reverse: the disk, the ledger thread, the sockets, the witnesses.
/// Owner: a command, a test, a measurement. Thread: one.
class Server {
 public:
  /// Reads the ledger and binds the ports; nobody is served yet. Errors: `CommandError`.
  explicit Server(ServerSettings settings);
  /// As `stop`.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Where witnesses are asked it waits for their quorum, 2 s at most, before anybody is let in.
  void start();
  /// Accepts nobody more, commits and answers what has queued, tells the members 1012, ends the threads; within 5 s.
  void stop();

  [[nodiscard]] std::uint16_t port() const { return front_->port(); }
  [[nodiscard]] std::uint16_t admin_port() const { return front_->admin_port(); }
  [[nodiscard]] const std::string& log() const { return engine_->log(); }
  [[nodiscard]] conference::Health health() const { return engine_->health(); }
  [[nodiscard]] const conference::StartReport& start_report() const { return engine_->start_report(); }
  [[nodiscard]] bool alive() const { return front_->alive(); }

 private:
  /// The conference's way out: to the sockets.
  struct Outlet final : conference::Outlet {
    net::Front* front = nullptr;  // set before the first thread starts
    void deliver(std::vector<conference::Delivery> messages) override;
    void close(conference::Connection connection, std::uint16_t code) override;
  };
  /// The sessions' way in: to the conference. At the end it lets nobody in any more, so that what has queued can be
  /// finished; whoever was not answered asks again, and a repeat gets the first receipt (design.md §3).
  struct Door final : session::Conference {
    conference::Engine& engine;
    std::atomic<bool> ending{false};
    explicit Door(conference::Engine& engine_) : engine(engine_) {}
    wire::Hello hello() const override { return engine.hello(); }
    std::shared_ptr<const conference::Keyring> keyring() const override { return engine.keyring(); }
    void attach(conference::Connection id, conference::Authenticated who) override {
      engine.attach(id, std::move(who));
    }
    bool request(conference::Connection id, wire::Request ask) override {
      return ending || engine.request(id, std::move(ask));
    }
    void detach(conference::Connection id) override { engine.detach(id); }
  };

  MachineClock clock_;
  MachineRandom random_;
  Outlet outlet_;
  session::Devices devices_;
  std::unique_ptr<net::Site> site_;
  std::unique_ptr<store::SqliteStore> store_;
  std::unique_ptr<conference::Engine> engine_;
  std::unique_ptr<Door> door_;
  std::unique_ptr<net::Front> front_;
  std::unique_ptr<Witnesses> witnesses_;  // null: nobody is asked
  bool stopped_ = false;
};

}  // namespace kasane
