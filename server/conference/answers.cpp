#include <algorithm>

#include "policy/action.hpp"
#include "server/conference/inside.hpp"

namespace kasane::conference {

void Engine::Inside::send(std::vector<Connection> to, std::string text) {
  outgoing.push_back({std::move(to), std::make_shared<const std::string>(std::move(text))});
}

void Engine::Inside::answer(Connection to, std::string_view id, std::span<const wire::Part> parts) {
  send({to}, wire::print_result(id, parts));
}

void Engine::Inside::refuse(Connection to, std::string_view id, const wire::Refusal& refusal) {
  const auto member = members.find(to);
  const auto lang = member == members.end() ? wire::Language::ja : member->second.who.lang;
  send({to}, wire::print_error(id, refusal, lang));
}

void Engine::Inside::refuse(Connection to, std::string_view id, AppendRefusal refusal) {
  wire::Json& data = refusal.why.data;
  if (data.is_null()) data = wire::Json::object();
  data.add("index", static_cast<std::int64_t>(refusal.which));
  if (refusal.why.fault == wire::Fault::stale) {
    // Only what the caller reads: that a unit changed is itself part of it.
    wire::Json changed = wire::Json::array();
    const auto member = members.find(to);
    const std::int64_t at = ledger.time_at(now_ms());
    for (const auto& [index, name] : refusal.changed) {
      const auto unit = policy::parse_unit(name);
      if (member == members.end() || !unit || !policy::may_read(ledger.world(), member->second.who.person, *unit, at))
        continue;
      changed.push(wire::Json::object({{"index", wire::Json(index)}, {"unit", wire::Json(name)}}));
    }
    data.add("changed", std::move(changed));
  }
  refuse(to, id, refusal.why);
}

std::string Engine::Inside::render_salt(log::UnitNumber unit) const {
  const log::UnitChain& chain = ledger.writer().units()[unit];
  return wire::quoted(chain.name) + ":\"" + crypto::hex(chain.salt) + '"';
}

bool Engine::Inside::hears(log::UnitNumber unit, std::string_view person, policy::Instant at) const {
  const auto parsed = policy::parse_unit(ledger.writer().units()[unit].name);
  if (!parsed || parsed->kind != policy::UnitKind::item) return false;
  return std::ranges::binary_search(policy::epoch(ledger.world(), parsed->a, at), person);
}

/// An entry as clients get it. Requires: committed, or of the batch at hand.
std::string Engine::Inside::render_entry(log::UnitNumber unit, std::size_t position, bool with_frame) {
  const log::Writer& writer = ledger.writer();
  const log::UnitChain& chain = writer.units()[unit];
  const auto index = static_cast<Index>(chain.entries[position]);
  const std::string previous =
      crypto::hex(position == 0 ? crypto::Hash{} : writer.tree().leaf(chain.entries[position - 1]));
  const std::string envelope = ledger.envelope(index);
  std::string frame;
  if (with_frame)
    if (const auto bytes = ledger.frame(index)) frame = crypto::base64(crypto::view(*bytes));
  return wire::print_entry(
      {index, writer.time_ms(index), static_cast<std::int64_t>(position), chain.name, previous, envelope, frame});
}

}  // namespace kasane::conference
