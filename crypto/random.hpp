#pragma once
#include "crypto/bytes.hpp"
#include "crypto/secret.hpp"

namespace kasane::crypto {

/// From the kernel's generator. Errors: ends the process where it cannot be read. Thread: any.
void random_fill(std::span<std::uint8_t> out);

template <class T>
T random_value() {
  T value;
  random_fill(value.bytes);
  return value;
}
template <class T>
T random_secret() {
  T secret;
  random_fill(secret.fill());
  return secret;
}
/// A new id: kind letter, `-`, 26 base32 characters (128 random bits).
std::string random_id(char kind);

}  // namespace kasane::crypto
