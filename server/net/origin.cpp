#include "server/net/origin.hpp"

#include <algorithm>

namespace kasane::net {
namespace {

bool digits(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

constexpr std::string_view plain_scheme = "http://";

bool loopback(std::string_view origin) {
  return origin.starts_with(plain_scheme) && is_loopback_host(origin.substr(plain_scheme.size()));
}

}  // namespace

bool is_loopback_host(std::string_view host) {
  for (std::string_view name : {"127.0.0.1", "localhost", "[::1]"}) {
    if (!host.starts_with(name)) continue;
    const auto rest = host.substr(name.size());
    if (rest.empty() || (rest.front() == ':' && digits(rest.substr(1)))) return true;
  }
  return false;
}

bool Origins::allow(std::string_view origin) const {
  if (origin.empty()) return true;
  if (named_.empty()) return loopback(origin);
  return std::find(named_.begin(), named_.end(), origin) != named_.end();
}

bool is_origin(std::string_view text) {
  const bool secure = text.starts_with("https://");
  if (!secure && !text.starts_with("http://")) return false;
  auto host = text.substr(secure ? 8 : 7);
  if (host.starts_with('[')) {
    const auto end = host.find(']');
    if (end == std::string_view::npos) return false;
    const auto address = host.substr(1, end - 1);
    const auto rest = host.substr(end + 1);
    return !address.empty() && address.find_first_not_of("0123456789abcdef:") == std::string_view::npos &&
           (rest.empty() || (rest.front() == ':' && digits(rest.substr(1))));
  }
  if (const auto colon = host.find(':'); colon != std::string_view::npos) {
    if (!digits(host.substr(colon + 1))) return false;
    host = host.substr(0, colon);
  }
  return !host.empty() && host.size() <= 253 &&
         host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string_view::npos;
}

}  // namespace kasane::net
