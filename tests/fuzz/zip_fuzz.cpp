// A bundle's archive: anything at all is read within its bounds, or refused with one line.
#include <cstdlib>

#include "server/commands/verify/zip.hpp"
#include "server/exit_status.hpp"

using namespace kasane;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    std::size_t bytes = 0;
    for (const auto& [name, content] : commands::verify::read_zip({data, size}, "it")) {
      if (name.empty() || name.size() > commands::verify::bundle_name_bytes_max || name.front() == '/' ||
          name.find("..") != std::string::npos)
        std::abort();
      bytes += content.size();
    }
    if (bytes > commands::verify::bundle_bytes_max) std::abort();
  } catch (const CommandError& error) {
    const std::string_view line = error.what();
    if (error.status != Exit::broken_data || line.empty() || line.find('\n') != std::string_view::npos) std::abort();
  }
  return 0;
}
