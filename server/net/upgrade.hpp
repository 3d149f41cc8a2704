#pragma once

#include <optional>
#include <string_view>

#include "server/net/head.hpp"
#include "server/net/origin.hpp"

namespace kasane::net {

inline constexpr std::string_view websocket_path = "/ws";
inline constexpr std::string_view subprotocol = "kasane.v1";

/// The refusal of an upgrade at `/ws`, or nothing where it may go on. Decided before a byte of WebSocket is read.
/// Source: RFC 6455 §4.2, PROTOCOL.md "Close codes".
[[nodiscard]] std::optional<Reply> refuse_upgrade(const Head& head, const Origins& origins);

}  // namespace kasane::net
