#include <map>
#include <tuple>

#include "tests/policy/oracle/facts.hpp"

// policy.md §12: which unit an entry stands in, and who reads it.
namespace kasane::oracle {
namespace {

using policy::Role;

/// The table's left column, with what it names: `case` c, `notice` k b p, …
using Unit = std::tuple<std::string, std::string, std::string, std::string>;

bool begins(std::string_view kind, std::initializer_list<std::string_view> with) {
  return std::any_of(with.begin(), with.end(), [&](std::string_view one) { return kind.starts_with(one); });
}

/// The statement of this kind whose id, read by `member`, is the one named.
const Statement* named(const Ledger& ledger, Kind kind, std::string Statement::* member, const Statement& by) {
  for (const Statement* s : ledger)
    if (s->kind == kind && s->*member == by.*member) return s;
  return nullptr;
}

std::string item_named_by(const Ledger& ledger, const Statement& s) {
  const Statement* first = &s;
  if (s.kind == Kind::task_end) first = named(ledger, Kind::task_assign, &Statement::task, s);
  if (s.kind == Kind::decision_confirm) first = named(ledger, Kind::decision_record, &Statement::decision, s);
  if (s.kind == Kind::request_answer) first = named(ledger, Kind::request_make, &Statement::request, s);
  if (s.kind == Kind::message_withdraw) first = named(ledger, Kind::message_post, &Statement::message, s);
  return first == nullptr ? std::string() : first->item;
}

Unit unit_of(const Ledger& ledger, const Statement& s) {
  const auto kind = name_of(s.kind);
  const std::string& theirs = s.person.empty() ? s.by : s.person;
  if (kind == "notice.publish" || begins(kind, {"tenant.", "agency.", "person.", "device.", "basis.", "matrix."}))
    return {"directory", {}, {}, {}};
  if (kind == "ledger.heads") return {"heads", {}, {}, {}};
  if (kind == "authority.conflict")
    return {"subject", named(ledger, Kind::authority_add, &Statement::authority, s)->subject, {}, {}};
  if (begins(kind, {"authority.", "protect."})) return {"subject", s.subject, {}, {}};
  if (begins(kind, {"case.", "consent.", "conflict.", "disclosure."})) return {"case", s.case_id, {}, {}};
  if (begins(kind, {"emergency."})) return {"emergency", s.emergency, {}, {}};
  if (begins(kind, {"conference."})) return {"conference", s.conference, {}, {}};
  if (kind == "notice.acknowledge" || kind == "presence.attest") return {"notice", s.conference, s.basis, theirs};
  if (begins(kind, {"item.", "attendance.", "epoch.", "message."})) return {"item", item_named_by(ledger, s), {}, {}};
  if (begins(kind, {"task.", "decision.", "request."})) return {"work", item_named_by(ledger, s), {}, {}};
  if (kind == "record.order") return {"order", s.item, s.person, {}};
  if (kind == "key.grant" || begins(kind, {"record.", "recovery."})) return {"record", s.record, {}, {}};
  if (begins(kind, {"key.", "opened", "purged"})) return {"access", s.record, theirs, {}};
  if (kind == "access.denied") return {"denial", s.record, s.person, {}};
  return {"audit", s.by, {}, {}};
}

/// One person, at one instant.
class Reading {
 public:
  Reading(const Ledger& ledger, const std::string& who, Instant at) : ledger_(ledger), who_(who), at_(at) {}

  bool unit(const Unit& unit) const {
    const auto& [sort, a, b, c] = unit;
    if (!is_person(ledger_, who_) || has_ended(ledger_, who_)) return false;
    if (sort == "directory" || sort == "heads") return true;
    if (sort == "subject") return subject(a);
    if (sort == "case") return household_case(a);
    if (sort == "emergency") return emergency(a);
    if (sort == "conference") return conference(a);
    if (sort == "notice") return notice(a, b, c);
    if (sort == "item") return item(a);
    if (sort == "work") return work(a);
    if (sort == "order") return order(a, b);
    if (sort == "record") return record(a);
    if (sort == "access") return access(a, b);
    if (sort == "denial") return is(Role::compliance);
    return a == who_ || is(Role::compliance);
  }

 private:
  bool is(Role role) const { return has_role(ledger_, who_, role); }
  bool recused(const std::string& in_case) const { return recused_for_case(ledger_, in_case, who_); }
  bool sits(const std::string& item) const { return seat_of(ledger_, item, who_).has_value(); }
  bool professional(const std::string& item) const { return in_professional_seat(ledger_, item, who_); }
  bool privately(const std::string& item) const {
    const auto seat = seat_of(ledger_, item, who_);
    return seat && !professional(item) && seat->seat != Seat::observer && seat->seat != Seat::advisor;
  }

  bool household_case(const std::string& id) const {
    if (recused(id)) return false;
    if (is(Role::coordinator) || is(Role::consent_officer) || is(Role::protection) || is(Role::compliance)) return true;
    for (const auto& item : items_of_case(ledger_, id)) {
      const bool closed = stage_of(ledger_, item) == Stage::closed;
      if (!closed && professional(item)) return true;
      const auto seat = seat_of(ledger_, item, who_);
      const bool keeps = seat && (seat->seat == Seat::chair || seat->seat == Seat::recorder);
      if (closed && keeps && !conference_closed(ledger_, item_added(ledger_, item)->conference)) return true;
    }
    for (const Statement* t : ledger_) {
      if (t->kind != Kind::task_assign || t->person != who_ || item_added(ledger_, t->item)->case_id != id) continue;
      const bool ended = std::any_of(ledger_.begin(), ledger_.end(), [&](const Statement* e) {
        return e->kind == Kind::task_end && e->task == t->task;
      });
      if (!ended && !(t->to && at_ >= *t->to) && professional(t->item)) return true;
    }
    return false;
  }

  bool subject(const std::string& id) const {
    for (const Statement* s : ledger_) {
      bool names = s->kind == Kind::case_subject && s->subject == id;
      for (const auto& one : s->subjects) names = names || (s->kind == Kind::case_open && one.subject == id);
      if (names && household_case(s->case_id)) return true;
    }
    return false;
  }

  bool emergency(const std::string& id) const {
    for (const Statement* e : ledger_)
      if (e->kind == Kind::emergency_invoke && e->emergency == id)
        return household_case(e->case_id) || (e->person == who_ && !recused(e->case_id));
    return false;
  }

  bool conference(const std::string& id) const {
    if (is(Role::coordinator) || is(Role::compliance)) return true;
    return std::any_of(ledger_.begin(), ledger_.end(), [&](const Statement* s) {
      return s->kind == Kind::item_add && s->conference == id && item(s->item);
    });
  }

  bool notice(const std::string& conference, const std::string& basis, const std::string& person) const {
    if (person == who_ || is(Role::coordinator) || is(Role::compliance)) return true;
    return std::any_of(ledger_.begin(), ledger_.end(), [&](const Statement* s) {
      return s->kind == Kind::item_add && s->conference == conference && s->basis == basis && sits(s->item) &&
             seat_of(ledger_, s->item, person).has_value();
    });
  }

  bool item(const std::string& id) const {
    const Statement* added = item_added(ledger_, id);
    if (recused(added->case_id)) return privately(id);
    return sits(id) || is_coordinator_of(ledger_, added->case_id, who_) || added->by == who_ || is(Role::compliance);
  }

  bool work(const std::string& id) const {
    const Statement* added = item_added(ledger_, id);
    if (recused(added->case_id)) return false;
    return professional(id) || is_coordinator_of(ledger_, added->case_id, who_) || is(Role::compliance);
  }

  bool order(const std::string& id, const std::string& person) const {
    if (recused(item_added(ledger_, id)->case_id)) return person == who_ && privately(id);
    return (person == who_ && sits(id)) || work(id);
  }

  bool shown(const std::string& record, const std::string& item) const {
    return !see(ledger_, {record, who_, {}, item}, at_).hidden;
  }

  bool record(const std::string& id) const {
    const auto row = record_of(ledger_, id);
    const bool apart = recused(row->in_case);
    if (!apart && (row->author == who_ || is_coordinator_of(ledger_, row->in_case, who_) || is(Role::compliance)))
      return true;
    if (!apart && shown(id, {})) return true;
    for (const auto& item : items_of_case(ledger_, row->in_case)) {
      if (stage_of(ledger_, item) == Stage::closed || !sits(item)) continue;
      if ((!apart || privately(item)) && shown(id, item)) return true;
    }
    return false;
  }

  bool access(const std::string& id, const std::string& person) const {
    if (person == who_) return true;
    const auto row = record_of(ledger_, id);
    if (recused(row->in_case)) return false;
    if (row->author == who_ || is_coordinator_of(ledger_, row->in_case, who_) || is(Role::compliance)) return true;
    const auto seat = row->item.empty() ? std::nullopt : seat_of(ledger_, row->item, who_);
    return seat && seat->seat == Seat::chair;
  }

  const Ledger& ledger_;
  const std::string& who_;
  Instant at_;
};

}  // namespace

bool reads_case(const Ledger& ledger, const std::string& person, const std::string& in_case, Instant at) {
  return Reading(ledger, person, at).unit({"case", in_case, {}, {}});
}

std::vector<std::size_t> entries(const Ledger& ledger, const std::string& person, Instant at) {
  const Reading reading(ledger, person, at);
  std::map<Unit, bool> answers;  // of this question alone: a person reads a unit whole or not at all
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < ledger.size(); ++i) {
    const Unit unit = unit_of(ledger, *ledger[i]);
    const auto [answer, is_new] = answers.try_emplace(unit, false);
    if (is_new) answer->second = reading.unit(unit);
    if (answer->second) found.push_back(i);
  }
  return found;
}

}  // namespace kasane::oracle
