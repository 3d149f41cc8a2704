#include <algorithm>

#include "policy/apply.hpp"

namespace kasane::policy {

void Apply::household() {
  const auto set_subject = [&](CaseId in_case, const std::string& name, const SubjectDates& dates) {
    const auto subject = w.subjects.intern(name);
    Subject& row = w.subjects.edit(subject);
    row.defined = true;
    if (std::find(row.cases.begin(), row.cases.end(), in_case) == row.cases.end()) row.cases.push_back(in_case);
    CaseSubject* entry = &w.case_subject(in_case, subject);
    if (entry->index == no_index) {
      entry->first_dates = dates;
      entry->index = index_;
    } else {
      w.cases.edit(in_case).dates_changed = true;
    }
    entry->dates = dates;
    entry->dates_index = index_;
    w.outdate_cells(subject);
  };
  switch (s.kind) {
    case Kind::case_open: {
      const auto id = w.cases.intern(s.case_id);
      Case& row = w.cases.edit(id);
      row.defined = true;
      row.opener = row.coordinator = w.persons.intern(s.by);
      row.index = row.coordinator_index = index_;
      for (const auto& entry : s.subjects) set_subject(id, entry.subject, entry.dates);
      return;
    }
    case Kind::case_subject:
      return set_subject(w.cases.intern(s.case_id), s.subject, s.dates);
    case Kind::case_coordinator: {
      Case& row = w.cases.edit(w.cases.intern(s.case_id));
      row.coordinator = w.persons.intern(s.person);
      row.coordinator_index = index_;
      return;
    }
    case Kind::authority_add: {
      const auto id = w.authorities.intern(s.authority);
      Authority& row = w.authorities.edit(id);
      row.defined = true;
      row.in_case = w.cases.intern(s.case_id);
      row.subject = w.subjects.intern(s.subject);
      row.holder = w.persons.intern(s.holder);
      row.type = s.authority_type.value_or(AuthorityType::parent);
      row.categories = s.categories.all ? every_category : Categories::of(s.categories.named);
      row.from = s.from.value_or(s.at_ms);
      row.to = s.to;
      row.index = index_;
      w.persons.edit(row.holder).authorities.push_back(id);
      w.subjects.edit(row.subject).authorities.push_back(id);
      w.cells_ = CellMemo();
      return;
    }
    default: {  // authority.conflict
      Authority& row = w.authorities.edit(w.authorities.intern(s.authority));
      row.conflict = s.conflict;
      row.conflict_index = index_;
      w.cells_ = CellMemo();
    }
  }
}

void Apply::consent() {
  const auto id = w.consents.intern(s.consent);
  Consent& row = w.consents.edit(id);
  row.defined = true;
  row.in_case = w.cases.intern(s.case_id);
  row.subject = w.subjects.intern(s.subject);
  if (s.giver != self_giver) row.giver = w.authorities.intern(s.giver);
  row.state = s.state.value_or(ConsentState::refused);
  row.all_categories = s.categories.all;
  row.named = Categories::of(s.categories.named);
  row.all_recipients = s.recipients.all;
  for (const auto& name : s.recipients.named) {
    if (name.starts_with(person_recipient))
      row.persons.push_back(w.persons.intern(std::string_view(name).substr(person_recipient.size())));
    else
      row.agencies.push_back(w.agencies.intern(name));
  }
  row.purpose = w.purposes.intern(s.purpose);
  row.method = s.method.value_or(ConsentMethod::oral);
  if (!s.witness.empty()) row.witness = w.persons.intern(s.witness);
  row.by = w.persons.intern(s.by);
  row.at = s.at_ms;
  row.from = s.from.value_or(s.at_ms);
  row.to = s.to;
  row.index = index_;
  w.case_subject(row.in_case, row.subject).consents.push_back(id);
  w.outdate_cells(row.subject);
}

void Apply::protect() {
  switch (s.kind) {
    case Kind::protect_set: {
      Protection protection;
      protection.persons = intern(w.persons, s.opponents);
      protection.subjects = intern(w.subjects, s.opponents);
      protection.in_case = w.cases.intern(s.case_id);
      protection.index = index_;
      w.subjects.edit(w.subjects.intern(s.subject)).protections.push_back(std::move(protection));
      return;
    }
    case Kind::protect_lift:
      w.subjects.edit(w.subjects.intern(s.subject)).protections.clear();
      return;
    case Kind::conflict_declare:
      w.cases.edit(w.cases.intern(s.case_id)).conflicts.push_back({w.persons.intern(s.person), index_});
      return;
    default: {  // conflict.lift
      const auto person = w.persons.intern(s.person);
      auto& list = w.cases.edit(w.cases.intern(s.case_id)).conflicts;
      std::erase_if(list, [&](const Conflict& one) { return one.person == person; });
    }
  }
}

}  // namespace kasane::policy
