// A payload that is read prints to what reads to the same; its statement is well formed, and its unit never surprises.
#include <cstdlib>

#include "server/wire/unit.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kasane;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto payload = wire::parse_payload(text);
  if (!payload) return 0;
  if (text.size() > wire::payload_bytes_max || !policy::well_formed(payload->statement)) std::abort();
  const auto printed = wire::print_payload(*payload);
  const auto again = wire::parse_payload(printed);
  // Escapes may print longer than they were read; beyond the limit nothing is promised.
  if (!again && printed.size() <= wire::payload_bytes_max) std::abort();
  if (again && wire::print_payload(*again) != printed) std::abort();
  // What a stranger signed meets the empty World first: it answers, and stays whole.
  policy::World world;
  static_cast<void>(wire::unit_holds(world, *payload));
  static_cast<void>(world.accept(payload->statement, 0));
  return 0;
}
