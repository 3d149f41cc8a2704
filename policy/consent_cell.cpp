#include "policy/consent_cell.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace kasane::policy {
namespace {

/// A stand-in for any agency that no statement names by itself.
constexpr AgencyId unnamed_agency{AgencyId::none - 1};

struct Standing {
  AuthorityId giver;  ///< unknown: the subject
  ConsentState state = ConsentState::refused;
  bool named = false;  ///< the category was named, then or in an earlier refusal that still stood
  std::ptrdiff_t place = 0;
  Index index = no_index;
};

/// One walk over the covering, effective statements of a cell.
class Walk {
 public:
  Walk(const World& world, const CellQuestion& question, Moment& moment)
      : w_(world), q_(question), moment_(moment), entry_(world.subject_of(question.in_case, question.subject)) {}

  CellAnswer state();
  /// Steps up to GRANTED; none where the value is to be found further down.
  std::optional<CellAnswer> first_half();
  template <class Visit>
  void each_grant_in_force(Visit visit);
  Grants grants();
  bool would_grant(Index statement);

 private:
  const Consent& consent(std::ptrdiff_t place) const {
    return w_.consents[entry_->consents[static_cast<std::size_t>(place)]];
  }
  std::ptrdiff_t count() const { return entry_ == nullptr ? 0 : static_cast<std::ptrdiff_t>(entry_->consents.size()); }
  const Authority* authority(const Consent& c) const { return c.giver.known() ? &w_.authorities[c.giver] : nullptr; }

  bool covers(const Consent& c) const;
  bool in_conflict(const Consent& c) const { return c.giver.known() && w_.authorities[c.giver].conflict; }
  bool unheld(const Consent& c) const { return c.giver.known() && !w_.authorities[c.giver].defined; }
  bool by_parent(const Consent& c) const {
    return c.giver.known() && w_.authorities[c.giver].defined && w_.authorities[c.giver].type == AuthorityType::parent;
  }
  bool counts(const Consent& c) const;
  bool in_period(const Authority& authority) { return moment_.within(authority.from, authority.to); }
  bool of_age() { return moment_.reached(entry_->dates.majority_at); }

  bool self_overrules_parents();
  void walk();
  void refuse(const Consent& c, std::ptrdiff_t place);
  void grant(const Consent& c);
  bool ended(const Consent& c, std::ptrdiff_t place) const {
    return place < last_self_refusal_ || (c.giver.known() && place < last_authority_refusal_);
  }
  bool in_force(const Consent& c);
  CellState lapsed(const Consent& c);
  std::optional<CellAnswer> other_cell_granted();

  const World& w_;
  const CellQuestion& q_;
  Moment& moment_;
  const CaseSubject* entry_;
  bool parents_overruled_ = false;
  Small<Standing, 4> standing_;
  std::ptrdiff_t last_self_refusal_ = -1, last_authority_refusal_ = -1, last_unable_ = -1, last_asked_ = -1;
};

bool Walk::covers(const Consent& c) const {
  if (c.purpose != q_.purpose) return false;
  const bool grant = c.state == ConsentState::granted;
  // In a grant `*` never includes PADR, SRC or a person; in everything else it includes all.
  if (!c.named.has(q_.category) && !(c.all_categories && !(grant && protective().has(q_.category)))) return false;
  if (c.giver.known() && w_.authorities[c.giver].defined && !w_.authorities[c.giver].categories.has(q_.category))
    return false;
  if (q_.recipient.person.known()) {
    if (c.all_recipients && !grant) return true;
    return std::find(c.persons.begin(), c.persons.end(), q_.recipient.person) != c.persons.end();
  }
  return c.all_recipients || std::find(c.agencies.begin(), c.agencies.end(), q_.recipient.agency) != c.agencies.end();
}

bool Walk::counts(const Consent& c) const {
  // An authority not held (policy.md §12): its grant is left out, its refusal stands.
  return covers(c) && !in_conflict(c) && !(unheld(c) && c.state == ConsentState::granted);
}

// "From own_consent_at on, a parent's refusal, whenever given, has no effect while a grant of self …": such a grant is
// ended by a refusal of the subject alone, so it can be found before the walk.
bool Walk::self_overrules_parents() {
  if (!moment_.reached(entry_->dates.own_consent_at)) return false;
  bool found = false;
  for (std::ptrdiff_t place = 0; place < count(); ++place) {
    const Consent& c = consent(place);
    if (c.giver.known() || !counts(c)) continue;
    if (c.state == ConsentState::refused || c.state == ConsentState::revoked) found = false;
    if (c.state == ConsentState::granted && c.named.has(q_.category) && c.at >= *entry_->dates.own_consent_at &&
        moment_.within(c.from, c.to))
      found = true;
  }
  return found;
}

void Walk::refuse(const Consent& c, std::ptrdiff_t place) {
  if (parents_overruled_ && by_parent(c)) return;
  auto mine =
      std::find_if(standing_.begin(), standing_.end(), [&](const Standing& one) { return one.giver == c.giver; });
  const bool named = c.named.has(q_.category) || (mine != standing_.end() && mine->named);
  if (mine != standing_.end()) standing_.erase_at(static_cast<std::size_t>(mine - standing_.begin()));
  standing_.push_back({c.giver, c.state, named, place, c.index});  // the latest stands last
  (c.giver.known() ? last_authority_refusal_ : last_self_refusal_) = place;
}

void Walk::grant(const Consent& c) {
  const bool named = c.named.has(q_.category);
  const auto& own_consent_at = entry_->dates.own_consent_at;
  const bool self_of_age = !c.giver.known() && named && (!own_consent_at || c.at >= *own_consent_at);
  const bool represents = c.giver.known() && w_.authorities[c.giver].type != AuthorityType::parent;
  standing_.erase_if([&](const Standing& one) {
    if (one.giver == c.giver) return named || !one.named;
    if (one.giver.known())
      return self_of_age && w_.authorities[one.giver].defined &&
             w_.authorities[one.giver].type == AuthorityType::parent;
    return represents && last_unable_ > one.place && (named || !one.named);
  });
}

void Walk::walk() {
  parents_overruled_ = self_overrules_parents();
  for (std::ptrdiff_t place = 0; place < count(); ++place) {
    const Consent& c = consent(place);
    if (!counts(c)) continue;
    switch (c.state) {
      case ConsentState::refused:
      case ConsentState::revoked:
        refuse(c, place);
        break;
      case ConsentState::granted:
        grant(c);
        break;
      case ConsentState::unable:
        last_unable_ = place;
        break;
      case ConsentState::asked_no_answer:
        last_asked_ = place;
        break;
    }
  }
  // An authority's refusal stands only within the authority's period and, a parent's, before majority.
  standing_.erase_if([&](const Standing& one) {
    if (!one.giver.known() || !w_.authorities[one.giver].defined) return false;
    const Authority& giver = w_.authorities[one.giver];
    return !in_period(giver) || (giver.type == AuthorityType::parent && of_age());
  });
}

bool Walk::in_force(const Consent& c) {
  if (!moment_.within(c.from, c.to)) return false;
  const Authority* giver = authority(c);
  return giver == nullptr || (in_period(*giver) && !(giver->type == AuthorityType::parent && of_age()));
}

CellState Walk::lapsed(const Consent& c) {
  if (const Authority* giver = authority(c)) {
    if (giver->type == AuthorityType::parent && of_age()) return CellState::ENDED_MAJORITY;
    if (!in_period(*giver)) return CellState::ENDED_AUTHORITY;
  }
  return moment_.reached(c.to) ? CellState::EXPIRED : CellState::NO_CONSENT;
}

template <class Visit>
void Walk::each_grant_in_force(Visit visit) {
  for (std::ptrdiff_t place = 0; place < count(); ++place) {
    const Consent& c = consent(place);
    if (c.state == ConsentState::granted && counts(c) && !ended(c, place) && in_force(c) &&
        !visit(entry_->consents[static_cast<std::size_t>(place)]))
      return;
  }
}

Grants Walk::grants() {
  Grants grants;
  each_grant_in_force([&](ConsentId id) {
    const Consent& c = w_.consents[id];
    grants.push_back({c.index, c.giver.known() ? w_.authorities[c.giver].index : no_index, by_parent(c)});
    return true;
  });
  return grants;
}

bool Walk::would_grant(Index statement) {
  for (std::ptrdiff_t place = 0; place < count(); ++place) {
    const Consent& c = consent(place);
    if (c.index == statement) return c.state == ConsentState::granted && counts(c) && in_force(c);
  }
  return false;
}

std::optional<CellAnswer> Walk::first_half() {
  if (entry_ == nullptr) return CellAnswer{};
  if (moment_.reached(entry_->dates.deceased_at)) return CellAnswer{CellState::ENDED_DEATH, entry_->dates_index};
  walk();
  if (!standing_.empty()) {
    const Standing& last = standing_.back();
    return CellAnswer{last.state == ConsentState::revoked ? CellState::REVOKED : CellState::REFUSED, last.index};
  }
  std::optional<CellAnswer> granted;
  each_grant_in_force([&](ConsentId id) {
    granted = CellAnswer{CellState::GRANTED, w_.consents[id].index};
    return false;
  });
  return granted;
}

CellAnswer Walk::state() {
  if (const auto answer = first_half()) return *answer;
  for (std::ptrdiff_t place = count(); place-- > 0;) {
    const Consent& c = consent(place);
    if (c.state == ConsentState::granted && counts(c) && !ended(c, place)) return {lapsed(c), c.index};
  }
  if (last_unable_ > last_asked_) return {CellState::UNABLE_TO_JUDGE, consent(last_unable_).index};
  if (last_asked_ >= 0) return {CellState::ASKED_NO_ANSWER, consent(last_asked_).index};
  for (std::ptrdiff_t place = 0; place < count(); ++place) {
    const Consent& c = consent(place);
    if (c.state == ConsentState::granted && in_conflict(c) && covers(c))
      return {CellState::AUTHORITY_CONFLICT, w_.authorities[c.giver].conflict_index};
  }
  return other_cell_granted().value_or(CellAnswer{});
}

// "Some other cell of S in the case (another category, recipient or purpose that S's statements name) is GRANTED": only
// a cell that some grant in force covers can be. `*` names every agency; those that no statement names by itself fare
// alike, so one stands for all, and the asked one is among them or named.
std::optional<CellAnswer> Walk::other_cell_granted() {
  std::vector<AgencyId> agencies{unnamed_agency};
  if (q_.recipient.agency.known()) agencies.push_back(q_.recipient.agency);
  for (std::ptrdiff_t place = 0; place < count(); ++place)
    for (const auto agency : consent(place).agencies)
      if (std::find(agencies.begin(), agencies.end(), agency) == agencies.end()) agencies.push_back(agency);

  std::set<std::tuple<PurposeId, AgencyId, PersonId, Category>> asked;
  std::optional<CellAnswer> found;
  const auto ask = [&](const Consent& c, const Recipient& recipient) {
    for (std::size_t i = 0; i < category_count && !found; ++i) {
      const auto category = static_cast<Category>(i);
      if (!c.all_categories && !c.named.has(category)) continue;
      if (!asked.emplace(c.purpose, recipient.agency, recipient.person, category).second) continue;
      const CellQuestion other{q_.in_case, q_.subject, category, recipient, c.purpose};
      const auto answer = Walk(w_, other, moment_).first_half();
      if (answer && answer->state == CellState::GRANTED)
        found = CellAnswer{CellState::CONSENT_NOT_COVERING, answer->index};
    }
  };
  for (std::ptrdiff_t place = 0; place < count() && !found; ++place) {
    const Consent& c = consent(place);
    if (c.state != ConsentState::granted || in_conflict(c) || unheld(c) || !in_force(c)) continue;
    for (const auto agency : c.all_recipients ? agencies : c.agencies) ask(c, {agency, {}});
    for (const auto person : c.persons) ask(c, {{}, person});
  }
  return found;
}

CellMemo::Entry walked(const World& world, const CellQuestion& question, Instant at) {
  Moment moment(at);
  Walk walk(world, question, moment);
  const CellAnswer answer = walk.state();
  CellMemo::Entry entry;
  entry.state = answer.state;
  entry.index = answer.index;
  if (answer.state == CellState::GRANTED) {
    const Grants grants = walk.grants();
    entry.grants = grants.size() == 1 ? 1 : CellMemo::several;
    entry.authority = grants[0].authority;
    entry.by_parent = grants[0].by_parent;
  }
  entry.from = at;
  entry.to = moment.next_or_never();
  return entry;
}

/// The cell as it was found out before, or found out now. Null: it is of a sort that is not kept.
const CellMemo::Entry* remembered(const World& world, const CellQuestion& q, Moment& moment) {
  const std::uint32_t recipient = q.recipient.person.known() ? q.recipient.person.row : q.recipient.agency.row;
  if (q.purpose != world.support() || recipient >= CellMemo::recipients) return nullptr;
  const auto key = CellMemo::key_of(q.in_case, q.subject, q.category, q.recipient.person.known(), recipient);
  const CellMemo::Entry& kept = world.cells().entry(key, world.subjects[q.subject].age, moment.at(),
                                                    [&] { return walked(world, q, moment.at()); });
  moment.holds_until(kept.to);
  return &kept;
}

}  // namespace

CellAnswer consent_cell(const World& world, const CellQuestion& question, Moment& moment) {
  if (const auto* kept = remembered(world, question, moment)) return {kept->state, kept->index};
  return Walk(world, question, moment).state();
}

Grants grants_in_force(const World& world, const CellQuestion& question, Moment& moment) {
  if (const auto* kept = remembered(world, question, moment)) {
    if (kept->state != CellState::GRANTED) return {};
    if (kept->grants == 1) return {{kept->index, kept->authority, kept->by_parent}};
  }
  Walk walk(world, question, moment);
  const auto answer = walk.first_half();
  return answer && answer->state == CellState::GRANTED ? walk.grants() : Grants();
}

bool would_grant(const World& world, Index statement, const CellQuestion& question, Moment& moment) {
  return Walk(world, question, moment).would_grant(statement);
}

}  // namespace kasane::policy
