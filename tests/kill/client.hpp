#pragma once

#include <deque>

#include "tests/kill/connection.hpp"
#include "tests/kill/gate.hpp"
#include "tests/kill/work.hpp"

namespace kasane::kill_loop {

/// A member at their client, over all the lives of the server: connects, catches up, enters, sends again what was not
/// answered, and goes on working. Thread: its own.
class Client {
 public:
  Client(const Tenant& tenant, const Member& member, History& history, std::uint64_t seed)
      : tenant_(tenant),
        member_(member),
        device_(member.device()),
        history_(history),
        copy_(member.person, tenant.log, history),
        worker_(tenant, member, device_, copy_, seed) {}
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Until the gate sends everybody home. What breaks is in the history.
  void run(Gate& gate);

 private:
  using Time = std::chrono::steady_clock::time_point;
  void attend(const Gate::Up& up);
  void catch_up();
  void enter();
  void send_again();
  void send(Work work);
  void send_bytes(const Work& work);
  void work_on();
  wire::Json ask(wire::Ask ask);
  void hear(const wire::Json& message);
  void hear_answer(std::int64_t id, const wire::Json& message);
  void acknowledge(const Work& work, const wire::Json& result);
  void hold_receipts();

  const Tenant& tenant_;
  const Member& member_;
  const crypto::Device device_;
  History& history_;
  Copy copy_;
  Worker worker_;
  Gate* gate_ = nullptr;  // while it runs
  std::optional<Connection> connection_;
  std::map<std::int64_t, Work> pending_;        // by the id of this connection's request
  std::map<std::int64_t, wire::Json> answers_;  // to requests that are waited for
  std::optional<std::int64_t> waited_for_;
  std::deque<Work> to_do_, done_;                 // done_: a few, to be sent a second time
  std::vector<Acknowledged> receipts_;            // not yet held against a feed
  std::map<std::int64_t, std::string> releases_;  // index → record, likewise
  crypto::Nonce session_ = {};
  bool refeed_ = false;
  std::int64_t last_id_ = 0;
  int sent_ = 0;  // on this connection
  Time next_at_;
};

}  // namespace kasane::kill_loop
