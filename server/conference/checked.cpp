#include "server/conference/checked.hpp"

#include "crypto/sha256.hpp"

namespace kasane::conference {

namespace {
/// True where the signature is good; a bad one is a refusal.
bool check_one(Checked& checked, std::size_t which, std::string_view device, const Keyring& keyring) {
  const Keyring::Key* key = keyring.find(device);
  if (key == nullptr) return false;
  if (crypto::verify(checked.envelope, which, key->sign)) return true;
  checked.refusal = wire::Refusal{wire::Fault::signature};
  return false;
}
}  // namespace

Checked check_envelope(std::string text, const Keyring& keyring) {
  Checked checked;
  checked.text = std::move(text);
  auto envelope = crypto::parse_envelope(checked.text);
  auto payload = envelope ? wire::parse_payload(envelope->payload) : std::nullopt;
  if (!payload) {
    checked.refusal = wire::Refusal{wire::Fault::malformed};
    return checked;
  }
  checked.hash = crypto::sha256(checked.text);
  if (!payload->statement.with.empty()) checked.payload_hash = crypto::sha256(envelope->payload);
  checked.payload = std::move(*payload);
  checked.envelope = std::move(*envelope);
  checked.signatures = checked.envelope.signatures.size();
  if (checked.signatures > 1) checked.second = checked.envelope.signatures[1].keyid;
  if (checked.envelope.signatures[0].keyid != checked.payload.device)
    checked.refusal = wire::Refusal{wire::Fault::signature};
  else
    check_again(checked, keyring);
  return checked;
}

void check_again(Checked& checked, const Keyring& keyring) {
  if (checked.refusal) return;
  if (!checked.first_good) checked.first_good = check_one(checked, 0, checked.payload.device, keyring);
  if (!checked.refusal && checked.signatures > 1 && !checked.second_good)
    checked.second_good = check_one(checked, 1, checked.second, keyring);
  if (checked.first_good && (checked.signatures < 2 || checked.second_good)) checked.envelope = {};
}

}  // namespace kasane::conference
