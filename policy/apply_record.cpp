#include "policy/apply.hpp"
#include "policy/gates/gate.hpp"

namespace kasane::policy {

namespace {

/// Everything of a record that a decision reads, but what singles it out.
bool same_label(const Record& a, const Record& b) {
  return a.in_case == b.in_case && a.item == b.item && a.author == b.author && a.agency == b.agency &&
         a.origin == b.origin && a.origin_version == b.origin_version && a.kind == b.kind &&
         a.withhold_from_subject == b.withhold_from_subject && a.deidentified == b.deidentified &&
         a.has_hold == b.has_hold && a.hold == b.hold && a.subjects == b.subjects &&
         a.category_list == b.category_list && a.parents == b.parents && a.rebased() == b.rebased();
}
std::uint32_t label_hash(const Record& one) {
  std::uint64_t hash = one.categories.bits();
  const auto mix = [&](std::uint64_t value) {
    hash = (hash ^ value) * 0x9e37'79b9'7f4a'7c15U;
    hash ^= hash >> 29U;
  };
  mix(one.item.row);
  mix(one.author.row);
  mix(static_cast<std::uint64_t>(one.agency.row) << 32U | one.origin.row);
  mix(static_cast<std::uint64_t>(one.kind));
  for (const auto subject : one.subjects) mix(subject.row);
  for (const auto parent : one.parents) mix(parent.row);
  return static_cast<std::uint32_t>(hash >> 32U);
}

}  // namespace

void Apply::number_label(RecordId id) {
  const std::uint32_t hash = label_hash(w.records[id]);
  NameIndex& labels = w.cases.edit(w.records[id].in_case).labels;
  const auto first = labels.find(hash, [&](std::uint32_t row) { return same_label(w.records[{row}], w.records[id]); });
  if (first == NameIndex::none) labels.add(hash, id.row);
  w.records.edit(id).alike = first == NameIndex::none ? w.labels_++ : w.records[{first}].alike;
}

void Apply::record() {
  if (s.kind == Kind::record_order) {
    Order order;
    order.person = w.persons.intern(s.person);
    order.by = w.persons.intern(s.by);
    order.categories = Categories::of(s.categories.named);
    order.records = intern(w.records, s.records);
    order.reason = s.reason;
    order.index = index_;
    for (const auto record : order.records) w.records.edit(record).singled_out = true;
    edit_item().orders.push_back(std::move(order));
    return;
  }
  const auto id = w.records.intern(s.record);
  if (s.kind == Kind::record_withdraw || s.kind == Kind::record_destroy) {
    Record& row = w.records.edit(id);
    if (row.withdrawn_index == no_index) row.withdrawn_index = index_;
    row.singled_out = true;
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
    fresh.above = ancestry_of(w, fresh.parents);
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
      fresh.above = {};
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
  Record& row = w.records.edit(id);
  fresh.units = std::move(row.units);
  fresh.singled_out = row.singled_out;
  row = std::move(fresh);
  number_label(id);
}

}  // namespace kasane::policy
