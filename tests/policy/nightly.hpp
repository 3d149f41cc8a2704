#pragma once

#include <cstdlib>

namespace kasane::tests {

/// The long loops whole?
inline bool nightly() {
  const char* set = std::getenv("KASANE_NIGHTLY");
  return set != nullptr && *set != 0;
}

}  // namespace kasane::tests
