#include "server/log_pages.hpp"

#include <string>

namespace kasane {

bool is_log_page(const net::Head& head) { return head.target == "/checkpoint" || head.target.starts_with("/tile/"); }

net::Reply log_page(const net::Head& head, const conference::Engine& engine) {
  if (auto refusal = net::refuse_writing(head)) return std::move(*refusal);
  if (head.target == "/checkpoint") return net::plain(200, engine.public_checkpoint());
  const auto name = crypto::parse_tile_name(head.target.substr(1));
  if (!name) return net::plain(404, "No tile is called that.\n");
  if (name->entries) return net::plain(403, "Entry bundles are for compliance: see the bundle of kasane export.\n");
  const auto tile = engine.tile(*name);
  if (!tile) return net::plain(404, "The log has no such tile yet.\n");
  auto reply = net::plain(200, crypto::text(*tile));
  reply.type = "application/octet-stream";
  // A tile never changes: what it covers is in the tree for good.
  for (auto& [header, value] : reply.headers)
    if (header == "Cache-Control") value = "public, max-age=31536000, immutable";
  return reply;
}

}  // namespace kasane
