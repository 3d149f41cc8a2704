// `kasane decide` on any file: an answer that is JSON, the same every time, or one line why not.
#include <cstdlib>

#include "server/wire/json.hpp"
#include "server/wire/scenario.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kasane;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::string why;
  const auto answers = wire::decide_scenario(text, false, &why);
  if (!answers) {
    if (why.empty() || why.find('\n') != std::string::npos) std::abort();
    return 0;
  }
  if (!wire::read_json(*answers, {.bytes = std::size_t{64} << 20U, .depth = 32})) std::abort();
  if (wire::decide_scenario(text, false, &why) != answers) std::abort();
  return 0;
}
