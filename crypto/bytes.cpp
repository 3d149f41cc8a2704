#include "crypto/bytes.hpp"

#include <algorithm>

namespace kasane::crypto {

namespace {

constexpr std::string_view standard_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view base32_letters = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::string_view hex_letters = "0123456789abcdef";

/// RFC 4648 without padding: `bits` bits a letter, the last letter's unused bits zero.
std::string letters_of(View bytes, unsigned bits, std::string_view alphabet) {
  std::string out((bytes.size() * 8 + bits - 1) / bits, '\0');
  std::size_t at = 0;
  std::uint32_t held = 0;
  unsigned held_bits = 0;
  for (const std::uint8_t byte : bytes) {
    held = (held << 8) | byte;
    held_bits += 8;
    while (held_bits >= bits) {
      held_bits -= bits;
      out[at++] = alphabet[(held >> held_bits) & ((1U << bits) - 1)];
    }
  }
  if (held_bits > 0) out[at] = alphabet[(held << (bits - held_bits)) & ((1U << bits) - 1)];
  return out;
}

using LetterValues = std::array<std::int8_t, 256>;

constexpr LetterValues values_of(std::string_view alphabet) {
  LetterValues values{};
  for (auto& value : values) value = -1;
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    values[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}

constexpr LetterValues standard_values = values_of(standard_letters);
constexpr LetterValues url_values = values_of(url_letters);
constexpr LetterValues base32_values = values_of(base32_letters);
constexpr LetterValues hex_values = values_of(hex_letters);

/// The inverse of `letters_of`: refuses what it would not have written.
std::optional<Bytes> bytes_from(std::string_view letters, unsigned bits, const LetterValues& values) {
  Bytes out(letters.size() * bits / 8);
  std::size_t at = 0;
  std::uint32_t held = 0;
  unsigned held_bits = 0;
  std::int8_t wrong = 0;  // negative once a letter was: judged at the end, so that the loop stays short
  for (const char letter : letters) {
    const std::int8_t value = values[static_cast<std::uint8_t>(letter)];
    wrong = static_cast<std::int8_t>(wrong | value);
    held = (held << bits) | (static_cast<std::uint32_t>(value) & 0xff);
    held_bits += bits;
    if (held_bits >= 8) {
      held_bits -= 8;
      out[at++] = static_cast<std::uint8_t>(held >> held_bits);
    }
  }
  if (wrong < 0 || held_bits >= bits || (held & ((1U << held_bits) - 1)) != 0) return std::nullopt;
  return out;
}

}  // namespace

Bytes bytes_of(View bytes) { return {bytes.begin(), bytes.end()}; }

std::array<std::uint8_t, 8> u64_be(std::uint64_t number) {
  std::array<std::uint8_t, 8> out{};
  for (std::size_t i = 0; i < 8; ++i) out[i] = static_cast<std::uint8_t>(number >> (56 - 8 * i));
  return out;
}

std::array<std::uint8_t, 2> u16_be(std::uint16_t number) {
  return {static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number & 0xff)};
}

Bytes joined(std::initializer_list<View> parts) {
  std::size_t total = 0;
  for (const View part : parts) total += part.size();
  Bytes out;
  out.reserve(total);
  for (const View part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

void append_prefixed(Bytes& out, View part) {
  const auto length = static_cast<std::uint32_t>(part.size());
  for (unsigned shift = 32; shift > 0;) {
    shift -= 8;
    out.push_back(static_cast<std::uint8_t>(length >> shift));
  }
  out.insert(out.end(), part.begin(), part.end());
}

Bytes prefixed(std::initializer_list<View> parts) {
  std::size_t total = 0;
  for (const View part : parts) total += 4 + part.size();
  Bytes out;
  out.reserve(total);
  for (const View part : parts) append_prefixed(out, part);
  return out;
}

std::string hex(View bytes) { return letters_of(bytes, 4, hex_letters); }

std::optional<Bytes> unhex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  return bytes_from(text, 4, hex_values);
}

std::string base64(View bytes) {
  std::string out((bytes.size() + 2) / 3 * 4, '=');
  // Whole groups at once; `letters_of` has the last one.
  std::size_t from = 0, to = 0;
  for (; from + 3 < bytes.size(); from += 3, to += 4) {
    const std::uint32_t group = static_cast<std::uint32_t>(bytes[from]) << 16 |
                                static_cast<std::uint32_t>(bytes[from + 1]) << 8 | bytes[from + 2];
    for (unsigned i = 0; i < 4; ++i) out[to + i] = standard_letters[(group >> (18 - 6 * i)) & 63];
  }
  const std::string rest = letters_of(bytes.subspan(from), 6, standard_letters);
  std::copy(rest.begin(), rest.end(), out.begin() + static_cast<std::ptrdiff_t>(to));
  return out;
}

std::optional<Bytes> unbase64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  // Whole groups at once; the last one, with its padding, is left to `bytes_from`.
  const std::size_t whole = text.empty() ? 0 : text.size() / 4 - 1;
  Bytes out;
  out.reserve(whole * 3 + 3);
  out.resize(whole * 3);
  std::int32_t wrong = 0;  // negative once a letter was: judged at the end, so that the loop stays short
  for (std::size_t i = 0; i < whole; ++i) {
    const auto value = [&](std::size_t at) {
      return std::int32_t{standard_values[static_cast<std::uint8_t>(text[4 * i + at])]};
    };
    const std::int32_t a = value(0), b = value(1), c = value(2), d = value(3);
    wrong |= a | b | c | d;
    const auto group = static_cast<std::uint32_t>(a) << 18 | static_cast<std::uint32_t>(b) << 12 |
                       static_cast<std::uint32_t>(c) << 6 | static_cast<std::uint32_t>(d);
    out[3 * i] = static_cast<std::uint8_t>(group >> 16);
    out[3 * i + 1] = static_cast<std::uint8_t>(group >> 8);
    out[3 * i + 2] = static_cast<std::uint8_t>(group);
  }
  auto last = text.substr(4 * whole);
  // At most two signs of padding; that their number fits is what the length check above and `bytes_from` decide
  // together.
  for (int signs = 0; signs < 2 && last.ends_with('='); ++signs) last.remove_suffix(1);
  const auto rest = bytes_from(last, 6, standard_values);
  if (wrong < 0 || !rest) return std::nullopt;
  out.insert(out.end(), rest->begin(), rest->end());
  return out;
}

std::string base64url(View bytes) { return letters_of(bytes, 6, url_letters); }
std::optional<Bytes> unbase64url(std::string_view text) { return bytes_from(text, 6, url_values); }

std::string base32(View bytes) { return letters_of(bytes, 5, base32_letters); }
std::optional<Bytes> unbase32(std::string_view text) { return bytes_from(text, 5, base32_values); }

}  // namespace kasane::crypto
