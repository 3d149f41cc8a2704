// What parses prints back to the same bytes; a note by nobody verifies for nobody.
#include <cstdlib>

#include "crypto/note.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto note = kasane::crypto::parse_checkpoint(text);
  if (note && kasane::crypto::print(*note) != text) std::abort();
  static const auto key = kasane::crypto::signing_generate().public_key;
  if (note && kasane::crypto::verify_checkpoint(text, note->checkpoint.origin, key)) std::abort();
  return 0;
}
