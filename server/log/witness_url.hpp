#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kasane::log {

/// Where a witness answers: `http://ADDRESS[:PORT][/PREFIX]`. What travels proves itself, so plain HTTP is enough, but
/// nothing leaves for the open network: the address is an IP address on loopback or in a private range (RFC 1918,
/// RFC 4193), or `localhost`. A witness elsewhere is reached through a proxy on such an address.
struct WitnessUrl {
  std::string address;  ///< as numbers, without brackets
  std::uint16_t port = 80;
  std::string host;    ///< for the head of a request
  std::string target;  ///< `<prefix>/add-checkpoint`
  bool operator==(const WitnessUrl&) const = default;
};
/// Errors: none, with a sentence in `why`.
std::optional<WitnessUrl> parse_witness_url(std::string_view url, std::string& why);

}  // namespace kasane::log
