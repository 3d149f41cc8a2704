#include <algorithm>

#include "policy/readers.hpp"
#include "policy/world.hpp"

// What each statement changes. Nothing is asked here: the statement was checked, or counts as accepted in a partial
// fold, where what it refers to may not be here and gets a row that is not `defined`.
namespace kasane::policy {

class Apply {
 public:
  Apply(World& world, const Statement& statement, Index index) : w(world), s(statement), index_(index) {}
  void run();

 private:
  void directory();
  void household();
  void consent();
  void protect();
  void conference();
  void item();
  void seats_added();
  void seat_changed();
  void notice();
  void record();
  void work();
  void emergency();
  void recording();

  Item& edit_item() { return w.items.edit(w.items.intern(s.item)); }
  void state(ItemId id, ItemState to) {
    Item& row = w.items.edit(id);
    row.state = to;
    row.state_index = index_;
  }
  template <class Tag, class Row>
  std::vector<Id<Tag>> intern(Table<Tag, Row>& table, const std::vector<std::string>& names) {
    std::vector<Id<Tag>> ids;
    ids.reserve(names.size());
    for (const auto& name : names) ids.push_back(table.intern(name));
    return ids;
  }

  World& w;
  const Statement& s;
  Index index_;
};

void World::apply(const Statement& statement, Index index) {
  Apply(*this, statement, index).run();
  clock_ = clock_ ? std::max(*clock_, statement.at_ms) : statement.at_ms;
  next_index_ = index + 1;
  const Unit unit = unit_of(*this, statement);
  const auto id = units.intern(unit.name());
  UnitRow& row = units.edit(id);
  if (!row.defined) {
    row.defined = true;
    row.unit = unit;
  }
  row.entries.push_back(index);
}

void Apply::run() {
  switch (s.kind) {
    case Kind::tenant_found:
    case Kind::agency_add:
    case Kind::person_add:
    case Kind::person_roles:
    case Kind::person_end:
    case Kind::device_add:
    case Kind::device_revoke:
    case Kind::basis_register:
    case Kind::matrix_set:
    case Kind::notice_publish:
      return directory();
    case Kind::case_open:
    case Kind::case_subject:
    case Kind::case_coordinator:
    case Kind::authority_add:
    case Kind::authority_conflict:
      return household();
    case Kind::consent_record:
      return consent();
    case Kind::protect_set:
    case Kind::protect_lift:
    case Kind::conflict_declare:
    case Kind::conflict_lift:
      return protect();
    case Kind::conference_convene:
    case Kind::conference_move:
    case Kind::conference_close:
      return conference();
    case Kind::item_add:
    case Kind::item_seat:
    case Kind::item_open:
    case Kind::item_suspend:
    case Kind::item_close:
      return item();
    case Kind::notice_acknowledge:
    case Kind::presence_attest:
      return notice();
    case Kind::record_share:
    case Kind::record_withdraw:
    case Kind::record_destroy:
    case Kind::record_rebase:
    case Kind::record_order:
      return record();
    case Kind::task_assign:
    case Kind::task_end:
    case Kind::decision_record:
    case Kind::decision_confirm:
      return work();
    case Kind::emergency_invoke:
    case Kind::emergency_approve:
    case Kind::emergency_review:
      return emergency();
    default:
      return recording();
  }
}

void Apply::directory() {
  switch (s.kind) {
    case Kind::tenant_found: {
      w.founded_ = true;
      w.tenant_ = s.tenant;
      w.founding_device_ = s.signed_with;
      const auto agency = w.agencies.intern(s.agency);
      w.agencies.edit(agency) = {true, s.agency_type.value_or(AgencyType::secretariat), {}, index_};
      w.registrar_ = w.persons.intern(s.person);
      Person& row = w.persons.edit(w.registrar_);
      row.defined = true;
      row.agency = agency;
      row.roles.add(Role::registrar);
      row.first_roles = row.roles;
      row.index = row.roles_index = index_;
      return;
    }
    case Kind::agency_add:
      w.agencies.edit(w.agencies.intern(s.agency)) = {true, s.agency_type.value_or(AgencyType::secretariat),
                                                      s.name.value_or(std::string()), index_};
      return;
    case Kind::person_add: {
      Person& row = w.persons.edit(w.persons.intern(s.person));
      row.defined = true;
      if (!s.agency.empty()) row.agency = w.agencies.intern(s.agency);
      row.roles = row.first_roles = Roles::of(s.roles);
      row.duty_source = s.duty_source.value_or(std::string());
      row.index = row.roles_index = index_;
      return;
    }
    case Kind::person_roles: {
      Person& row = w.persons.edit(w.persons.intern(s.person));
      row.roles = Roles::of(s.roles);
      row.roles_index = index_;
      return;
    }
    case Kind::person_end: {
      Person& row = w.persons.edit(w.persons.intern(s.person));
      if (!row.ended()) row.ended_index = index_;
      return;
    }
    case Kind::device_add: {
      const auto id = w.devices.intern(s.device);
      const auto person = w.persons.intern(s.person);
      Device& row = w.devices.edit(id);
      row.defined = true;
      row.person = person;
      row.added_by = w.persons.intern(s.by);
      row.index = index_;
      w.persons.edit(person).devices.push_back(id);
      return;
    }
    case Kind::device_revoke: {
      Device& row = w.devices.edit(w.devices.intern(s.device));
      if (row.revoked_index == no_index) row.revoked_index = index_;
      return;
    }
    case Kind::basis_register: {
      BasisVersion version;
      version.consent_required = s.consent_required;
      version.duty = s.duty;
      version.statutory = s.statutory;
      version.subject_may_attend = s.subject_may_attend;
      version.reading = s.reading;
      version.cross_links = intern(w.bases, s.cross_links);
      version.from = s.from.value_or(s.at_ms);
      version.to = s.to;
      version.texts = s.texts;
      version.index = index_;
      Basis& row = w.bases.edit(w.bases.intern(s.basis));
      row.defined = true;
      row.versions.push_back(std::move(version));
      return;
    }
    case Kind::matrix_set: {
      auto& needs = w.needs_[static_cast<std::size_t>(s.agency_type.value_or(AgencyType::secretariat))];
      needs.categories = Categories::of(s.categories.named);
      needs.index = index_;
      return;
    }
    default:  // notice.publish
      w.bases.edit(w.bases.intern(s.basis)).notices.push_back({s.version, index_});
  }
}

void Apply::household() {
  const auto set_subject = [&](CaseId in_case, const std::string& name, const SubjectDates& dates) {
    const auto subject = w.subjects.intern(name);
    Subject& row = w.subjects.edit(subject);
    row.defined = true;
    if (std::find(row.cases.begin(), row.cases.end(), in_case) == row.cases.end()) row.cases.push_back(in_case);
    auto& list = w.cases.edit(in_case).subjects;
    auto entry = std::find_if(list.begin(), list.end(), [&](const CaseSubject& one) { return one.subject == subject; });
    if (entry == list.end()) {
      entry = list.insert(list.end(), CaseSubject{});
      entry->subject = subject;
    }
    if (entry->index == no_index) {
      entry->first_dates = dates;
      entry->index = index_;
    }
    entry->dates = dates;
    entry->dates_index = index_;
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
      return;
    }
    default: {  // authority.conflict
      Authority& row = w.authorities.edit(w.authorities.intern(s.authority));
      row.conflict = s.conflict;
      row.conflict_index = index_;
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
  auto& list = w.cases.edit(row.in_case).subjects;
  auto entry =
      std::find_if(list.begin(), list.end(), [&](const CaseSubject& one) { return one.subject == row.subject; });
  if (entry == list.end()) {
    entry = list.insert(list.end(), CaseSubject{});
    entry->subject = row.subject;
  }
  entry->consents.push_back(id);
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

void Apply::conference() {
  const auto id = w.conferences.intern(s.conference);
  if (s.kind == Kind::conference_close) {
    Conference& row = w.conferences.edit(id);
    row.closed_index = index_;
    // Those never opened are closed with it.
    for (const auto item : row.items)
      if (!w.items[item].closed()) state(item, ItemState::closed);
    return;
  }
  Conference& row = w.conferences.edit(id);
  row.starts_at = s.starts_at.value_or(0);
  if (s.kind == Kind::conference_convene) {
    row.defined = true;
    row.index = index_;
  }
}

void Apply::item() {
  switch (s.kind) {
    case Kind::item_add:
      return seats_added();
    case Kind::item_seat:
      return seat_changed();
    case Kind::item_open: {
      const auto id = w.items.intern(s.item);
      state(id, ItemState::open);
      Item& row = w.items.edit(id);
      if (row.first_open_index == no_index) {
        row.first_open_index = index_;
        row.opened_at = s.at_ms;
      }
      return;
    }
    case Kind::item_suspend:
      return state(w.items.intern(s.item), ItemState::suspended);
    default:
      return state(w.items.intern(s.item), ItemState::closed);
  }
}

void Apply::seats_added() {
  const auto id = w.items.intern(s.item);
  Item& row = w.items.edit(id);
  row.defined = true;
  row.conference = w.conferences.intern(s.conference);
  row.in_case = w.cases.intern(s.case_id);
  row.basis = w.bases.intern(s.basis);
  row.added_by = w.persons.intern(s.by);
  row.index = row.state_index = index_;
  for (const auto& entry : s.seats) {
    const auto person = w.persons.intern(entry.person);
    row.seats.push_back({person, entry.seat, entry.as.empty() ? SubjectId{} : w.subjects.intern(entry.as), index_});
    w.persons.edit(person).seated.push_back(id);
  }
  std::sort(row.seats.begin(), row.seats.end(),
            [&](const Seated& a, const Seated& b) { return w.persons.name(a.person) < w.persons.name(b.person); });
  row.first_seats = row.seats;
  w.conferences.edit(row.conference).items.push_back(id);
  w.cases.edit(row.in_case).items.push_back(id);
}

void Apply::seat_changed() {
  const auto id = w.items.intern(s.item);
  const auto person = w.persons.intern(s.person);
  Item& row = w.items.edit(id);
  auto& seats = row.seats;
  std::erase_if(row.moved, [&](const Seated& one) { return one.person == person; });
  row.moved.push_back({person, s.seat.value_or(Seat::member), {}, index_});
  auto seated = std::find_if(seats.begin(), seats.end(), [&](const Seated& one) { return one.person == person; });
  if (!s.seat) {
    if (seated == seats.end()) return;
    seats.erase(seated);
    std::erase_if(row.orders, [&](const Order& order) { return order.person == person; });
    std::erase(w.persons.edit(person).seated, id);
    return;
  }
  const Seated now{person, *s.seat, s.as.empty() ? SubjectId{} : w.subjects.intern(s.as), index_};
  if (seated != seats.end()) {
    *seated = now;
    return;
  }
  const auto place = std::find_if(seats.begin(), seats.end(), [&](const Seated& one) {
    return w.persons.name(one.person) > w.persons.name(person);
  });
  seats.insert(place, now);
  w.persons.edit(person).seated.push_back(id);
}

void Apply::notice() {
  const auto person = w.persons.intern(s.kind == Kind::presence_attest ? s.person : s.by);
  const auto basis = w.bases.intern(s.basis);
  w.conferences.edit(w.conferences.intern(s.conference)).acknowledged.push_back({basis, person, s.version, index_});
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
      for (const auto record : row.records) w.records.edit(record).tasks.push_back(id);
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
