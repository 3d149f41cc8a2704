#include "crypto/secret.hpp"

#include <sodium.h>

namespace kasane::crypto {

void wipe(void* bytes, std::size_t length) noexcept { sodium_memzero(bytes, length); }

}  // namespace kasane::crypto
