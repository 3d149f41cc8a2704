#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <mutex>
#include <thread>
#include <vector>

#include "server/conference/engine.hpp"
#include "server/log/quorum.hpp"
#include "server/log/witness_url.hpp"
#include "server/net/witness_call.hpp"

namespace kasane {

/// Asks the witnesses of the policy for their cosignatures, and tells the ledger what came of it. One thread of its
/// own: the ledger's never waits for a witness. Owner: the composition root.
class Witnesses {
 public:
  /// Requires: `log::complaint` has nothing against the policy. `engine` and `clock` outlive this.
  Witnesses(conference::Engine& engine, conference::Clock& clock, log::WitnessPolicy policy);
  ~Witnesses();
  Witnesses(const Witnesses&) = delete;
  Witnesses& operator=(const Witnesses&) = delete;

  void start();
  void stop();
  /// Thread: any.
  [[nodiscard]] std::vector<log::WitnessState> states() const;

 private:
  void look();
  void ask(const log::Question& question);
  void took(std::size_t witness, const net::Called& called);
  void tell(bool new_head);
  log::Now now() const;

  conference::Engine& engine_;
  conference::Clock& clock_;
  std::vector<log::WitnessUrl> urls_;
  log::Quorum quorum_;
  std::vector<log::WitnessState> told_;
  mutable std::mutex mutex_;
  std::vector<log::WitnessState> states_;  // under the mutex
  boost::asio::io_context context_{1};
  boost::asio::steady_timer timer_{context_};
  std::thread thread_;
};

}  // namespace kasane
