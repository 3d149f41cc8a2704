#include <algorithm>

#include "crypto/signed_input.hpp"
#include "policy/action.hpp"
#include "server/conference/inside.hpp"

namespace kasane::conference {

namespace {

constexpr std::int64_t while_stopped_ms = 1'000;

policy::Statement attendance(policy::Kind kind, std::string item, std::string person) {
  policy::Statement statement;
  statement.kind = kind;
  statement.item = std::move(item);
  statement.person = std::move(person);
  return statement;
}
wire::Json body_of(std::string_view device, const crypto::Nonce& session, const std::string& signature) {
  wire::Json body = wire::Json::object();
  body.add("device", device).add("session", crypto::hex(session));
  if (signature.empty())
    body.add("lost", true);
  else
    body.add("signature", signature);
  return body;
}

}  // namespace

void Engine::Inside::answer_attending(Connection to, std::string id, std::string item) {
  after_commit.emplace_back([this, to, id = std::move(id), item = std::move(item)] {
    std::string list = "[";
    for (const Attending& one : ledger.attending()) {
      if (one.item != item) continue;
      if (list.size() > 1) list += ',';
      list += R"({"person":)" + wire::quoted(one.person) + R"(,"device":)" + wire::quoted(one.device) +
              R"(,"session":")" + crypto::hex(one.session) + R"("})";
    }
    list += ']';
    const std::string size = std::to_string(ledger.committed_size());
    const wire::Part parts[] = {{"attending", list}, {"size", size}};
    answer(to, id, parts);
  });
}

// PROTOCOL.md enter. A connection that comes back with its session within 15 s goes on where it was.
void Engine::Inside::enter(Connection from, const std::string& id, const wire::EnterRequest& ask) {
  const Authenticated& who = members.at(from).who;
  const auto session = crypto::from_hex<crypto::Nonce>(ask.session);
  const auto signature = crypto::from_base64<crypto::Signature>(ask.signature);
  const Keyring::Key* key = ledger.keyring().find(who.device);
  if (!session || !signature) return refuse(from, id, wire::Refusal{wire::Fault::malformed});
  if (key == nullptr || !key->live ||
      !crypto::verify(key->sign, crypto::enter_input(ledger.writer().log(), ask.item, *session), *signature))
    return refuse(from, id, wire::Refusal{wire::Fault::signature});
  const std::pair place{who.device, ask.session};
  const auto same = std::ranges::find_if(
      ledger.attending(), [&](const Attending& one) { return one.device == who.device && one.session == *session; });
  if (same != ledger.attending().end()) {
    if (same->item != ask.item) return refuse(from, id, wire::Refusal{wire::Fault::repeated});
    attends[place] = from;
    unattended.erase(place);
    return answer_attending(from, id, ask.item);
  }
  if (!appends_allowed()) return refuse(from, id, wire::Refusal{wire::Fault::busy});
  // The same device, come back with a new session: the old one is over, without waiting for its 15 s.
  std::vector<crypto::Nonce> over;
  for (const Attending& one : ledger.attending())
    if (one.item == ask.item && one.device == who.device && unattended.contains({one.device, crypto::hex(one.session)}))
      over.push_back(one.session);
  const auto written = ledger.append_own(attendance(policy::Kind::attendance_join, ask.item, who.person),
                                         body_of(who.device, *session, ask.signature), now_ms());
  if (const auto* reason = std::get_if<policy::Reason>(&written))
    return refuse(from, id, wire::Refusal::by_policy(*reason));
  attends[place] = from;
  for (const crypto::Nonce& old : over) unattended[{who.device, crypto::hex(old)}] = clock.steady_ms();
  answer_attending(from, id, ask.item);
}

void Engine::Inside::leave(Connection from, const std::string& id, const wire::LeaveRequest& ask) {
  const Authenticated& who = members.at(from).who;
  const auto session = crypto::from_hex<crypto::Nonce>(ask.session);
  const auto signature = crypto::from_base64<crypto::Signature>(ask.signature);
  const Keyring::Key* key = ledger.keyring().find(who.device);
  if (!session || !signature) return refuse(from, id, wire::Refusal{wire::Fault::malformed});
  if (key == nullptr ||
      !crypto::verify(key->sign, crypto::leave_input(ledger.writer().log(), ask.item, *session), *signature))
    return refuse(from, id, wire::Refusal{wire::Fault::signature});
  const auto there = std::ranges::find_if(ledger.attending(), [&](const Attending& one) {
    return one.item == ask.item && one.device == who.device && one.session == *session;
  });
  if (there != ledger.attending().end()) {  // leaving twice is leaving
    if (!appends_allowed()) return refuse(from, id, wire::Refusal{wire::Fault::busy});
    const auto written = ledger.append_own(attendance(policy::Kind::attendance_leave, ask.item, who.person),
                                           body_of(who.device, *session, ask.signature), now_ms());
    if (const auto* reason = std::get_if<policy::Reason>(&written))
      return refuse(from, id, wire::Refusal::by_policy(*reason));
  }
  attends.erase({who.device, ask.session});
  unattended.erase({who.device, ask.session});
  answer_attending(from, id, ask.item);
}

// design.md §4 "Talk": gone for 15 s is gone.
void Engine::Inside::lost_attendance() {
  const std::int64_t steady = clock.steady_ms();
  std::vector<Attending> lost;
  for (auto at = unattended.begin(); at != unattended.end();) {
    if (at->second > steady) {
      ++at;
      continue;
    }
    if (!appends_allowed()) {  // looked at again in a while: a timer left due would spin the ledger thread
      at->second = steady + while_stopped_ms;
      ++at;
      continue;
    }
    for (const Attending& one : ledger.attending())
      if (one.device == at->first.first && crypto::hex(one.session) == at->first.second) lost.push_back(one);
    at = unattended.erase(at);
  }
  for (const Attending& one : lost)
    if (std::holds_alternative<policy::Reason>(
            ledger.append_own(attendance(policy::Kind::attendance_leave, one.item, one.person),
                              body_of(one.device, one.session, {}), now_ms())))
      continue;  // the policy takes every leave of a known person at a known item
}

// PROTOCOL.md signal: to those attending whom `epoch` lists; never stored.
void Engine::Inside::signal(Connection from, const std::string& id, const wire::SignalRequest& ask) {
  const Authenticated& who = members.at(from).who;
  const auto persons = policy::epoch(ledger.world(), ask.item, ledger.time_at(now_ms()));
  bool present = false;
  std::vector<Connection> to;
  for (const Attending& one : ledger.attending()) {
    if (one.item != ask.item) continue;
    const auto at = attends.find({one.device, crypto::hex(one.session)});
    if (at == attends.end() || !std::ranges::binary_search(persons, one.person)) continue;
    if (at->second == from)
      present = true;
    else
      to.push_back(at->second);
  }
  if (!crypto::unbase64(ask.data)) return refuse(from, id, wire::Refusal{wire::Fault::malformed});
  if (!present) return refuse(from, id, wire::Refusal::by_policy(policy::Reason::NOT_AUTHORISED));
  const std::string item = wire::quoted(ask.item), person = wire::quoted(who.person), device = wire::quoted(who.device),
                    data = wire::quoted(ask.data);
  const wire::Part parts[] = {{"item", item}, {"person", person}, {"device", device}, {"data", data}};
  if (!to.empty()) send(std::move(to), wire::print_notification("signal", parts));
  answer(from, id, {});
}

}  // namespace kasane::conference
