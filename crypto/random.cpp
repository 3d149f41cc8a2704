#include "crypto/random.hpp"

#include <sodium.h>

#include "crypto/sodium_ready.hpp"

namespace kasane::crypto {

namespace {
[[maybe_unused]] const bool ready = sodium_ready();
}

void random_fill(std::span<std::uint8_t> out) {
  if (!out.empty()) randombytes_buf(out.data(), out.size());  // an empty span may point to nothing
}

std::string random_id(char kind) {
  const auto bits = random_value<Nonce>();
  return std::string{kind, '-'} + base32(bits);
}

}  // namespace kasane::crypto
