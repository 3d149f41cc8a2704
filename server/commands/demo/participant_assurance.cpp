#include "policy/readers.hpp"
#include "server/commands/demo/participant.hpp"
#include "server/native/member.hpp"
#include "server/wire/limits.hpp"

namespace kasane::commands::demo {

namespace {
constexpr std::size_t units_an_answer = 256;  // PROTOCOL.md heads
}

/// What came since the last look: heads are held against the ledger, whose wish for keys waits for `answer_wanted`.
void Participant::listen() {
  catch_up();  // a head speaks of entries that were sent before it
  for (auto& message : hall_.heard(connection_)) {
    const auto method = native::text_member(message, "method");
    if (method == "head")
      replica_.hear(*message.find("params"));
    else if (method == "wanted")
      wanted_.push_back(*message.find("params"));
  }
}

// design.md §3 "Tail hiding", "Freshness": before anybody gets a key.
void Participant::assure(const std::vector<std::string>& cases, const std::vector<std::string>& records) {
  listen();
  const auto at = replica_.own_at_ms();
  const auto oldest = hall_.now_ms() - std::chrono::milliseconds(wire::limits::quorum_age).count();
  if (replica_.founding().cosigner_key && (!at || *at < oldest))
    throw CommandError(Exit::broken_data, "the log has not signed for 10 minutes that its head is the newest");
  std::vector<std::string> names{"directory"};
  for (const auto& one : cases)
    if (const auto id = world().cases.find_defined(one); id.known())
      for (const auto& unit : policy::units_of(world(), id)) names.push_back(unit.name());
  for (const auto& record : records) names.push_back("record/" + record);
  const auto tags = replica_.tags(names);
  for (std::size_t from = 0; from < tags.size(); from += units_an_answer) {
    const std::vector<std::string> some(
        tags.begin() + static_cast<std::ptrdiff_t>(from),
        tags.begin() + static_cast<std::ptrdiff_t>(std::min(tags.size(), from + units_an_answer)));
    const auto answer = hall_.ask(connection_, wire::HeadsRequest{some});
    catch_up();
    replica_.check_ends(answer, some);
  }
}

}  // namespace kasane::commands::demo
