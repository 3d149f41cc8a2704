#pragma once
// A device: one signing key, KEM keys by suite, an id that is their hash. crypto/FORMATS.md §3.
#include "crypto/kem.hpp"
#include "crypto/signature.hpp"

namespace kasane::crypto {

struct KemKey {
  std::uint16_t suite = 0;
  Bytes public_key;
  bool operator==(const KemKey&) const = default;
};
/// What a device shows, and `device.add` carries in its body.
struct PublicBundle {
  PublicKey sign;
  std::vector<KemKey> kem;  // 1 to 8, suites strictly rising
  Signature proof;
  bool operator==(const PublicBundle&) const = default;
};
struct Device {
  std::string id;
  SigningKeyPair signing;
  KemKeyPair kem;  // suite 1
};

std::string device_id(const PublicKey& sign, const std::vector<KemKey>& kem);
Device device_from_keys(SigningKeyPair signing, KemKeyPair kem);
Device device_generate();
/// The demo's and `init`'s devices: crypto/FORMATS.md §3.3.
Device device_from_seed(const Seed& seed);
PublicBundle public_bundle(const Device& device);
/// The id, if the keys are fit (canonical, of full order, suite 1 among them) and the proof is theirs.
[[nodiscard]] std::optional<std::string> verify_bundle(const PublicBundle& bundle);
/// The key of suite 1. Errors: none where there is none, or it has not 32 bytes.
[[nodiscard]] std::optional<KemPublicKey> x25519_key(const PublicBundle& bundle);

}  // namespace kasane::crypto
