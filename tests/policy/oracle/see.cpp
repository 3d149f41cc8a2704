#include "tests/policy/oracle/steps.hpp"

// policy.md §4, the emergency, and the questions of §9 that ask for persons.
namespace kasane::oracle {
namespace {

Verdict permit(const std::string& ground, const std::string& obligations) { return {true, false, ground, obligations}; }

const char* obligations_at(const std::optional<Basis>& basis) {
  return !basis || basis->in_session ? "collect_at_close log view_only watermark" : "log";
}

/// The first step that denies hidden decides; if none does, the first that denies.
Step first_of(const std::vector<Step>& steps) {
  for (const Step& step : steps)
    if (step && step->hidden) return step;
  for (const Step& step : steps)
    if (step) return step;
  return {};
}

Step deny_at_item(const Scene& s) {
  // Who has no seat, or where no basis is in force, is denied hidden before the rest could matter.
  if (const Step early = first_of({wrong_case(s), seated_now(s)})) return early;
  return first_of({withdrawn(s), window(s), notice(s), conflict(s), whereabouts(s), reporter(s), held(s),
                   private_seat(s), onlooker(s), flow(s), consent(s), need_to_know(s)});
}

std::string ground_at_item(const Scene& s) {
  const Seat seat = *s.seat();
  if (seat == Seat::observer || seat == Seat::advisor) return "DEIDENTIFIED";
  if (s.is_professional() && s.of_the_records_agency()) return "OWN";
  const auto& subjects = s.record.label.subjects;
  const std::string as = seat_of(s.ledger, s.item->item, s.who)->as;
  if (seat == Seat::person && std::all_of(subjects.begin(), subjects.end(), [&](const auto& one) { return one == as; }))
    return "SELF";
  return s.basis()->requires_consent ? "CONSENT" : "LAW";
}

/// Whether an emergency lets this person see the record now.
bool in_emergency(const Scene& s) {
  if (s.item != nullptr && stage_of(s.ledger, s.item->item) == Stage::closed) return false;
  for (const Statement* e : s.ledger) {
    if (e->kind != Kind::emergency_invoke || e->person != s.who) continue;
    bool live = false, ended = false;  // ended at once: an approval that comes later does not bring it back
    for (const Statement* said : s.ledger) {
      if (said->emergency != e->emergency) continue;
      if (said->kind == Kind::emergency_approve)
        live = s.at >= said->at_ms && s.at < said->at_ms + e->minutes * policy::minute_ms;
      if (said->kind == Kind::emergency_review && !said->upheld) ended = true;
    }
    if (!live || ended) continue;
    const bool every_category = std::all_of(s.record.label.categories.begin(), s.record.label.categories.end(),
                                            [&](Category category) { return contains(e->categories.named, category); });
    const bool covered = contains(e->records, s.record.id) || (e->case_id == s.record.in_case && every_category);
    if (!covered) continue;
    if ((s.item != nullptr && wrong_case(s)) || withdrawn(s) || conflict(s)) continue;
    if (!e->protective && (whereabouts(s) || reporter(s))) continue;
    return true;
  }
  return false;
}

Verdict judge(const Scene& s) {
  if (s.item != nullptr) {
    const Step denial = deny_at_item(s);
    if (!denial) return permit(ground_at_item(s), obligations_at(s.basis()));
    if (!in_emergency(s)) return {false, denial->hidden, denial->reason, {}};
    const bool in_session = !s.basis() || s.basis()->in_session;
    return permit("EMERGENCY", in_session ? "collect_at_close log review view_only watermark" : "log review");
  }
  const std::string ground = claim(s);
  const Step denial = ground.empty() ? Denial{"NOT_MEMBER", true}
                                     : first_of({withdrawn(s), conflict(s), whereabouts(s), reporter(s), held(s)});
  if (!denial) return permit(ground, "log");
  if (in_emergency(s)) return permit("EMERGENCY", "log review");
  return {false, denial->hidden, denial->reason, {}};
}

}  // namespace

Verdict see(const Ledger& ledger, const Question& q, Instant at) {
  if (const Step denial = identity(ledger, q)) return {false, denial->hidden, denial->reason, {}};
  return judge(
      {ledger, at, q.who, *record_of(ledger, q.record), q.item.empty() ? nullptr : item_added(ledger, q.item)});
}

std::optional<Instant> until(const Ledger& ledger, const Question& q, Instant at) {
  std::set<Instant> named;  // every instant that anything said could turn on
  const auto add = [&](const std::optional<Instant>& when) {
    if (when && *when > at) named.insert(*when);
  };
  for (const Statement* s : ledger) {
    add(s->from);
    add(s->to);
    const auto dates = [&](const policy::SubjectDates& d) {
      add(d.majority_at), add(d.own_consent_at), add(d.deceased_at);
    };
    dates(s->dates);
    for (const auto& one : s->subjects) dates(one.dates);
    if (s->kind == Kind::emergency_approve)
      for (const Statement* e : ledger)
        if (e->kind == Kind::emergency_invoke && e->emergency == s->emergency)
          add(s->at_ms + e->minutes * policy::minute_ms);
  }
  const Verdict now = see(ledger, q, at);
  for (const Instant when : named)
    if (!(see(ledger, q, when) == now)) return when;
  return {};
}

std::vector<std::string> wrap(const Ledger& ledger, const std::string& record, Instant at) {
  std::vector<std::string> found;
  const auto asked = record_of(ledger, record);
  if (!asked || is_withdrawn(ledger, record)) return found;
  for (const auto& person : all_persons(ledger)) {
    bool permitted = see(ledger, {record, person}, at).permit;
    for (const auto& item : items_of_case(ledger, asked->in_case)) {
      if (stage_of(ledger, item) == Stage::closed || has_ended(ledger, person)) continue;
      Scene scene{ledger, at, person, *asked, item_added(ledger, item)};
      scene.as_if_open = scene.as_if_acknowledged = true;
      permitted = permitted || judge(scene).permit;
    }
    if (permitted) found.push_back(person);
  }
  return found;
}

std::vector<std::string> epoch(const Ledger& ledger, const std::string& item, Instant at) {
  std::vector<std::string> found;
  const Statement* added = item_added(ledger, item);
  if (added == nullptr || !has_been_opened(ledger, item)) return found;
  const Stage stage = stage_of(ledger, item);
  if (stage == Stage::closed && conference_closed(ledger, added->conference)) return found;
  const auto basis = basis_in_force(ledger, added->basis, at);
  for (const auto& seated : seated_at(ledger, item)) {
    const bool professional = in_professional_seat(ledger, item, seated.person);
    const bool onlooks = seated.seat == Seat::observer || seated.seat == Seat::advisor;
    if (has_ended(ledger, seated.person) || !basis || onlooks) continue;
    if (!professional && !basis->subject_may_attend) continue;
    if (!has_acknowledged(ledger, item, seated.person)) continue;
    if (professional && recused_for_case(ledger, added->case_id, seated.person)) continue;
    if (stage != Stage::open && seated.seat != Seat::chair && seated.seat != Seat::recorder) continue;
    found.push_back(seated.person);
  }
  return found;
}

}  // namespace kasane::oracle
