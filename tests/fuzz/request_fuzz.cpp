// A request that is read prints to what reads to the same; one that is not gets an answer that is JSON again.
#include <cstdlib>

#include "server/wire/messages.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kasane;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = wire::read_request(text);
  if (const auto* unread = std::get_if<wire::Unread>(&read)) {
    for (const auto language : {wire::Language::ja, wire::Language::en})
      if (!wire::read_json(wire::print_error(unread->id, unread->refusal, language))) std::abort();
    return 0;
  }
  const auto& request = std::get<wire::Request>(read);
  if (request.id.size() > wire::limits::request_id_bytes + 2) std::abort();
  const auto printed = wire::print_request(request);
  const auto again = wire::read_request(printed);
  const auto* twice = std::get_if<wire::Request>(&again);
  if (twice == nullptr ? printed.size() <= wire::limits::message_bytes : wire::print_request(*twice) != printed)
    std::abort();
  return 0;
}
