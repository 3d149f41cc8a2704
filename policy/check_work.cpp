#include <algorithm>

#include "policy/check.hpp"
#include "policy/emergency.hpp"
#include "policy/reader.hpp"
#include "policy/readers.hpp"

namespace kasane::policy {

Check::Result Check::work() {
  if (s.kind == Kind::task_end) {
    const Task& task = w.tasks[w.tasks.find_defined(s.task)];
    const bool may_end =
        chairs(task.item) || w.is_case_coordinator(w.items[task.item].in_case, by) || task.person == by;
    return may_end ? Result{} : Result{Reason::NOT_AUTHORISED};
  }
  const ItemId id = item_id();
  const Item& row = w.items[id];
  if (s.kind == Kind::task_assign) {
    if (!chairs(id)) return Reason::NOT_AUTHORISED;
    if (row.state != ItemState::open) return Reason::ITEM_NOT_OPEN;
    const BasisVersion* basis = w.in_force(row.basis, moment);
    for (const auto& name : s.records) {
      const RecordId record = w.records.find_defined(name);
      if (w.records[record].in_case != row.in_case) return Reason::WRONG_CASE;
      if (flow_stop(w, record, row.basis, basis).known()) return Reason::FLOW;
    }
    return professional(id, person_id()) ? Result{} : Result{Reason::SEAT_NOT_ALLOWED};
  }
  // decision.record
  if (!chairs_or_records(id)) return Reason::NOT_AUTHORISED;
  if (row.state != ItemState::open) return Reason::ITEM_NOT_OPEN;
  const Record& text = w.records[record_id()];
  if (text.kind != RecordKind::DEC || text.item != id || text.author != by || text.rebased() || text.withdrawn() ||
      text.in_case != row.in_case)
    return Reason::WRONG_CASE;
  for (const auto& name : s.rests_on)
    if (w.records[w.records.find_defined(name)].in_case != row.in_case) return Reason::WRONG_CASE;
  return std::nullopt;
}

Check::Result Check::confirm() {
  const RecordedDecision& decision = w.decisions[w.decisions.find_defined(s.decision)];
  const Item& row = w.items[decision.item];
  const auto leads = [](const Seated& one) { return one.seat == Seat::chair || one.seat == Seat::recorder; };
  const bool author_alone = std::none_of(row.seats.begin(), row.seats.end(),
                                         [&](const Seated& one) { return leads(one) && one.person != decision.by; });
  const Seated* seated = my_seat(decision.item);
  const bool fit = seated != nullptr && (leads(*seated) || (author_alone && is_professional(seated->seat)));
  if (!fit || recused(w, row.in_case, by)) return Reason::NOT_AUTHORISED;
  if (decision.by == by) return Reason::SECOND_PERSON;
  return decision.confirmed_index != no_index ? Result{Reason::DUPLICATE} : Result{};
}

Check::Result Check::emergency() {
  if (s.kind == Kind::emergency_invoke) {
    if (!coordinator() && !professional_in_case(case_id(), false)) return Reason::NOT_AUTHORISED;
    for (const auto& name : s.records)
      if (w.records[w.records.find_defined(name)].in_case != case_id()) return Reason::WRONG_CASE;
    for (const auto id : w.persons[by].invoked) {
      const Emergency& earlier = w.emergencies[id];
      if (earlier.approved() && earlier.reviewed_index == no_index && s.at_ms - earlier.at > 7 * day_ms)
        return Reason::REVIEW_OVERDUE;
    }
    return std::nullopt;
  }
  const Emergency& row = w.emergencies[w.emergencies.find_defined(s.emergency)];
  if (s.kind == Kind::emergency_review) {
    if (!role(Role::compliance)) return Reason::NOT_AUTHORISED;
    if (row.by == by || row.person == by || (row.approved() && row.approved_by == by)) return Reason::SECOND_PERSON;
    return row.reviewed_index != no_index ? Result{Reason::DUPLICATE} : Result{};
  }
  if (!Reader(w, by, moment).household_case(row.in_case)) return Reason::NOT_AUTHORISED;
  if (s.at_ms >= approvable_until(row)) return Reason::TOO_LATE;
  if (row.by == by || row.person == by) return Reason::SECOND_PERSON;
  const bool fit = row.protective ? role(Role::protection)
                                  : w.persons[by].agency != w.persons[row.by].agency || role(Role::compliance);
  if (!fit) return Reason::SECOND_PERSON;
  return row.approved() ? Result{Reason::DUPLICATE} : Result{};
}

}  // namespace kasane::policy
