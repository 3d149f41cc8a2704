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

/// A short answer in words, without anything about the program behind it. Wherever it is shown it stays text: it is
/// kept by no cache, framed by no page and runs nothing.
[[nodiscard]] Reply plain(unsigned status, std::string sentence);

/// 405 in words for every method but GET and HEAD (ASVS 4.1.4): what is served over HTTP is only read.
[[nodiscard]] std::optional<Reply> refuse_writing(const Head& head);

/// 404 as a person reads it who mistyped an address.
[[nodiscard]] Reply nothing_here();

}  // namespace kasane::net
