#pragma once

#include <functional>
#include <memory>
#include <string>

#include "server/net/line.hpp"
#include "server/net/timing.hpp"
#include "server/session/conversation.hpp"

namespace kasane::net {

/// Begins the conversation over a new WebSocket connection. Thread: the shard's. Owner: the connection, which outlives
/// it.
using ConversationMaker =
    std::function<std::unique_ptr<session::Conversation>(session::Channel&, Connection id, std::string origin)>;

struct PeerSettings {
  ConversationMaker converse;
  Budget budget;
};

}  // namespace kasane::net
