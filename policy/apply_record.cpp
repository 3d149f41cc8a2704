#include "policy/apply.hpp"

namespace kasane::policy {

void Apply::record() {
  if (s.kind == Kind::record_order) {
    Order order;
    order.person = w.persons.intern(s.person);
    order.by = w.persons.intern(s.by);
    order.categories = Categories::of(s.categories.named);
    order.records = intern(w.records, s.records);
    order.reason = s.reason;
    order.index = index_;
    edit_item().orders.push_back(std::move(order));
    return;
  }
  const auto id = w.records.intern(s.record);
  if (s.kind == Kind::record_withdraw || s.kind == Kind::record_destroy) {
    Record& row = w.records.edit(id);
    if (row.withdrawn_index == no_index) row.withdrawn_index = index_;
    if (s.kind == Kind::record_destroy) row.destroyed_index = index_;
    return;
  }
  Record fresh;
  if (s.label) {
    const Label& label = *s.label;
    fresh.subjects = intern(w.subjects, label.subjects);
    fresh.category_list = label.categories;
    fresh.categories = Categories::of(label.categories);
    fresh.kind = label.kind;
    fresh.agency = w.agencies.intern(label.agency);
    if (label.origin != intake_origin) fresh.origin = w.bases.intern(label.origin);
    fresh.has_hold = label.hold.has_value();
    if (label.hold) fresh.hold = intern(w.agencies, *label.hold);
    fresh.withhold_from_subject = label.withhold_from_subject;
    fresh.deidentified = label.deidentified;
    if (label.parents) fresh.parents = intern(w.records, *label.parents);
  }
  if (!s.case_id.empty()) fresh.in_case = w.cases.intern(s.case_id);
  if (!s.item.empty()) fresh.item = w.items.intern(s.item);
  if (s.kind == Kind::record_rebase) {
    const auto source = w.records.intern(s.source);
    // Neither label nor source at hand: of such a record nothing is known, and nothing opens.
    if (!s.label && !w.records[source].defined) return;
    if (!s.label) {  // a scenario may leave it out (policy.md §3): then it is the source's
      fresh = w.records[source];
      fresh.item = w.items.intern(s.item);
      fresh.origin = w.items[fresh.item].basis;
      fresh.parents.clear();
      fresh.withdrawn_index = fresh.destroyed_index = no_index;
      fresh.released_to.clear();
      fresh.tasks.clear();
    }
    if (s.case_id.empty()) fresh.in_case = w.items[fresh.item].in_case;
    if (!fresh.in_case.known()) fresh.in_case = w.cases.intern({});  // of a case that nobody holds
    fresh.rebased_from = source;
  }
  fresh.defined = true;
  fresh.author = w.persons.intern(s.by);
  fresh.at = s.at_ms;
  fresh.index = index_;
  Moment moment(s.at_ms);
  fresh.origin_version = fresh.origin.known() ? w.version_in_force(fresh.origin, moment) : -1;
  w.cases.edit(fresh.in_case).records.push_back(id);
  w.records.edit(id) = std::move(fresh);
}

}  // namespace kasane::policy
