#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "server/commands/witness_server.hpp"
#include "server/log/witness_policy.hpp"

namespace kasane::commands::demo {

/// The keys of the two witnesses in the town's folder, made where there are none: what it is founded with, 2 of 2.
/// Errors: `CommandError`.
crypto::Cosigners town_cosigners(const std::filesystem::path& data);

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
  /// Has both cosign the town as it stands and keeps that in its ledger: a town that nobody has served yet has its
  /// quorum too. Requires: nobody has the ledger open. Errors: as the constructor.
  void cosign(const std::filesystem::path& data);

 private:
  std::vector<std::unique_ptr<WitnessServer>> servers_;
  log::WitnessPolicy policy_;
};

}  // namespace kasane::commands::demo
