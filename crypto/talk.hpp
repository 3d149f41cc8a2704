#pragma once
// The talk of an item: epoch secret, sender keys, signed frames. design.md §4 "Talk", crypto/FORMATS.md §9.
#include "crypto/aead.hpp"
#include "crypto/hkdf.hpp"
#include "crypto/signature.hpp"

namespace kasane::crypto {

inline constexpr std::size_t frame_least_bytes = 128;
enum class FrameKind : std::uint8_t { message = 1, signal = 2 };

/// Where a frame belongs; all of it is authenticated, only number and session travel in the frame.
struct FramePlace {
  std::string log;
  std::string item;
  std::uint64_t epoch = 0;
  std::string device;  // the sender
};
struct FrameHeader {
  FrameKind kind = FrameKind::message;
  std::uint64_t epoch = 0;
  Nonce session;
  std::uint64_t counter = 0;
  bool operator==(const FrameHeader&) const = default;
};
inline constexpr std::size_t frame_header_bytes = 34;

Hash epoch_commitment(const EpochSecret& secret);
SymmetricKey sender_key(const EpochSecret& secret, std::string_view device, const Nonce& session);

/// Seals under its own counter, from 0: one object for each epoch and session, so that no nonce comes twice.
class FrameSealer {
 public:
  FrameSealer(const EpochSecret& secret, FramePlace place, const Nonce& session);
  /// header ‖ ciphertext ‖ signature. Errors: none when the counter is used up.
  [[nodiscard]] std::optional<Bytes> seal(FrameKind kind, View content, const SigningKey& key);

 private:
  FramePlace place_;
  Nonce session_;
  SymmetricKey key_;
  std::uint64_t counter_ = 0;
};

[[nodiscard]] std::optional<FrameHeader> decode_frame_header(View frame);
/// Signature first, then the AEAD. Errors: none, without detail. The caller keeps the newest counter of each session
/// and refuses what does not rise.
[[nodiscard]] std::optional<Bytes> open_frame(const EpochSecret& secret, const FramePlace& place,
                                              const PublicKey& sender, View frame);

}  // namespace kasane::crypto
