#include "crypto/talk.hpp"

#include <algorithm>
#include <limits>

#include "crypto/padding.hpp"

namespace kasane::crypto {

namespace {

constexpr std::uint8_t frame_version = 0x01;

Bytes encode(const FrameHeader& header) {
  const std::array<std::uint8_t, 2> start{frame_version, static_cast<std::uint8_t>(header.kind)};
  return joined({start, u64_be(header.epoch), header.session, u64_be(header.counter)});
}

ShortNonce nonce_of(std::uint64_t counter) {
  ShortNonce nonce;
  const auto number = u64_be(counter);
  std::copy(number.begin(), number.end(), nonce.bytes.begin() + 4);
  return nonce;
}

Bytes aad_of(const FramePlace& place, View header) {
  return prefixed({view("kasane/frame/v1"), view(place.log), view(place.item), view(place.device), header});
}

Bytes signed_input_of(View aad, View ciphertext) {
  return prefixed({view("kasane/frame-signature/v1"), aad, ciphertext});
}

std::uint64_t read_u64(View bytes) {
  std::uint64_t number = 0;
  for (const std::uint8_t byte : bytes.first(8)) number = (number << 8) | byte;
  return number;
}

}  // namespace

Hash epoch_commitment(const EpochSecret& secret) {
  return derive_public(secret.expose(), view("kasane/epoch-commitment/v1"));
}

SymmetricKey sender_key(const EpochSecret& secret, std::string_view device, const Nonce& session) {
  return derive<SymmetricKey>(secret.expose(), prefixed({view("kasane/sender/v1"), view(device), session}));
}

FrameSealer::FrameSealer(const EpochSecret& secret, FramePlace place, const Nonce& session)
    : place_(std::move(place)), session_(session), key_(sender_key(secret, place_.device, session)) {}

std::optional<Bytes> FrameSealer::seal(FrameKind kind, View content, const SigningKey& key) {
  if (counter_ == std::numeric_limits<std::uint64_t>::max()) return std::nullopt;
  const std::uint64_t counter = counter_++;
  const Bytes header = encode(FrameHeader{kind, place_.epoch, session_, counter});
  const Bytes aad = aad_of(place_, header);
  const Bytes ciphertext = chacha_seal(key_.expose(), nonce_of(counter), aad, pad(content, frame_least_bytes));
  return joined({header, ciphertext, sign(key, signed_input_of(aad, ciphertext))});
}

std::optional<FrameHeader> decode_frame_header(View frame) {
  if (frame.size() < frame_header_bytes + tag_bytes + Signature::size || frame[0] != frame_version) return std::nullopt;
  if (frame[1] != static_cast<std::uint8_t>(FrameKind::message) &&
      frame[1] != static_cast<std::uint8_t>(FrameKind::signal)) {
    return std::nullopt;
  }
  return FrameHeader{static_cast<FrameKind>(frame[1]), read_u64(frame.subspan(2)), *fixed<Nonce>(frame.subspan(10, 16)),
                     read_u64(frame.subspan(26))};
}

std::optional<Bytes> open_frame(const EpochSecret& secret, const FramePlace& place, const PublicKey& sender,
                                View frame) {
  const auto header = decode_frame_header(frame);
  if (!header || header->epoch != place.epoch) return std::nullopt;
  const View ciphertext = frame.subspan(frame_header_bytes, frame.size() - frame_header_bytes - Signature::size);
  const Bytes aad = aad_of(place, frame.first(frame_header_bytes));
  const auto signature = fixed<Signature>(frame.last(Signature::size));
  if (!verify(sender, signed_input_of(aad, ciphertext), *signature)) return std::nullopt;
  const SymmetricKey key = sender_key(secret, place.device, header->session);
  const auto padded = chacha_open(key.expose(), nonce_of(header->counter), aad, ciphertext);
  return padded ? unpad(*padded, frame_least_bytes) : std::nullopt;
}

}  // namespace kasane::crypto
