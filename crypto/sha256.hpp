#pragma once
// SHA-256 by OpenSSL, which uses the processor's instructions; libsodium 1.0.18 does not. Thread: any.
#include "crypto/bytes.hpp"

namespace kasane::crypto {

Hash sha256(View bytes);
inline Hash sha256(std::string_view text) { return sha256(view(text)); }
/// Of the parts one after another, without prefixes: for fixed widths only.
Hash sha256_joined(std::initializer_list<View> parts);
/// Of `prefixed(parts)`.
Hash sha256_prefixed(std::initializer_list<View> parts);

}  // namespace kasane::crypto
