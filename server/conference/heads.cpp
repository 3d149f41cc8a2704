#include <algorithm>
#include <stdexcept>

#include "server/conference/inside.hpp"

namespace kasane::conference {

// What was reached before this start still counts, if it is of the policy that is asked for now.
void Engine::Inside::begin_heads() {
  if (const auto own = store.cosigned(CosignedRow::Which::own)) own_note = own->note;
  if (!options.witnesses) return;
  const log::WitnessPolicy& policy = *options.witnesses;
  if (const auto why = log::complaint(policy, log_vkey)) throw std::invalid_argument(*why);
  witness_policy = log::print_policy(log::without_urls(policy));
  witnesses.of = static_cast<std::int64_t>(policy.witnesses.size());
  witnesses.needed = static_cast<std::int64_t>(log::least_cosigners(policy));
  ledger.require_quorum();
  const auto row = store.cosigned(CosignedRow::Which::quorum);
  const auto kept = row ? crypto::verify_checkpoint(row->note, log_vkey.name, log_vkey.key) : std::nullopt;
  const crypto::Tree& tree = ledger.writer().tree();
  if (!kept || kept->size > tree.size() || kept->root != tree.root(kept->size)) return;
  const auto at_s = log::quorum_at(policy, *crypto::parse_checkpoint(row->note));
  if (!at_s) return;
  quorum_note = row->note;
  witnesses.quorum_size = row->size;
  witnesses.quorum_at_ms = std::min(static_cast<std::int64_t>(*at_s) * 1'000, now_ms());
  ledger.quorum_stood(witnesses.quorum_at_ms);
}

// Commit before you speak: a head counts, and is shown, once it is on disk.
void Engine::Inside::witnessed(Witnessed& word) {
  const auto answering = static_cast<std::int64_t>(word.answering);
  if (answering != std::exchange(witnesses.answering, answering)) head_due_ms = clock.steady_ms();
  if (!word.head || !appends_allowed()) return;
  log::QuorumHead& head = *word.head;
  ledger.pending().cosigned.push_back({CosignedRow::Which::quorum, head.size, head.note, witness_policy});
  after_commit.emplace_back([this, head = std::move(head)] {
    if (!ledger.extends(now_ms())) head_due_ms = clock.steady_ms();
    quorum_note = head.note;
    witnesses.quorum_size = head.size;
    witnesses.quorum_at_ms = head.at_ms;
    ledger.quorum_stood(head.at_ms);
    publish();
  });
}

// PROTOCOL.md head.
void Engine::Inside::tell_heads() {
  const std::int64_t steady = clock.steady_ms();
  std::vector<Connection> to = std::exchange(head_wanted, {});
  if (steady >= head_due_ms) {
    head_due_ms = steady + std::chrono::milliseconds(wire::limits::head_every).count();
    to.clear();
    for (const auto& [connection, member] : members)
      if (member.live) to.push_back(connection);
  }
  std::erase_if(to, [this](Connection one) { return !members.contains(one); });
  if (to.empty()) return;
  settle();
  send(std::move(to), render_head());
}

// design.md §3 "Freshness": while anyone is connected; the promise is on disk before anybody sees it. Where nothing may
// be written, none is made.
void Engine::Inside::cosign() {
  const std::int64_t steady = clock.steady_ms();
  if (members.empty() || steady < own_due_ms) return;
  own_due_ms = steady + std::chrono::milliseconds(wire::limits::head_every).count();
  own_least_ms = steady + std::chrono::milliseconds(wire::limits::own_head_least).count();
  if (!appends_allowed()) return;
  settle();
  const auto row = ledger.promise(now_ms());
  if (!row) return;
  own_note = row->note;
  commit();
}

std::string Engine::Inside::render_head() const {
  const std::string time = wire::quoted_time(ledger.time_at(clock.wall_ms())),
                    size = std::to_string(ledger.committed_size()),
                    own = own_note.empty() ? "null" : wire::quoted(own_note),
                    quorum = quorum_note.empty() ? "null" : wire::quoted(quorum_note);
  std::string state = "null";
  if (witnesses.of > 0)
    state = R"({"policy":)" + wire::quoted(witness_policy) + R"(,"of":)" + std::to_string(witnesses.of) +
            R"(,"needed":)" + std::to_string(witnesses.needed) + R"(,"answering":)" +
            std::to_string(witnesses.answering) + R"(,"at":)" +
            (quorum_note.empty() ? "null" : wire::quoted_time(witnesses.quorum_at_ms)) + '}';
  const wire::Part parts[] = {{"time", time}, {"size", size},     {"checkpoint", checkpoint_text},
                              {"own", own},   {"quorum", quorum}, {"witnesses", state}};
  return wire::print_notification("head", parts);
}

}  // namespace kasane::conference
