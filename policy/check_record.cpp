#include <algorithm>

#include "policy/check.hpp"

namespace kasane::policy {
namespace {

template <class Tag, class Row>
std::vector<Id<Tag>> look_up(const Table<Tag, Row>& table, const std::vector<std::string>& names) {
  std::vector<Id<Tag>> ids;
  ids.reserve(names.size());
  for (const auto& name : names) ids.push_back(table.find_defined(name));
  return ids;
}

template <class List, class One>
bool has(const List& list, const One& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

}  // namespace

Check::Result Check::share() {
  const Label& label = *s.label;
  const CaseId in_case = case_id();
  const ItemId id = s.item.empty() ? ItemId{} : item_id();
  // Authority: the seat, and the agency that is the author's own.
  const bool seated =
      id.known() ? professional(id, by) : w.is_case_coordinator(in_case, by) || professional_in_case(in_case, false);
  const AgencyId agency = w.agencies.find_defined(label.agency);
  if (!seated || w.persons[by].agency != agency) return Reason::NOT_AUTHORISED;
  if (id.known()) {
    const Item& row = w.items[id];
    const bool minutes =
        label.kind == RecordKind::MIN && chairs_or_records(id) && !w.conferences[row.conference].closed();
    if (row.closed() && !minutes) return Reason::ITEM_CLOSED;
    if (row.in_case != in_case) return Reason::WRONG_CASE;
    // The record as it would be, for step 6.
    Record draft;
    if (label.origin != intake_origin) draft.origin = w.bases.find_defined(label.origin);
    if (draft.origin.known()) draft.origin_version = w.version_in_force(draft.origin, moment);
    if (label.parents) draft.parents = look_up(w.records, *label.parents);
    draft.above = ancestry_of(w, draft.parents);
    const BasisVersion* basis = w.in_force(row.basis, moment);
    if (!may_flow(w, draft, row.basis, basis)) return Reason::FLOW;
    if (!w.acknowledged(id, by)) return Reason::NOT_ACKNOWLEDGED;
    if (basis->statutory && draft.origin.known() && draft.origin != row.basis) {
      bool from_parent = false;
      for (const auto parent : draft.parents) from_parent = from_parent || w.records[parent].origin == draft.origin;
      if (!from_parent) return Reason::FLOW;
    }
  }
  return label.parents ? share_parents(in_case) : Result{};
}

/// What an ancestor has of PADR, SRC or `hold` the label carries too. A parent was accepted on the same condition, so
/// that its own label tells for all above it.
Check::Result Check::share_parents(CaseId in_case) {
  const Label& label = *s.label;
  const auto parents = look_up(w.records, *label.parents);
  for (const auto parent : parents)
    if (w.records[parent].in_case != in_case) return Reason::WRONG_CASE;
  const Categories categories = Categories::of(label.categories);
  const auto subjects = look_up(w.subjects, label.subjects);
  const auto hold = label.hold ? look_up(w.agencies, *label.hold) : std::vector<AgencyId>{};
  bool carries = true;
  for (const auto parent : parents) {
    const Record& above = w.records[parent];
    if (above.categories.has(Category::PADR))
      carries =
          carries && categories.has(Category::PADR) &&
          std::all_of(above.subjects.begin(), above.subjects.end(), [&](SubjectId one) { return has(subjects, one); });
    if (above.categories.has(Category::SRC)) carries = carries && categories.has(Category::SRC);
    if (above.has_hold)
      carries = carries && label.hold &&
                std::all_of(hold.begin(), hold.end(), [&](AgencyId one) { return has(above.hold, one); });
  }
  return carries ? Result{} : Result{Reason::PROTECTED_PARENT};
}

Check::Result Check::record() {
  if (s.kind == Kind::record_order) {
    const ItemId id = item_id();
    if (!chairs(id)) return Reason::NOT_AUTHORISED;
    if (w.seat(id, person_id()) == nullptr) return Reason::SEAT_NOT_ALLOWED;
    for (const auto record : look_up(w.records, s.records))
      if (w.records[record].in_case != w.items[id].in_case) return Reason::WRONG_CASE;
    return s.reason ? Result{} : Result{Reason::REASON_MISSING};
  }
  const Record& row = w.records[record_id()];
  const bool case_office = w.is_case_coordinator(row.in_case, by);
  if (s.kind == Kind::record_withdraw) {
    if (row.author != by && !case_office && !(row.item.known() && chairs(row.item))) return Reason::NOT_AUTHORISED;
    return row.withdrawn() ? Result{Reason::DUPLICATE} : Result{};
  }
  if (!case_office) return Reason::NOT_AUTHORISED;
  if (!second_person({}, {Role::compliance, Role::custodian})) return Reason::SECOND_PERSON;
  return row.destroyed_index != no_index ? Result{Reason::DUPLICATE} : Result{};
}

Check::Result Check::rebase() {
  const RecordId source = w.records.find_defined(s.source);
  if (auto reason = rebase_stop(w, by, source, item_id(), moment)) return reason;
  // `case` and `label`, where given, are the new record's; checked last.
  const Record& row = w.records[source];
  if (!s.case_id.empty() && case_id() != row.in_case) return Reason::MALFORMED;
  if (!s.label) return std::nullopt;
  const Label& label = *s.label;
  const bool same = !label.parents && label.origin == w.bases.name(w.items[item_id()].basis) &&
                    label.kind == row.kind && label.categories == row.category_list &&
                    look_up(w.subjects, label.subjects) == row.subjects &&
                    w.agencies.find_defined(label.agency) == row.agency && label.hold.has_value() == row.has_hold &&
                    (!label.hold || look_up(w.agencies, *label.hold) == row.hold) &&
                    label.withhold_from_subject == row.withhold_from_subject && label.deidentified == row.deidentified;
  return same ? Result{} : Result{Reason::MALFORMED};
}

}  // namespace kasane::policy
