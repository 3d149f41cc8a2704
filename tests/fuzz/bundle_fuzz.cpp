// The files of a bundle, after the archive: anything at all is judged, in findings of one line each.
// The input is file after file: name, length, a line each, bytes.
#include <cstdlib>

#include "crypto/lines.hpp"
#include "server/commands/verify/bundle.hpp"
#include "server/commands/verify/report.hpp"

using namespace kasane;

namespace {

/// Forgiving, so that a change of length changes one file and not what follows: the last has what is left.
commands::verify::Files files_in(std::string_view rest) {
  commands::verify::Files files;
  while (!rest.empty() && files.size() < 64) {
    const auto name = crypto::take_line(rest);
    const auto size = name ? crypto::take_line(rest) : std::nullopt;
    const auto length = size ? crypto::read_count(*size) : std::nullopt;
    if (!length) break;
    const auto bytes = rest.substr(0, *length);
    files[std::string(*name)] = bytes;
    rest.remove_prefix(bytes.size());
  }
  return files;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto files = files_in({reinterpret_cast<const char*>(data), size});
  const auto report = commands::verify::verify_files(files, {});
  if (report.findings.size() > commands::verify::Report::findings_max || report.found < report.findings.size())
    std::abort();
  // What is hostile in it neither begins a line of its own nor speaks to the terminal.
  std::string lines;
  for (const auto& finding : report.findings) lines += finding.what;
  for (const char c : commands::verify::print_report(report, "it"))
    if (c != '\n' && (static_cast<unsigned char>(c) < ' ' || c == '\x7f')) std::abort();
  if (lines.find('\n') != std::string::npos) std::abort();
  return 0;
}
