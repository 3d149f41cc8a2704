#pragma once

#include <optional>
#include <span>
#include <vector>

#include "policy/decision.hpp"
#include "policy/gates/gate.hpp"
#include "policy/world.hpp"

namespace kasane::policy {

/// A question of `see` with its names looked up. What was named and is not known stays unknown and denies.
struct Question {
  PersonId who;
  RecordId record;
  bool names_device = false, names_item = false;
  DeviceId device;
  ItemId item;
  bool as_if_open = false, as_if_acknowledged = false;
};

/// Why someone without an item may look (policy.md §5, "Without an item").
struct Claim {
  Ground ground = Ground::OWN;
  bool as_coordinator = false;  ///< by being the case's coordinator
  ItemId item;                  ///< where the seat is that the claim stands on
  TaskId task;
};

struct Judgement {
  bool permit = false, hidden = true;
  std::optional<Ground> ground;
  std::optional<Reason> reason;
  std::uint8_t obligations = 0;
  Causes causes;  ///< of a denial
  // Of a permit: what it went by.
  std::optional<Claim> claim;
  EmergencyId emergency;
};

/// The steps at an item, in the order of policy.md §5. Each is total, so that a test may ask them in any order.
std::span<const Gate> item_gates();

/// policy.md §5, whole: the ordinary path, then an emergency.
Judgement judge(const World& world, const Question& question, Moment& moment);

/// The claim of this person to this record at their desk, or none.
std::optional<Claim> desk_claim(const World& world, PersonId who, RecordId record, Moment& moment);

/// A live emergency that permits where the ordinary path denied; unknown: none.
EmergencyId emergency_for(const Scene& scene);

/// policy.md §7, without the rule of §1 on hidden records: why this person may not rebase the record to the item now.
std::optional<Reason> rebase_stop(const World& world, PersonId chair, RecordId source, ItemId item, Moment& moment);

/// policy.md §5, claim `REBASE`: they may rebase the record, and each of its ancestors, to the item now.
bool may_rebase(const World& world, PersonId chair, RecordId record, ItemId item, Moment& moment);

/// policy.md §4: the statements that a permit stands on, by the versions of bases in force; ascending.
Cites grounds_of(const World& world, const Question& question, const Judgement& permit, Instant at);

/// policy.md §4: the statements that a permit stands on, and no smaller part of them; ascending.
Cites permit_cites(const World& world, const Question& question, const Judgement& permit, Instant at);

/// Ascending, each once, without those that no statement made.
void sort_cites(Cites& cites);

/// Looks the names up.
Question question_of(const World& world, std::string_view record, std::string_view who, std::string_view device,
                     std::string_view item);
/// The answer to a question with names looked up.
Decision decide(const World& world, const Question& question, Instant at);
/// Hidden at the desk and at every item where the person sits (policy.md §1).
bool hidden_everywhere(const World& world, RecordId record, PersonId person, Moment& moment);

}  // namespace kasane::policy
