#pragma once

#include <optional>
#include <set>
#include <span>
#include <vector>

#include "policy/world.hpp"

/// The steps of policy.md §5, a file a step. A gate says why it denies, or nothing. Each gate looks at one thing and
/// they only choose the reason: in whatever order they are asked, the same is permitted.
namespace kasane::policy {

/// One question about a record, with what it names looked up.
struct Scene {
  const World& world;
  Moment& moment;
  PersonId who;
  RecordId record;
  ItemId item;                          ///< unknown: without an item
  const Seated* seat = nullptr;         ///< of `who` at the item
  const BasisVersion* basis = nullptr;  ///< of the item, in force now
  bool as_if_open = false;              ///< the window counts as met, unless the item is closed
  bool as_if_acknowledged = false;

  const Person& viewer() const { return world.persons[who]; }
  const Record& rec() const { return world.records[record]; }
  const Item& at() const { return world.items[item]; }
  bool own_agency() const { return viewer().agency.known() && viewer().agency == rec().agency; }
};

/// The statements that caused a denial, as far as there are any.
struct Causes {
  Index one = no_index, other = no_index;
};
struct Denial {
  Reason reason = Reason::UNKNOWN;
  bool hidden = false;
  Causes causes;
};
using Verdict = std::optional<Denial>;
using Gate = Verdict (*)(const Scene&);

namespace gate {
Verdict seat(const Scene&);          ///< step 2, who sits here under a basis in force
Verdict window(const Scene&);        ///< step 2, not withdrawn, and the hour of the reading
Verdict notice(const Scene&);        ///< step 3
Verdict conflict(const Scene&);      ///< step 4
Verdict whereabouts(const Scene&);   ///< step 5a, with and without an item
Verdict source(const Scene&);        ///< step 5b, with and without an item
Verdict hold(const Scene&);          ///< step 5c
Verdict private_seat(const Scene&);  ///< step 5d
Verdict onlooker(const Scene&);      ///< step 5e
Verdict flow(const Scene&);          ///< step 6
Verdict consent(const Scene&);       ///< step 7
Verdict need_to_know(const Scene&);  ///< step 8
}  // namespace gate

/// Step 4 for one subject: a protection's opponent, or who stands for one. The protection, or null.
const Protection* opposing(const World& world, PersonId person, SubjectId subject);
/// Step 4 for one subject, whole.
Verdict recused_by_subject(const World& world, PersonId person, SubjectId subject);
/// Step 4, a declared and unlifted conflict.
const Conflict* declared_conflict(const World& world, CaseId in_case, PersonId person);

/// The order at the item for this person that names the record; of another's making where `by_another`. Or null.
const Order* order_naming(const World& world, ItemId item, PersonId person, RecordId record, bool by_another = false);

/// Of a record with these parents.
Ancestry ancestry_of(const World& world, std::span<const RecordId> parents);

/// Step 6 for any record and item: the record (itself or an ancestor) whose origin stops it; unknown: it may flow.
/// A basis not in force lets nothing through.
RecordId flow_stop(const World& world, RecordId record, BasisId target, const BasisVersion* in_force);

/// The same for a record that is not in the World yet.
bool may_flow(const World& world, const Record& record, BasisId target, const BasisVersion* in_force);

/// Step 7: the first cell that is not granted, for this person in this seat; `cause` gets its statement.
std::optional<CellState> consent_stop(const World& world, const Record& record, PersonId who, const Seated& seat,
                                      Moment& moment, Index* cause);

/// Visits parents transitively, each once, a parent that is not held included, until `visit` says false.
template <class Visit>
void each_ancestor(const World& world, std::span<const RecordId> parents, Visit visit) {
  if (parents.empty()) return;
  std::vector<RecordId> open(parents.rbegin(), parents.rend());
  std::set<RecordId> seen;
  while (!open.empty()) {
    const RecordId next = open.back();
    open.pop_back();
    if (!seen.insert(next).second) continue;
    if (!visit(next)) return;
    const std::span<const RecordId> above = world.records[next].parents;
    open.insert(open.end(), above.rbegin(), above.rend());
  }
}

}  // namespace kasane::policy
