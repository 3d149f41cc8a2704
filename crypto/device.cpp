#include "crypto/device.hpp"

#include "crypto/hpke.hpp"
#include "crypto/sha256.hpp"

namespace kasane::crypto {

namespace {

constexpr std::size_t kem_keys_max = 8;

Bytes proof_input(std::string_view id) { return prefixed({view("kasane/device/v1"), view(id)}); }

std::vector<KemKey> kem_keys(const KemPublicKey& key) { return {{suite_x25519, bytes_of(key)}}; }

bool strictly_rising(const std::vector<KemKey>& kem) {
  for (std::size_t i = 1; i < kem.size(); ++i) {
    if (kem[i - 1].suite >= kem[i].suite) return false;
  }
  return true;
}

}  // namespace

std::string device_id(const PublicKey& sign, const std::vector<KemKey>& kem) {
  Bytes input = prefixed({view("kasane/device-id/v1"), sign});
  for (const auto& key : kem) {
    append_prefixed(input, u16_be(key.suite));
    append_prefixed(input, key.public_key);
  }
  return "d-" + base32(sha256(View(input)));
}

Device device_from_keys(SigningKeyPair signing, KemKeyPair kem) {
  std::string id = device_id(signing.public_key, kem_keys(kem.public_key));
  return {std::move(id), std::move(signing), std::move(kem)};
}

Device device_generate() { return device_from_keys(signing_generate(), kem_generate()); }

Device device_from_seed(const Seed& seed) {
  return device_from_keys(signing_from_seed(derive<Seed>(seed.expose(), view("kasane/seed-sign/v1"))),
                          kem_from_private(derive<KemPrivateKey>(seed.expose(), view("kasane/seed-kem/v1"))));
}

PublicBundle public_bundle(const Device& device) {
  return {device.signing.public_key, kem_keys(device.kem.public_key),
          sign(device.signing.private_key, proof_input(device.id))};
}

std::optional<KemPublicKey> x25519_key(const PublicBundle& bundle) {
  for (const auto& key : bundle.kem) {
    if (key.suite == suite_x25519) return fixed<KemPublicKey>(key.public_key);
  }
  return std::nullopt;
}

std::optional<std::string> verify_bundle(const PublicBundle& bundle) {
  if (bundle.kem.empty() || bundle.kem.size() > kem_keys_max || !strictly_rising(bundle.kem)) return std::nullopt;
  const auto kem = x25519_key(bundle);
  if (!kem || !acceptable(*kem) || !acceptable(bundle.sign)) return std::nullopt;
  std::string id = device_id(bundle.sign, bundle.kem);
  if (!verify(bundle.sign, proof_input(id), bundle.proof)) return std::nullopt;
  return id;
}

}  // namespace kasane::crypto
