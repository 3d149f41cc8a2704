#include "server/wire/snapshot.hpp"

#include <algorithm>

#include "policy/emergency.hpp"

namespace kasane::wire {
namespace {

using namespace policy;

/// Defined rows of a table, in order of definition.
template <class Tag, class Row>
std::vector<Id<Tag>> defined(const Table<Tag, Row>& table) {
  std::vector<Id<Tag>> ids;
  for (std::uint32_t row = 0; row < table.size(); ++row)
    if (table[Id<Tag>{row}].defined) ids.push_back(Id<Tag>{row});
  std::stable_sort(ids.begin(), ids.end(), [&](Id<Tag> a, Id<Tag> b) { return table[a].index < table[b].index; });
  return ids;
}

template <class Tag, class Row>
Json name_or_null(const Table<Tag, Row>& table, Id<Tag> id) {
  return id.known() ? Json(table.name(id)) : Json();
}
template <class Tag, class Row, class Ids>
Json names(const Table<Tag, Row>& table, const Ids& ids) {
  Json out = Json::array();
  for (const auto id : ids) out.push(table.name(id));
  return out;
}
template <class List>
Json codes(const List& list) {
  Json out = Json::array();
  for (const auto one : list) out.push(name_of(one));
  return out;
}
Json codes(Categories set) {
  Json out = Json::array();
  for (std::size_t i = 0; i < category_count; ++i)
    if (set.has(static_cast<Category>(i))) out.push(name_of(static_cast<Category>(i)));
  return out;
}
Json codes(Roles set) {
  Json out = Json::array();
  for (std::size_t i = 0; i <= static_cast<std::size_t>(Role::statistics); ++i)
    if (set.has(static_cast<Role>(i))) out.push(name_of(static_cast<Role>(i)));
  return out;
}
Json time_or_null(const std::optional<Instant>& at) { return at ? Json(print_instant(*at)) : Json(); }
Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }
Json display(const Text& text) {
  Json out = Json::object();
  for (const auto& [language, words] : text) out.add(language, words);
  return out;
}
std::string_view state_name(ItemState state) {
  switch (state) {
    case ItemState::planned:
      return "planned";
    case ItemState::open:
      return "open";
    case ItemState::suspended:
      return "suspended";
    case ItemState::closed:
      return "closed";
  }
  return "";
}

class Picture {
 public:
  Picture(const World& world, std::string_view person, Instant at)
      : w(world), moment(at), me(world.persons.find_defined(person)) {}
  Json draw();

 private:
  Json agencies() const;
  Json persons() const;
  Json devices() const;
  Json bases();
  Json needs() const;
  Json cases() const;
  Json authorities() const;
  Json consents() const;
  Json conferences() const;
  Json items() const;
  Json orders() const;
  Json records() const;
  Json tasks() const;
  Json decisions() const;
  Json emergencies();
  Json myself() const;

  const World& w;
  Moment moment;
  PersonId me;
};

Json Picture::agencies() const {
  Json out = Json::array();
  for (const auto id : defined(w.agencies)) {
    const Agency& row = w.agencies[id];
    Json one = Json::object();
    one.add("agency", w.agencies.name(id)).add("type", name_of(row.type)).add("name", text_or_null(row.name));
    out.push(std::move(one.add("index", row.index)));
  }
  return out;
}

Json Picture::persons() const {
  Json out = Json::array();
  for (const auto id : defined(w.persons)) {
    const Person& row = w.persons[id];
    Json one = Json::object();
    one.add("person", w.persons.name(id)).add("agency", name_or_null(w.agencies, row.agency));
    one.add("roles", codes(row.roles)).add("ended", row.ended()).add("duty_source", text_or_null(row.duty_source));
    out.push(std::move(one.add("index", row.index)));
  }
  return out;
}

Json Picture::devices() const {
  Json out = Json::array();
  for (const auto id : defined(w.devices)) {
    const Device& row = w.devices[id];
    Json one = Json::object();
    one.add("device", w.devices.name(id)).add("person", name_or_null(w.persons, row.person)).add("live", row.live());
    out.push(std::move(one.add("index", row.index)));
  }
  return out;
}

Json Picture::bases() {
  Json out = Json::array();
  for (std::uint32_t row = 0; row < w.bases.size(); ++row) {
    const BasisId id{row};
    if (!w.bases[id].defined) continue;
    const BasisVersion* terms = w.in_force(id, moment);
    const auto& notices = w.bases[id].notices;
    Json one = Json::object();
    one.add("code", w.bases.name(id)).add("in_force", terms != nullptr);
    const auto term = [&](auto value) { return terms != nullptr ? Json(value(*terms)) : Json(); };
    one.add("consent", term([](const BasisVersion& v) { return v.consent_required ? "required" : "not_required"; }));
    one.add("duty", term([](const BasisVersion& v) { return v.duty; }));
    one.add("statutory", term([](const BasisVersion& v) { return v.statutory; }));
    one.add("subject_may_attend", term([](const BasisVersion& v) { return v.subject_may_attend; }));
    one.add("reading", term([](const BasisVersion& v) { return name_of(v.reading); }));
    one.add("cross_links", terms != nullptr ? names(w.bases, terms->cross_links) : Json());
    one.add("from", terms != nullptr ? Json(print_instant(terms->from)) : Json());
    one.add("to", terms != nullptr ? time_or_null(terms->to) : Json());
    one.add("names", terms != nullptr ? display(terms->texts.names) : Json());
    one.add("law", terms != nullptr ? display(terms->texts.law) : Json());
    one.add("article", terms != nullptr ? display(terms->texts.article) : Json());
    one.add("paragraph", terms != nullptr ? display(terms->texts.paragraph) : Json());
    one.add("penalty", terms != nullptr ? display(terms->texts.penalty) : Json());
    one.add("notice_version", notices.empty() ? Json() : Json(notices.back().version));
    out.push(std::move(one));
  }
  return out;
}

Json Picture::needs() const {
  Json out = Json::array();
  for (std::size_t type = 0; type < agency_type_count; ++type) {
    const auto& row = w.needs(static_cast<AgencyType>(type));
    Json one = Json::object();
    one.add("agency_type", name_of(static_cast<AgencyType>(type))).add("categories", codes(row.categories));
    one.add("shipped", codes(row.shipped)).add("index", row.index == no_index ? Json() : Json(row.index));
    out.push(std::move(one));
  }
  return out;
}

Json Picture::cases() const {
  Json out = Json::array();
  for (const auto id : defined(w.cases)) {
    const Case& row = w.cases[id];
    Json subjects = Json::array(), conflicts = Json::array();
    for (const auto& entry : row.subjects) {
      Json one = Json::object();
      one.add("subject", w.subjects.name(entry.subject)).add("majority_at", time_or_null(entry.dates.majority_at));
      one.add("own_consent_at", time_or_null(entry.dates.own_consent_at));
      one.add("deceased_at", time_or_null(entry.dates.deceased_at));
      subjects.push(std::move(one.add("protected", !w.subjects[entry.subject].protections.empty())));
    }
    for (const auto& conflict : row.conflicts) conflicts.push(w.persons.name(conflict.person));
    Json one = Json::object();
    one.add("case", w.cases.name(id)).add("coordinator", name_or_null(w.persons, w.case_coordinator(id)));
    one.add("subjects", std::move(subjects)).add("conflicts", std::move(conflicts)).add("index", row.index);
    out.push(std::move(one));
  }
  return out;
}

Json Picture::authorities() const {
  Json out = Json::array();
  for (const auto id : defined(w.authorities)) {
    const Authority& row = w.authorities[id];
    Json one = Json::object();
    one.add("authority", w.authorities.name(id)).add("case", name_or_null(w.cases, row.in_case));
    one.add("subject", name_or_null(w.subjects, row.subject)).add("holder", name_or_null(w.persons, row.holder));
    one.add("type", name_of(row.type)).add("categories", codes(row.categories)).add("from", print_instant(row.from));
    one.add("to", time_or_null(row.to)).add("conflict", row.conflict).add("index", row.index);
    out.push(std::move(one));
  }
  return out;
}

Json Picture::consents() const {
  Json out = Json::array();
  for (const auto id : defined(w.consents)) {
    const Consent& row = w.consents[id];
    Json recipients = Json::array();
    for (const auto agency : row.agencies) recipients.push(w.agencies.name(agency));
    for (const auto person : row.persons) recipients.push(std::string(person_recipient).append(w.persons.name(person)));
    Json one = Json::object();
    one.add("consent", w.consents.name(id)).add("case", name_or_null(w.cases, row.in_case));
    one.add("subject", name_or_null(w.subjects, row.subject));
    one.add("giver", row.giver.known() ? Json(w.authorities.name(row.giver)) : Json(self_giver));
    one.add("state", name_of(row.state)).add("categories", row.all_categories ? Json("*") : codes(row.named));
    one.add("recipients", row.all_recipients ? Json("*") : std::move(recipients));
    one.add("purpose", w.purposes.name(row.purpose))
        .add("from", print_instant(row.from))
        .add("to", time_or_null(row.to));
    one.add("method", name_of(row.method)).add("witness", name_or_null(w.persons, row.witness));
    one.add("by", name_or_null(w.persons, row.by)).add("at", print_instant(row.at)).add("index", row.index);
    out.push(std::move(one));
  }
  return out;
}

Json Picture::conferences() const {
  Json out = Json::array();
  for (const auto id : defined(w.conferences)) {
    const Conference& row = w.conferences[id];
    Json one = Json::object();
    one.add("conference", w.conferences.name(id)).add("starts_at", print_instant(row.starts_at));
    out.push(std::move(one.add("closed", row.closed()).add("index", row.index)));
  }
  return out;
}

Json Picture::items() const {
  Json out = Json::array();
  for (const auto id : defined(w.items)) {
    const Item& row = w.items[id];
    const auto due = w.notice_due(id);
    Json seats = Json::array(), acknowledged = Json::array();
    for (const auto& seat : row.seats) {
      Json one = Json::object();
      one.add("person", w.persons.name(seat.person)).add("seat", name_of(seat.seat));
      seats.push(std::move(one.add("as", name_or_null(w.subjects, seat.as))));
      if (due && w.acknowledged(id, seat.person)) acknowledged.push(w.persons.name(seat.person));
    }
    Json one = Json::object();
    one.add("item", w.items.name(id)).add("conference", name_or_null(w.conferences, row.conference));
    one.add("case", name_or_null(w.cases, row.in_case)).add("basis", name_or_null(w.bases, row.basis));
    one.add("state", state_name(row.state)).add("seats", std::move(seats));
    one.add("opened_at", time_or_null(row.opened_at)).add("notice_due", due ? Json(due->version) : Json());
    one.add("acknowledged", std::move(acknowledged)).add("last_epoch", row.last_epoch).add("index", row.index);
    out.push(std::move(one));
  }
  return out;
}

Json Picture::orders() const {
  Json out = Json::array();
  for (std::uint32_t row = 0; row < w.items.size(); ++row)
    for (const auto& order : w.items[ItemId{row}].orders) {
      Json one = Json::object();
      one.add("item", w.items.name(ItemId{row})).add("person", w.persons.name(order.person));
      one.add("categories", codes(order.categories)).add("records", names(w.records, order.records));
      one.add("reason", order.reason ? Json(name_of(*order.reason)) : Json());
      out.push(std::move(one.add("by", w.persons.name(order.by)).add("index", order.index)));
    }
  return out;
}

Json Picture::records() const {
  Json out = Json::array();
  for (const auto id : defined(w.records)) {
    const Record& row = w.records[id];
    Json label = Json::object();
    label.add("subjects", names(w.subjects, row.subjects)).add("categories", codes(row.category_list));
    label.add("kind", name_of(row.kind)).add("agency", name_or_null(w.agencies, row.agency));
    label.add("origin", row.origin.known() ? Json(w.bases.name(row.origin)) : Json(intake_origin));
    label.add("hold", row.has_hold ? names(w.agencies, row.hold) : Json());
    label.add("withhold_from_subject", row.withhold_from_subject).add("deidentified", row.deidentified);
    label.add("parents", names(w.records, row.parents));
    Json one = Json::object();
    one.add("record", w.records.name(id)).add("case", name_or_null(w.cases, row.in_case));
    one.add("item", name_or_null(w.items, row.item)).add("label", std::move(label));
    one.add("author", name_or_null(w.persons, row.author)).add("at", print_instant(row.at));
    one.add("withdrawn", row.withdrawn()).add("destroyed", row.destroyed_index != no_index);
    one.add("rebased_from", name_or_null(w.records, row.rebased_from)).add("index", row.index);
    out.push(std::move(one));
  }
  return out;
}

Json Picture::tasks() const {
  Json out = Json::array();
  for (const auto id : defined(w.tasks)) {
    const Task& row = w.tasks[id];
    Json one = Json::object();
    one.add("task", w.tasks.name(id)).add("item", name_or_null(w.items, row.item));
    one.add("person", name_or_null(w.persons, row.person)).add("records", names(w.records, row.records));
    one.add("to", time_or_null(row.to)).add("ended", row.ended_index != no_index);
    out.push(std::move(one.add("by", name_or_null(w.persons, row.by)).add("index", row.index)));
  }
  return out;
}

Json Picture::decisions() const {
  Json out = Json::array();
  for (const auto id : defined(w.decisions)) {
    const RecordedDecision& row = w.decisions[id];
    Json one = Json::object();
    one.add("decision", w.decisions.name(id))
        .add("item", name_or_null(w.items, row.item))
        .add("kind", name_of(row.kind));
    one.add("record", name_or_null(w.records, row.record)).add("rests_on", names(w.records, row.rests_on));
    one.add("by", name_or_null(w.persons, row.by)).add("confirmed_by", name_or_null(w.persons, row.confirmed_by));
    out.push(std::move(one.add("at", print_instant(row.at)).add("index", row.index)));
  }
  return out;
}

Json Picture::emergencies() {
  Json out = Json::array();
  for (const auto id : defined(w.emergencies)) {
    const Emergency& row = w.emergencies[id];
    const bool live = row.approved() && row.upheld && moment.within(row.approved_at, open_until(row));
    Json one = Json::object();
    one.add("emergency", w.emergencies.name(id)).add("case", name_or_null(w.cases, row.in_case));
    one.add("person", name_or_null(w.persons, row.person)).add("by", name_or_null(w.persons, row.by));
    one.add("approved_by", name_or_null(w.persons, row.approved_by)).add("records", names(w.records, row.records));
    one.add("categories", codes(row.categories)).add("ground", name_of(row.ground)).add("minutes", row.minutes);
    one.add("protective", row.protective).add("at", print_instant(row.at));
    one.add("approved_at", row.approved() ? Json(print_instant(row.approved_at)) : Json()).add("live", live);
    one.add("approvable_until", print_instant(approvable_until(row)));
    one.add("open_until", row.approved() ? Json(print_instant(open_until(row))) : Json());
    one.add("reviewed", row.reviewed_index != no_index).add("upheld", row.upheld).add("index", row.index);
    out.push(std::move(one));
  }
  return out;
}

Json Picture::myself() const {
  if (!me.known()) return {};
  Json seats = Json::array();
  for (const auto item : w.persons[me].seated) {
    Json one = Json::object();
    const Seated* seat = w.seat(item, me);
    one.add("item", w.items.name(item)).add("seat", name_of(seat->seat));
    seats.push(std::move(one.add("as", name_or_null(w.subjects, seat->as))));
  }
  Json out = Json::object();
  out.add("person", w.persons.name(me)).add("roles", codes(w.persons[me].roles)).add("seats", std::move(seats));
  return out;
}

Json Picture::draw() {
  Json out = Json::object();
  out.add("tenant", w.founded() ? Json(w.tenant()) : Json()).add("size", w.next_index());
  out.add("clock", time_or_null(w.clock()));
  out.add("agencies", agencies()).add("persons", persons()).add("devices", devices()).add("bases", bases());
  out.add("needs", needs());
  out.add("cases", cases()).add("authorities", authorities()).add("consents", consents());
  out.add("conferences", conferences()).add("items", items()).add("orders", orders()).add("records", records());
  out.add("tasks", tasks()).add("decisions", decisions()).add("emergencies", emergencies()).add("me", myself());
  return out;
}

}  // namespace

Json snapshot(const World& world, std::string_view person, Instant at) { return Picture(world, person, at).draw(); }

}  // namespace kasane::wire
