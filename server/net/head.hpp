#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kasane::net {

/// What one HTTP request head says, as far as anybody here looks at it. Views into the parser's buffer.
struct Head {
  std::string_view method;
  std::string_view target;
  std::string_view host;
  std::string_view origin;
  std::string_view websocket_version;
  std::string_view websocket_key;
  std::string_view protocols;
  bool upgrade = false;  // `Connection: upgrade` and `Upgrade: websocket`
};

/// A whole answer. The body is shared with the store that it came from: a thousand readers of the bundle cost one copy.
struct Reply {
  unsigned status = 200;
  std::string type = "text/plain; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> headers;
  std::shared_ptr<const std::string> body;
};

/// Answers one request. Thread: any context, at the same time. Errors: none, a refusal is a reply.
using Responder = std::function<Reply(const Head&)>;

/// A short answer in words, without anything about the program behind it.
[[nodiscard]] Reply plain(unsigned status, std::string sentence);

}  // namespace kasane::net
