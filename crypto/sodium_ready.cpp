#include "crypto/sodium_ready.hpp"

#include <sodium.h>

#include <cstdio>
#include <cstdlib>

namespace kasane::crypto {

bool sodium_ready() {
  if (sodium_init() < 0) {
    std::fputs("kasane::crypto::sodium_ready: libsodium does not start\n", stderr);
    std::abort();
  }
  return true;
}

}  // namespace kasane::crypto
