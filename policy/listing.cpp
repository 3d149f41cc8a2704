#include <algorithm>
#include <set>
#include <tuple>

#include "policy/action.hpp"
#include "policy/consent_cell.hpp"
#include "policy/readers.hpp"
#include "policy/verdict.hpp"

// The questions of policy.md §9 that are `see` asked many times, and the consent cells.
namespace kasane::policy {
namespace {

template <class Tag, class Row>
std::vector<std::string> names(const Table<Tag, Row>& table, const std::vector<Id<Tag>>& ids) {
  std::vector<std::string> out;
  out.reserve(ids.size());
  for (const auto id : ids) out.emplace_back(table.name(id));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

/// All defined records by the index of their definition.
std::vector<RecordId> in_order_of_definition(const World& world, const std::vector<RecordId>& from) {
  std::vector<RecordId> ids;
  for (const auto id : from)
    if (world.records[id].defined) ids.push_back(id);
  std::sort(ids.begin(), ids.end(),
            [&](RecordId a, RecordId b) { return world.records[a].index < world.records[b].index; });
  return ids;
}

}  // namespace

namespace {

/// Decides once for all records that are labelled alike: but for the record's own index among the citations they fare
/// the same. Who is singled out is asked about by itself.
class Lister {
 public:
  Lister(const World& world, Question question, Instant at)
      : w_(world), question_(question), at_(at), place_(world.labels(), none) {}

  void add(RecordId id, std::vector<Listed>& listed) {
    const Record& record = w_.records[id];
    question_.record = id;
    if (record.singled_out) {
      auto decision = decide(w_, question_, at_);
      if (!decision.hidden) listed.push_back({w_.records.name(id), std::move(decision)});
      return;
    }
    std::uint32_t& place = place_[record.alike];
    if (place == none) {
      place = static_cast<std::uint32_t>(decided_.size());
      decided_.push_back({record.index, decide(w_, question_, at_)});
    }
    const Decided& like = decided_[place];
    if (like.decision.hidden) return;
    Listed& one = listed.emplace_back();
    one.record = w_.records.name(id);
    one.decision = like.decision;
    exchange(one.decision.cites, like.index, record.index);
  }

 private:
  static constexpr std::uint32_t none = 0xffffffffU;
  struct Decided {
    Index index;
    Decision decision;
  };
  /// Ascending before and after.
  static void exchange(Cites& cites, Index from, Index to) {
    const auto at = std::find(cites.begin(), cites.end(), from);
    if (at == cites.end() || from == to) return;
    const auto place = std::lower_bound(cites.begin(), cites.end(), to);
    *at = to;
    if (place > at + 1) {
      std::rotate(at, at + 1, place);
    } else if (place < at) {
      std::rotate(place, at, at + 1);
    }
  }

  const World& w_;
  Question question_;
  Instant at_;
  std::vector<std::uint32_t> place_;  ///< by Record::alike, in `decided_`
  std::vector<Decided> decided_;
};

}  // namespace

std::vector<Listed> list(const World& world, std::string_view person, std::string_view item, std::string_view device,
                         Instant at) {
  const Question question = question_of(world, {}, person, device, item);
  std::vector<Listed> listed;
  if (!question.who.known() || (question.names_item && !question.item.known())) return listed;  // hidden: UNKNOWN
  Lister lister(world, question, at);
  if (question.names_item) {
    const auto& records = world.cases[world.items[question.item].in_case].records;  // elsewhere hidden: WRONG_CASE
    listed.reserve(records.size());
    for (const auto id : records) lister.add(id, listed);
  } else {
    std::vector<RecordId> all;
    all.reserve(world.records.size());
    for (std::uint32_t row = 0; row < world.records.size(); ++row) all.push_back(RecordId{row});
    for (const auto id : in_order_of_definition(world, all)) lister.add(id, listed);
  }
  return listed;
}

std::vector<SeatedDecision> who(const World& world, std::string_view record, std::string_view item, bool once_open,
                                Instant at) {
  Question question = question_of(world, record, {}, {}, item);
  std::vector<SeatedDecision> seated;
  if (!question.record.known() || !question.item.known()) return seated;
  question.names_item = true;
  question.as_if_open = question.as_if_acknowledged = once_open && !world.items[question.item].closed();
  for (const auto& one : world.items[question.item].seats) {
    question.who = one.person;
    seated.push_back({std::string(world.persons.name(one.person)), one.seat, decide(world, question, at)});
  }
  return seated;
}

std::vector<Cell> consents(const World& world, std::string_view in_case, std::string_view subject,
                           std::string_view purpose, Instant at) {
  std::vector<Cell> cells;
  const CaseId case_id = world.cases.find_defined(in_case);
  const SubjectId subject_id = world.subjects.find_defined(subject);
  if (!case_id.known() || !subject_id.known()) return cells;
  const CaseSubject* entry = world.subject_of(case_id, subject_id);
  if (entry == nullptr || entry->index == no_index) return cells;
  const PurposeId purpose_id = world.purposes.find(purpose);

  std::vector<std::pair<std::string, Recipient>> recipients;
  for (std::uint32_t row = 0; row < world.agencies.size(); ++row)
    if (world.agencies[AgencyId{row}].defined)
      recipients.push_back({std::string(world.agencies.name(AgencyId{row})), {AgencyId{row}, {}}});
  std::sort(recipients.begin(), recipients.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<PersonId> persons;
  for (const auto id : entry->consents)
    for (const auto person : world.consents[id].persons)
      if (std::find(persons.begin(), persons.end(), person) == persons.end()) persons.push_back(person);
  std::sort(persons.begin(), persons.end(),
            [&](PersonId a, PersonId b) { return world.persons.name(a) < world.persons.name(b); });
  for (const auto person : persons)
    recipients.push_back({std::string(person_recipient).append(world.persons.name(person)), {{}, person}});

  for (std::size_t i = 0; i < category_count; ++i)
    for (const auto& [name, recipient] : recipients) {
      Moment moment(at);
      const auto category = static_cast<Category>(i);
      const auto answer = consent_cell(world, {case_id, subject_id, category, recipient, purpose_id}, moment);
      cells.push_back(
          {category, name, answer.state, answer.index == no_index ? std::nullopt : std::optional<Index>(answer.index)});
    }
  return cells;
}

std::vector<std::string> wrap(const World& world, std::string_view record, Instant at) {
  Question question;
  question.record = world.records.find_defined(record);
  if (!question.record.known() || world.records[question.record].withdrawn()) return {};
  const Record& row = world.records[question.record];
  const Case& home = world.cases[row.in_case];
  // Whoever could be permitted at all: seated at an item of the case, with a claim at the desk, or in an emergency.
  std::vector<PersonId> candidates{row.author, home.coordinator};
  for (const auto item : home.items)
    for (const auto& seated : world.items[item].seats) candidates.push_back(seated.person);
  for (const auto task : row.tasks) candidates.push_back(world.tasks[task].person);
  for (const auto emergency : home.emergencies) candidates.push_back(world.emergencies[emergency].person);
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());

  std::vector<PersonId> found;
  Moment moment(at);
  for (const auto person : candidates) {
    if (!person.known() || !world.persons[person].defined) continue;
    question.who = person;
    question.names_item = false;
    bool permit = judge(world, question, moment).permit;
    question.names_item = question.as_if_open = question.as_if_acknowledged = true;
    for (std::size_t i = 0; i < home.items.size() && !permit; ++i) {
      question.item = home.items[i];
      permit = !world.items[question.item].closed() && judge(world, question, moment).permit;
    }
    question.as_if_open = question.as_if_acknowledged = false;
    if (permit) found.push_back(person);
  }
  return names(world.persons, found);
}

std::vector<std::string> epoch(const World& world, std::string_view item, Instant at) {
  const ItemId id = world.items.find_defined(item);
  if (!id.known()) return {};
  const Item& row = world.items[id];
  if (row.first_open_index == no_index || world.conferences[row.conference].closed()) return {};
  Moment moment(at);
  const BasisVersion* basis = world.in_force(row.basis, moment);
  if (basis == nullptr) return {};
  std::vector<PersonId> found;
  for (const auto& seated : row.seats) {
    // In a break and after closing: the chair and the recorder alone, to write the minutes.
    if (row.state != ItemState::open && seated.seat != Seat::chair && seated.seat != Seat::recorder) continue;
    const Person& person = world.persons[seated.person];
    if (!person.defined || person.ended() || !world.acknowledged(id, seated.person)) continue;
    const bool hears = is_private(seated.seat)
                           ? basis->subject_may_attend
                           : is_professional(seated.seat) && !recused(world, row.in_case, seated.person);
    if (hears) found.push_back(seated.person);
  }
  return names(world.persons, found);
}

std::vector<std::string> room(const World& world, std::string_view item, std::span<const std::string> present,
                              Instant at) {
  const ItemId id = world.items.find_defined(item);
  if (!id.known() || present.empty()) return {};
  std::vector<PersonId> persons;
  for (const auto& name : present) {
    const PersonId person = world.persons.find_defined(name);
    if (!person.known() || world.seat(id, person) == nullptr) return {};
    persons.push_back(person);
  }
  std::vector<std::string> shown;
  Moment moment(at);
  Question question;
  question.names_item = true;
  question.item = id;
  for (const auto record : in_order_of_definition(world, world.cases[world.items[id].in_case].records)) {
    question.record = record;
    const bool all = std::all_of(persons.begin(), persons.end(), [&](PersonId person) {
      question.who = person;
      return judge(world, question, moment).permit;
    });
    if (all) shown.emplace_back(world.records.name(record));
  }
  return shown;
}

}  // namespace kasane::policy
