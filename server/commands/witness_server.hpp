#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "crypto/note.hpp"
#include "server/commands/witness_memory.hpp"
#include "server/machine.hpp"
#include "server/net/front.hpp"

namespace kasane::commands {

struct WitnessWish {
  std::filesystem::path folder;  ///< for key and memory; made where there is none
  std::string name, listen = "127.0.0.1";
  std::uint16_t port = 0;
  std::vector<crypto::VerifierKey> logs;
};

/// The key of the witness in this folder; both are made where there are none. Errors: `CommandError`.
crypto::SigningKeyPair witness_key(const std::filesystem::path& folder);

/// One witness behind a port, with a key and a memory of its own: `kasane witness`, and each of those that stand beside
/// the demonstration. Errors: the constructor throws `CommandError`.
class WitnessServer {
 public:
  explicit WitnessServer(const WitnessWish& wish);
  void start() { front_.start(); }
  void stop() { front_.stop(std::chrono::seconds(1)); }
  std::uint16_t port() const { return front_.port(); }
  std::string verifier_key() const { return judge_.verifier_key(); }
  /// As over the port.
  log::WitnessAnswer add_checkpoint(const std::string& body);

 private:
  net::FrontSettings settings(const WitnessWish& wish);
  MachineClock clock_;
  crypto::SigningKeyPair key_;  // moved on into the judge
  WitnessFolder memory_;
  log::Witness judge_;
  net::Front front_;
};

}  // namespace kasane::commands
