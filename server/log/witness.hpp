#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/note.hpp"
#include "crypto/signature.hpp"

/// What a witness decides (C2SP tlog-witness), apart from sockets and disk.
namespace kasane::log {

/// What a witness has cosigned last of each log. `keep` returns when it is on disk. Errors: `keep` says false.
class WitnessMemory {
 public:
  virtual ~WitnessMemory() = default;
  virtual std::optional<crypto::Checkpoint> newest(const std::string& origin) = 0;
  virtual bool keep(const crypto::Checkpoint& checkpoint) = 0;
};

struct WitnessAnswer {
  unsigned status = 200;
  std::string type = "text/plain; charset=utf-8", text;
};

/// Cosigns what extends what it has cosigned, and nothing else. Thread: any, one request at a time inside.
class Witness {
 public:
  /// Requires: keys of type 1 in `logs`, each of another origin; `memory` outlives this.
  Witness(std::string name, crypto::SigningKeyPair key, std::vector<crypto::VerifierKey> logs, WitnessMemory& memory);
  /// `body` of POST add-checkpoint. `now_s`: POSIX seconds.
  WitnessAnswer add_checkpoint(std::string_view body, std::uint64_t now_s);
  std::string verifier_key() const;

 private:
  const std::string name_;
  const crypto::SigningKeyPair key_;
  const std::vector<crypto::VerifierKey> logs_;
  WitnessMemory& memory_;
  std::mutex mutex_;  // the memory's state and the answer are one step, or two requests could roll it back
};

}  // namespace kasane::log
