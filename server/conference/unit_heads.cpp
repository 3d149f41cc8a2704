#include "server/conference/inside.hpp"

namespace kasane::conference {

// PROTOCOL.md heads: where each unit ends, under a statement of the server's own. It is written when somebody asks and
// something came since the last one: what nobody asks about needs no proof, and the talk pays nothing for it.
void Engine::Inside::heads(Connection from, const std::string& id, const wire::HeadsRequest& ask) {
  if (ledger.heads_due() && !appends_allowed()) return refuse(from, id, wire::Refusal{wire::Fault::busy});
  std::vector<crypto::UnitTag> tags;
  for (const auto& text : ask.units) {
    const auto tag = crypto::from_hex<crypto::UnitTag>(text);
    if (!tag) return refuse(from, id, wire::Refusal{wire::Fault::malformed});
    tags.push_back(*tag);
  }
  asked_heads.push_back({from, id, std::move(tags)});
}

/// Before a commit: the last entry of the batch.
void Engine::Inside::state_heads() {
  if (asked_heads.empty()) return;
  if (ledger.heads_due()) ledger.append_heads(now_ms());
  for (auto& asked : std::exchange(asked_heads, {}))
    after_commit.emplace_back([this, asked = std::move(asked)] { answer_heads(asked); });
}

void Engine::Inside::answer_heads(const AskedHeads& asked) {
  const auto member = members.find(asked.from);
  if (member == members.end()) return;
  const log::Units& units = ledger.writer().units();
  const crypto::MovingTree& tree = ledger.unit_heads();
  const std::int64_t at = ledger.time_at(now_ms());
  const auto person = ledger.world().persons.find_defined(member->second.who.person);
  std::vector<std::string> rows;
  for (const auto& tag : asked.tags) {
    const auto unit = units.find(tag);
    const auto place = unit ? ledger.place_of(*unit) : std::nullopt;
    // Not theirs to read, or not there: left out, and one cannot tell which.
    if (!place || !audiences.reads(ledger.world(), units, *unit, person, at)) continue;
    std::vector<std::string> path;
    for (const auto& hash : tree.path(*place)) path.push_back(crypto::hex(hash));
    const log::UnitChain& chain = units[*unit];
    rows.push_back(R"({"tag":")" + crypto::hex(tag) + R"(","place":)" + std::to_string(*place) + R"(,"count":)" +
                   std::to_string(chain.entries.size()) + R"(,"last":")" + crypto::hex(chain.last) + R"(","path":)" +
                   wire::text_array(path) + '}');
  }
  const auto heads = *units.find("heads");
  const std::string entry = render_entry(heads, units[heads].entries.size() - 1, false),
                    salt = '"' + crypto::hex(units[heads].salt) + '"', list = wire::joined_array(rows),
                    size = std::to_string(ledger.committed_size());
  const wire::Part parts[] = {
      {"entry", entry}, {"salt", salt}, {"units", list}, {"size", size}, {"checkpoint", checkpoint_text}};
  answer(asked.from, asked.id, parts);
}

}  // namespace kasane::conference
