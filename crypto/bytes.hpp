#pragma once
// Bytes, typed fixed-size values and the text encodings of crypto/FORMATS.md §1. Every decoder takes exactly one
// spelling of a value: what decodes encodes back to the same text.
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kasane::crypto {

using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;

/// A public value of N bytes. The tag keeps a key from standing where a hash is meant.
template <std::size_t N, class Tag>
struct Fixed {
  static constexpr std::size_t size = N;
  std::array<std::uint8_t, N> bytes{};
  auto operator<=>(const Fixed&) const = default;
  operator View() const { return View(bytes); }  // NOLINT(google-explicit-constructor): a public value is just bytes
};

using Hash = Fixed<32, struct HashTag>;            // a SHA-256 value
using Salt = Fixed<16, struct SaltTag>;            // of a unit
using Nonce = Fixed<16, struct NonceTag>;          // of a payload, a connection, a session in the talk
using Signature = Fixed<64, struct SignatureTag>;  // Ed25519

inline View view(std::string_view text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }
inline std::string text(View bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
Bytes bytes_of(View bytes);

/// Copies exactly N bytes. Errors: none where the length differs.
template <class T>
std::optional<T> fixed(View bytes) {
  if (bytes.size() != T::size) return std::nullopt;
  T value;
  for (std::size_t i = 0; i < T::size; ++i) value.bytes[i] = bytes[i];
  return value;
}

std::array<std::uint8_t, 8> u64_be(std::uint64_t number);
std::array<std::uint8_t, 2> u16_be(std::uint16_t number);

/// Each part behind its length as u32 big endian (design.md §3): the only way in which several parts are joined to be
/// hashed or signed. Requires: each part shorter than 2^32 bytes.
Bytes prefixed(std::initializer_list<View> parts);
/// One more part behind its length.
void append_prefixed(Bytes& out, View part);
/// Without lengths: for fixed widths only.
Bytes joined(std::initializer_list<View> parts);

/// Lower-case hex. Errors: none on upper case, odd length or anything else.
std::string hex(View bytes);
std::optional<Bytes> unhex(std::string_view text);

/// RFC 4648 §4 with padding. Errors: none where padding is missing, its unused bits are set, or a foreign character
/// stands.
std::string base64(View bytes);
std::optional<Bytes> unbase64(std::string_view text);

/// RFC 4648 §5 without padding (only for seeds in addresses).
std::string base64url(View bytes);
std::optional<Bytes> unbase64url(std::string_view text);

/// RFC 4648 §6 in lower case and without padding: ids.
std::string base32(View bytes);
std::optional<Bytes> unbase32(std::string_view text);

template <class T>
std::optional<T> from_hex(std::string_view text) {
  const auto bytes = unhex(text);
  return bytes ? fixed<T>(*bytes) : std::nullopt;
}
template <class T>
std::optional<T> from_base64(std::string_view text) {
  const auto bytes = unbase64(text);
  return bytes ? fixed<T>(*bytes) : std::nullopt;
}

}  // namespace kasane::crypto
