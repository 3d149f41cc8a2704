#include "server/log/witness_url.hpp"

#include <arpa/inet.h>

#include <algorithm>

#include "crypto/lines.hpp"

namespace kasane::log {

namespace {

constexpr std::string_view scheme = "http://", page = "/add-checkpoint";
constexpr std::size_t url_bytes_max = 512;

/// Loopback, RFC 1918.
bool near_v4(std::uint32_t address) {
  return address >> 24 == 127 || address >> 24 == 10 || address >> 20 == 0xac1 || address >> 16 == 0xc0a8;
}

/// ::1, fc00::/7.
bool near_v6(const in6_addr& address) {
  const std::uint8_t* octet = address.s6_addr;
  return (octet[0] & 0xfe) == 0xfc ||
         (std::all_of(octet, octet + 15, [](std::uint8_t one) { return one == 0; }) && octet[15] == 1);
}

bool plain_path(std::string_view path) {
  return std::ranges::all_of(path, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '-' ||
           c == '.' || c == '_' || c == '~' || c == '%';
  });
}

}  // namespace

std::optional<WitnessUrl> parse_witness_url(std::string_view url, std::string& why) {
  const auto refuse = [&](std::string what) {
    why = std::move(what);
    return std::nullopt;
  };
  if (url.empty()) return refuse("it has no URL to ask at");
  if (url.size() > url_bytes_max) return refuse("its URL is longer than 512 octets");
  if (!url.starts_with(scheme)) return refuse("its URL must begin with http:// (a proxy may stand in front of https)");
  url.remove_prefix(scheme.size());
  const auto slash = std::min(url.find('/'), url.size());
  const std::string_view authority = url.substr(0, slash);
  std::string_view prefix = url.substr(slash);
  while (prefix.ends_with('/')) prefix.remove_suffix(1);
  if (!plain_path(prefix)) return refuse("its URL has a letter that may not stand in a path here");

  const auto bracket = authority.find(']');
  const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  std::string_view host = authority.substr(0, std::min(colon, authority.size()));
  WitnessUrl out;
  if (colon != std::string_view::npos) {
    const auto port = crypto::read_count(authority.substr(colon + 1));
    if (!port || *port < 1 || *port > 65'535) return refuse("its URL has no port from 1 to 65535");
    out.port = static_cast<std::uint16_t>(*port);
  }
  const bool v6 = host.starts_with('[') && host.ends_with(']');
  out.address = host == "localhost" ? "127.0.0.1"
                : v6                ? std::string(host.substr(1, host.size() - 2))
                                    : std::string(host);
  in_addr four{};
  in6_addr six{};
  const bool is_four = !v6 && inet_pton(AF_INET, out.address.c_str(), &four) == 1;
  const bool is_six = v6 && inet_pton(AF_INET6, out.address.c_str(), &six) == 1;
  if (!is_four && !is_six) return refuse("its URL must name an IP address or localhost");
  if (!(is_four ? near_v4(ntohl(four.s_addr)) : near_v6(six)))
    return refuse("its URL is neither on loopback nor in a private network");
  out.host = authority;
  out.target = std::string(prefix) + std::string(page);
  return out;
}

}  // namespace kasane::log
