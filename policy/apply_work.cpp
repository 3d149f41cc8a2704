#include <algorithm>

#include "policy/apply.hpp"

namespace kasane::policy {

void Apply::work() {
  switch (s.kind) {
    case Kind::task_assign: {
      const auto id = w.tasks.intern(s.task);
      Task& row = w.tasks.edit(id);
      row.defined = true;
      row.item = w.items.intern(s.item);
      row.person = w.persons.intern(s.person);
      row.by = w.persons.intern(s.by);
      row.records = intern(w.records, s.records);
      row.to = s.to;
      row.index = index_;
      w.persons.edit(row.person).tasks.push_back(id);
      for (const auto record : row.records) {
        Record& named = w.records.edit(record);
        named.tasks.push_back(id);
        named.singled_out = true;
      }
      if (w.items[row.item].in_case.known()) w.cases.edit(w.items[row.item].in_case).tasks.push_back(id);
      return;
    }
    case Kind::task_end: {
      Task& row = w.tasks.edit(w.tasks.intern(s.task));
      if (row.ended_index == no_index) row.ended_index = index_;
      return;
    }
    case Kind::decision_record: {
      RecordedDecision& row = w.decisions.edit(w.decisions.intern(s.decision));
      row.defined = true;
      row.item = w.items.intern(s.item);
      row.kind = s.decision_kind.value_or(DecisionKind::new_plan);
      row.record = w.records.intern(s.record);
      row.rests_on = intern(w.records, s.rests_on);
      row.by = w.persons.intern(s.by);
      row.at = s.at_ms;
      row.index = index_;
      return;
    }
    default: {  // decision.confirm
      RecordedDecision& row = w.decisions.edit(w.decisions.intern(s.decision));
      row.confirmed_by = w.persons.intern(s.by);
      row.confirmed_index = index_;
    }
  }
}

void Apply::emergency() {
  const auto id = w.emergencies.intern(s.emergency);
  Emergency& row = w.emergencies.edit(id);
  const auto by = w.persons.intern(s.by);
  switch (s.kind) {
    case Kind::emergency_invoke:
      row.defined = true;
      row.in_case = w.cases.intern(s.case_id);
      row.person = w.persons.intern(s.person);
      row.by = by;
      row.records = intern(w.records, s.records);
      for (const auto record : row.records) w.records.edit(record).singled_out = true;
      row.categories = Categories::of(s.categories.named);
      row.ground = s.ground.value_or(EmergencyGround::life);
      row.minutes = s.minutes;
      row.protective = s.protective;
      row.at = s.at_ms;
      row.index = index_;
      w.persons.edit(row.person).emergencies.push_back(id);
      w.persons.edit(by).invoked.push_back(id);
      w.cases.edit(row.in_case).emergencies.push_back(id);
      return;
    case Kind::emergency_approve:
      row.approved_by = by;
      row.approved_at = s.at_ms;
      row.approved_index = index_;
      return;
    default:
      row.upheld = s.upheld;
      row.reviewed_index = index_;
  }
}

void Apply::recording() {
  switch (s.kind) {
    case Kind::message_post: {
      Message& row = w.messages.edit(w.messages.intern(s.message));
      row = {true, w.items.intern(s.item), w.persons.intern(s.by), index_, no_index};
      return;
    }
    case Kind::message_withdraw:
      w.messages.edit(w.messages.intern(s.message)).withdrawn_index = index_;
      return;
    case Kind::epoch_commit:
      edit_item().last_epoch = s.epoch;
      return;
    case Kind::request_make:
      w.requests.edit(w.requests.intern(s.request)) = {true, w.items.intern(s.item), w.persons.intern(s.by), index_};
      return;
    case Kind::key_release: {
      const auto person = w.persons.intern(s.person);
      auto& released = w.records.edit(w.records.intern(s.record)).released_to;
      if (std::find(released.begin(), released.end(), person) == released.end()) released.push_back(person);
      return;
    }
    default:
      return;
  }
}

}  // namespace kasane::policy
