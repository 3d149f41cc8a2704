#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "server/commands/witness_server.hpp"
#include "server/log/witness_policy.hpp"

namespace kasane::commands::demo {

/// Two witnesses beside the town, in its folder, each with a key and a memory of its own, asked over HTTP on loopback
/// as any other: 2 of 2. That one hand runs them with the service proves nothing against that hand, and the screens say
/// so.
class TownWitnesses {
 public:
  /// Requires: the folder holds a ledger that nobody has open. Errors: `CommandError`, `conference::StoreError`.
  explicit TownWitnesses(const std::filesystem::path& data);
  ~TownWitnesses();
  TownWitnesses(const TownWitnesses&) = delete;
  TownWitnesses& operator=(const TownWitnesses&) = delete;
  /// Whom the service asks.
  const log::WitnessPolicy& policy() const { return policy_; }

 private:
  std::vector<std::unique_ptr<WitnessServer>> servers_;
  log::WitnessPolicy policy_;
};

}  // namespace kasane::commands::demo
