#pragma once

#include <optional>
#include <string>

#include "crypto/envelope.hpp"
#include "server/conference/keyring.hpp"
#include "server/wire/messages.hpp"
#include "server/wire/payload.hpp"

namespace kasane::conference {

/// An envelope as far as it can be judged without the World: read once, its signatures checked once, before the ledger
/// thread sees it.
struct Checked {
  std::string text;
  crypto::Hash hash;          ///< SHA-256 of the text
  crypto::Hash payload_hash;  ///< where the statement names a second person
  std::size_t signatures = 0;
  std::string second;       ///< keyid of the second signature
  bool first_good = false;  ///< by the key of `payload.device`
  bool second_good = false;
  crypto::Envelope envelope;  ///< kept only while a signature is still to be checked
  wire::Payload payload;
  std::optional<wire::Refusal> refusal;  ///< of shape or signature; then nothing else is to be used
};

/// Thread: any. A key that the ring does not hold leaves its signature unchecked.
Checked check_envelope(std::string text, const Keyring& keyring);
/// Again, for what was left unchecked: a device that was added meanwhile.
void check_again(Checked& checked, const Keyring& keyring);

}  // namespace kasane::conference
