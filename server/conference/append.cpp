#include "server/conference/inside.hpp"

namespace kasane::conference {

// PROTOCOL.md append: all or none; the receipts leave after the commit.
void Engine::Inside::append(Connection from, const std::string& id, Job& job) {
  if (!appends_allowed()) return refuse(from, id, wire::Refusal{wire::Fault::busy});
  if (job.refusal) return refuse(from, id, *job.refusal);
  const Supply supply{job.attached, staging, members.at(from).who.device};
  auto appended = ledger.append(job.checked, supply, now_ms());
  if (auto* refusal = std::get_if<AppendRefusal>(&appended)) return refuse(from, id, std::move(*refusal));
  after_commit.emplace_back([this, from, id, receipts = std::get<std::vector<Receipt>>(std::move(appended))] {
    std::string list = "[";
    for (const Receipt& receipt : receipts) {
      if (list.size() > 1) list += ',';
      list += R"({"index":)" + std::to_string(receipt.index) + R"(,"at":)" + wire::quoted_time(receipt.at_ms) + '}';
    }
    list += ']';
    const std::string size = std::to_string(ledger.committed_size()),
                      time = wire::quoted_time(ledger.writer().last_time_ms());
    const wire::Part parts[] = {{"size", size}, {"time", time}, {"checkpoint", checkpoint_text}, {"receipts", list}};
    answer(from, id, parts);
  });
}

// PROTOCOL.md put.
void Engine::Inside::put(Connection from, const std::string& id, Job& job) {
  const Member& member = members.at(from);
  const std::int64_t at = ledger.time_at(now_ms());
  std::vector<HalfSigned> rows;
  for (Checked& checked : job.checked) {
    check_again(checked, ledger.keyring());
    if (checked.refusal) return refuse(from, id, *checked.refusal);
    const auto& payload = checked.payload;
    const Keyring::Key* key = ledger.keyring().find(payload.device);
    const std::int64_t until = payload.signed_at_ms + policy::day_ms;
    if (!checked.first_good || checked.signatures != 1 || key == nullptr || !key->live ||
        key->person != payload.statement.by || member.who.person != payload.statement.by)
      return refuse(from, id, wire::Refusal{wire::Fault::signature});
    if (payload.log != ledger.writer().log()) return refuse(from, id, wire::Refusal{wire::Fault::log});
    if (payload.statement.with.empty()) return refuse(from, id, wire::Refusal{wire::Fault::malformed});
    if (until <= at || until > at + policy::day_ms + 2 * policy::minute_ms)
      return refuse(from, id, wire::Refusal{wire::Fault::clock});
    if (store.half_signed(payload.statement.with, at).size() >= wire::limits::half_signed_a_person)
      return refuse(from, id, wire::Refusal{wire::Fault::busy});
    rows.push_back({checked.payload_hash, payload.statement.with, std::move(checked.text), until});
  }
  if (job.refusal) return refuse(from, id, *job.refusal);
  Attachments& what = job.attached;
  std::vector<std::string> staged;
  staged.reserve(what.blobs.size() + what.wraps.size());
  for (const auto& [digest, blob] : what.blobs) staged.push_back(crypto::hex(digest));
  for (const auto& [root, list] : what.wraps) staged.push_back(crypto::hex(root));
  if (!rows.empty() && !appends_allowed()) return refuse(from, id, wire::Refusal{wire::Fault::busy});
  if (auto refused = staging.put(member.who.device, std::move(what), at)) return refuse(from, id, *refused);
  for (HalfSigned& row : rows) {
    after_commit.emplace_back([this, person = row.person, text = wire::quoted(row.envelope)] {
      const auto to = by_person.find(person);
      if (to == by_person.end()) return;
      const wire::Part parts[] = {{"envelope", text}};
      send(to->second, wire::print_notification("half_signed", parts));
    });
    ledger.pending().half_signed.push_back(std::move(row));
  }
  after_commit.emplace_back([this, from, id, at, list = wire::text_array(staged)] {
    const std::string until = wire::quoted_time(at + std::chrono::milliseconds(wire::limits::staged_time).count());
    const wire::Part parts[] = {{"until", until}, {"staged", list}};
    answer(from, id, parts);
  });
}

}  // namespace kasane::conference
