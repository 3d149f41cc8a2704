#pragma once
// Key material: moves but never copies, wipes itself, cannot be printed or compared by accident.
#include <array>
#include <cstdint>
#include <optional>
#include <ostream>
#include <span>

#include "crypto/bytes.hpp"

namespace kasane::crypto {

/// Overwrites so that the compiler may not leave it out.
void wipe(void* bytes, std::size_t length) noexcept;

template <std::size_t N, class Tag>
class Secret {
 public:
  static constexpr std::size_t size = N;
  Secret() = default;  // zeros, to be filled through `fill()`
  ~Secret() { wipe(bytes_.data(), N); }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  Secret(Secret&& other) noexcept : bytes_(other.bytes_) { wipe(other.bytes_.data(), N); }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      bytes_ = other.bytes_;
      wipe(other.bytes_.data(), N);
    }
    return *this;
  }

  /// Errors: none where the length is not N.
  [[nodiscard]] static std::optional<Secret> from(View bytes) {
    if (bytes.size() != N) return std::nullopt;
    std::optional<Secret> secret{std::in_place};
    for (std::size_t i = 0; i < N; ++i) secret->bytes_[i] = bytes[i];
    return secret;
  }
  /// A deliberate second copy, where two owners need one key.
  [[nodiscard]] Secret duplicate() const {
    Secret copy;
    copy.bytes_ = bytes_;
    return copy;
  }
  /// The bytes themselves, for a primitive. Safe: only for the length of the call.
  [[nodiscard]] View expose() const { return View(bytes_); }
  [[nodiscard]] std::span<std::uint8_t, N> fill() { return bytes_; }

 private:
  std::array<std::uint8_t, N> bytes_{};
};

template <std::size_t N, class Tag>
std::ostream& operator<<(std::ostream&, const Secret<N, Tag>&) = delete;

using SymmetricKey = Secret<32, struct SymmetricKeyTag>;    // of one AEAD
using ContentKey = Secret<32, struct ContentKeyTag>;        // IK of a record (design.md §4)
using DirectoryKey = Secret<32, struct DirectoryKeyTag>;    // of a tenant: names of staff
using EpochSecret = Secret<32, struct EpochSecretTag>;      // of the talk
using Seed = Secret<32, struct SeedTag>;                    // from which a device's keys derive
using SigningKey = Secret<64, struct SigningKeyTag>;        // Ed25519, libsodium's seed ‖ public key
using KemPrivateKey = Secret<32, struct KemPrivateKeyTag>;  // X25519

}  // namespace kasane::crypto
