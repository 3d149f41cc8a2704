// What parses prints back to the same bytes, and nothing that is read goes beyond the text.
#include <cstdlib>

#include "crypto/envelope.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto envelope = kasane::crypto::parse_envelope(text);
  if (envelope && kasane::crypto::print(*envelope) != text) std::abort();
  return 0;
}
