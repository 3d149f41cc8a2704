#include "server/net/upgrade.hpp"

namespace kasane::net {
namespace {

/// RFC 6455 §4.1: the list is comma separated; names are compared exactly.
bool offers(std::string_view protocols, std::string_view name) {
  while (!protocols.empty()) {
    const auto comma = protocols.find(',');
    auto one = protocols.substr(0, comma);
    while (!one.empty() && (one.front() == ' ' || one.front() == '\t')) one.remove_prefix(1);
    while (!one.empty() && (one.back() == ' ' || one.back() == '\t')) one.remove_suffix(1);
    if (one == name) return true;
    if (comma == std::string_view::npos) break;
    protocols.remove_prefix(comma + 1);
  }
  return false;
}

}  // namespace

std::optional<Reply> refuse_upgrade(const Head& head, const Origins& origins) {
  if (head.method != "GET") {
    auto reply = plain(405, "Only GET.\n");
    reply.headers.emplace_back("Allow", "GET");
    return reply;
  }
  if (!head.upgrade || head.websocket_version != "13") {
    auto reply = plain(426, "This address speaks WebSocket, version 13.\n");
    reply.headers.emplace_back("Upgrade", "websocket");
    reply.headers.emplace_back("Sec-WebSocket-Version", "13");
    return reply;
  }
  if (head.websocket_key.empty()) return plain(400, "No Sec-WebSocket-Key.\n");
  if (!origins.allow(head.origin)) return plain(403, "Pages of this origin may not connect.\n");
  if (!offers(head.protocols, subprotocol)) return plain(400, "The subprotocol kasane.v1 is required.\n");
  return std::nullopt;
}

Reply plain(unsigned status, std::string sentence) {
  Reply reply;
  reply.status = status;
  reply.headers.emplace_back("Cache-Control", "no-store");
  reply.headers.emplace_back("X-Content-Type-Options", "nosniff");
  reply.headers.emplace_back("Referrer-Policy", "no-referrer");
  reply.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  reply.headers.emplace_back("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  reply.body = std::make_shared<const std::string>(std::move(sentence));
  return reply;
}

std::optional<Reply> refuse_writing(const Head& head) {
  if (head.method == "GET" || head.method == "HEAD") return std::nullopt;
  auto reply = plain(405, "ここでは読むことしかできません。\nThis can only be read (GET, HEAD).\n");
  reply.headers.emplace_back("Allow", "GET, HEAD");
  return reply;
}

Reply nothing_here() {
  return plain(404,
               "このアドレスには何もありません。最初の画面 / から入り直してください。\n"
               "There is nothing at this address. Start again from the first page, /\n");
}

}  // namespace kasane::net
