#include <algorithm>

#include "server/conference/inside.hpp"

namespace kasane::conference {

namespace {
constexpr std::uint16_t close_refused = 4002, close_revoked = 4004;
}

// PROTOCOL.md authenticate. The session has checked the signature; the device may have been revoked since.
void Engine::Inside::attach(Connection from, Authenticated who) {
  settle();
  const Keyring::Key* key = ledger.keyring().find(who.device);
  if (key == nullptr || !key->live || key->person != who.person) {
    closing.emplace_back(from, close_refused);
    return;
  }
  const std::int64_t time = ledger.time_at(now_ms());
  const std::string id = who.request_id;
  std::string directory_wrap = "null";
  if (const auto digest = ledger.directory_wrap(who.device))
    if (const auto wrap = store.blob(*digest)) directory_wrap = '"' + crypto::base64(crypto::view(*wrap)) + '"';
  std::vector<std::string> waiting;
  for (auto& one : store.half_signed(who.person, time)) waiting.push_back(std::move(one.envelope));
  const std::string person = wire::quoted(who.person), device = wire::quoted(who.device), at = wire::quoted_time(time),
                    size = std::to_string(ledger.committed_size()), note = wire::quoted(checkpoint),
                    half_signed = wire::text_array(waiting),
                    signature = '"' + crypto::base64(ledger.writer().sign_time(who.client_nonce, time)) + '"';
  const wire::Part parts[] = {{"person", person},
                              {"device", device},
                              {"time", at},
                              {"time_signature", signature},
                              {"size", size},
                              {"checkpoint", note},
                              {"directory_wrap", directory_wrap},
                              {"half_signed", half_signed}};
  by_person[who.person].push_back(from);
  members[from] = Member{std::move(who), false, std::nullopt};
  answer(from, id, parts);
  own_due_ms = std::min(own_due_ms, own_least_ms);  // who comes is told a head of now
}

void Engine::Inside::detach(Connection from) {
  const auto member = members.find(from);
  if (member == members.end()) return;
  auto& of_person = by_person[member->second.who.person];
  std::erase(of_person, from);
  if (of_person.empty()) by_person.erase(member->second.who.person);
  for (auto at = attends.begin(); at != attends.end();) {
    if (at->second != from) {
      ++at;
      continue;
    }
    unattended[at->first] = clock.steady_ms() + std::chrono::milliseconds(wire::limits::lost_after).count();
    at = attends.erase(at);
  }
  members.erase(member);
}

// A revoked device and an ended person are gone with the commit that says so (reliability.md V7.4.2).
void Engine::Inside::close_ended() {
  if (!ledger.keyring_changed()) return;
  for (const auto& [connection, member] : members)
    if (const auto* key = ledger.keyring().find(member.who.device); key == nullptr || !key->live)
      closing.emplace_back(connection, close_revoked);
  for (const auto& [connection, code] : closing)
    if (code == close_revoked) detach(connection);
}

void Engine::Inside::ping(Connection from, const std::string& id, const wire::PingRequest& ask) {
  const std::string nonce = wire::quoted(ask.nonce), time = wire::quoted_time(ledger.time_at(now_ms())),
                    size = std::to_string(ledger.committed_size());
  const wire::Part parts[] = {{"nonce", nonce}, {"time", time}, {"size", size}};
  answer(from, id, parts);
}

}  // namespace kasane::conference
