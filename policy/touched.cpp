#include <algorithm>
#include <set>

#include "policy/readers.hpp"

// Which readers a batch may have changed (policy.md §12), so that the server need not ask for every person at every
// entry.
namespace kasane::policy {
namespace {

class Reach {
 public:
  explicit Reach(const World& world) : w_(world) {}
  void add(const Statement& s);
  Touched take();

 private:
  void cases_of(SubjectId subject) {
    if (subject.known()) cases_.insert(w_.subjects[subject].cases.begin(), w_.subjects[subject].cases.end());
  }
  /// Cases of subjects who are protected against this one: who stands for it is recused there.
  void cases_against(SubjectId opponent) {
    for (std::uint32_t row = 0; row < w_.subjects.size(); ++row)
      for (const auto& protection : w_.subjects[SubjectId{row}].protections)
        if (std::find(protection.subjects.begin(), protection.subjects.end(), opponent) != protection.subjects.end())
          cases_of(SubjectId{row});
  }
  void item(ItemId id) {
    if (id.known()) cases_.insert(w_.items[id].in_case);
  }

  const World& w_;
  bool everything_ = false;
  std::set<CaseId> cases_;
  std::vector<Unit> units_;
};

void Reach::add(const Statement& s) {
  switch (s.kind) {
    case Kind::person_add:
    case Kind::person_roles:
    case Kind::person_end:
    case Kind::basis_register:
    case Kind::tenant_found:
      everything_ = true;
      break;
    case Kind::agency_add:
    case Kind::device_add:
    case Kind::device_revoke:
    case Kind::device_vouch:
    case Kind::matrix_set:
    case Kind::notice_publish:  // none of them hides or shows
    case Kind::message_post:
    case Kind::message_withdraw:
    case Kind::epoch_commit:
    case Kind::key_grant:
    case Kind::ledger_heads:
    case Kind::attendance_join:
    case Kind::attendance_leave:
    case Kind::request_make:
    case Kind::request_answer:
    case Kind::recovery_open:
      break;
    case Kind::authority_add:
    case Kind::authority_conflict: {
      const auto id = w_.authorities.find(s.authority);
      if (!id.known()) break;
      cases_of(w_.authorities[id].subject);
      cases_against(w_.authorities[id].subject);
      break;
    }
    case Kind::protect_set:
    case Kind::protect_lift:
      cases_of(w_.subjects.find(s.subject));
      break;
    case Kind::conference_convene:
    case Kind::conference_move:
      break;
    case Kind::conference_close: {
      const auto id = w_.conferences.find(s.conference);
      if (id.known())
        for (const auto one : w_.conferences[id].items) item(one);
      break;
    }
    case Kind::item_seat: {
      const auto id = w_.items.find(s.item);
      item(id);
      // Seated, or no longer seated, as somebody's opponent: whom that was is not known any more after a removal.
      for (std::uint32_t row = 0; row < w_.subjects.size(); ++row)
        if (!w_.subjects[SubjectId{row}].protections.empty()) cases_of(SubjectId{row});
      break;
    }
    case Kind::item_add:
      item(w_.items.find(s.item));
      for (const auto& entry : s.seats)
        if (!entry.as.empty()) cases_against(w_.subjects.find(entry.as));
      break;
    case Kind::task_assign:
    case Kind::decision_record:
    case Kind::record_order:
    case Kind::item_open:
    case Kind::item_suspend:
    case Kind::item_close:
      item(w_.items.find(s.item));
      break;
    case Kind::task_end: {
      const auto id = w_.tasks.find(s.task);
      if (id.known()) item(w_.tasks[id].item);
      break;
    }
    case Kind::decision_confirm:
      break;
    case Kind::record_share:
    case Kind::record_rebase:
    case Kind::record_withdraw:
    case Kind::record_destroy: {
      const auto id = w_.records.find(s.record);
      if (id.known()) cases_.insert(w_.records[id].in_case);
      break;
    }
    case Kind::emergency_invoke:
    case Kind::emergency_approve:
    case Kind::emergency_review: {
      const auto id = w_.emergencies.find(s.emergency);
      if (id.known()) cases_.insert(w_.emergencies[id].in_case);
      break;
    }
    default:
      if (const auto id = w_.cases.find(s.case_id); id.known()) cases_.insert(id);
  }
  units_.push_back(unit_of(w_, s));  // it may be new
}

Touched Reach::take() {
  Touched touched;
  touched.everything = everything_;
  touched.cases.assign(cases_.begin(), cases_.end());
  touched.units = std::move(units_);
  return touched;
}

}  // namespace

Touched touched(const World& world, std::span<const Statement> batch) {
  Reach reach(world);
  for (const auto& statement : batch) reach.add(statement);
  return reach.take();
}

std::vector<Unit> units_of(const World& world, CaseId in_case) {
  const Case& row = world.cases[in_case];
  std::vector<Unit> units;
  const auto add = [&](UnitId id) {
    if (id.known()) units.push_back(world.unit(id));
  };
  const auto all = [&](const UnitsOf& of) {
    add(of.own);
    add(of.work);
    for (const auto& one : of.further) add(one.unit);
  };
  all(row.units);
  std::set<ConferenceId> conferences;
  for (const auto id : row.items) {
    all(world.items[id].units);
    conferences.insert(world.items[id].conference);
  }
  for (const auto id : conferences) all(world.conferences[id].units);
  for (const auto id : row.records) all(world.records[id].units);
  for (const auto& entry : row.subjects) all(world.subjects[entry.subject].units);
  for (const auto id : row.emergencies) all(world.emergencies[id].units);
  return units;
}

}  // namespace kasane::policy
