#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kasane::net {

/// Which pages may open a WebSocket here. Nothing ambient (no cookie) rides on a connection, so this is the second
/// fence: the first is that a device signs the origin it sees (design.md §5). Source: RFC 6454 §7, ASVS 4.4.2.
class Origins {
 public:
  /// No origin named: pages on loopback alone, on any port (`ssh -L`). Named: exactly these.
  explicit Origins(std::vector<std::string> named) : named_(std::move(named)) {}

  /// `origin` as in the header; a client that is no browser sends none, which is allowed.
  [[nodiscard]] bool allow(std::string_view origin) const;

 private:
  std::vector<std::string> named_;
};

/// Does a Host header name loopback, with any port? A name of elsewhere that was turned to 127.0.0.1 does not.
[[nodiscard]] bool is_loopback_host(std::string_view host);

/// `scheme://host[:port]`, lower case, nothing after it: what `--origin` takes.
[[nodiscard]] bool is_origin(std::string_view text);

}  // namespace kasane::net
