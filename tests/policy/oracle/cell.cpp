#include <map>

#include "tests/policy/oracle/facts.hpp"

// policy.md §8, sentence by sentence.
namespace kasane::oracle {
namespace {

using policy::AuthorityType;
using policy::ConsentState;

bool names(const Statement& s, Category category) { return contains(s.categories.named, category); }

bool is_protective(Category category) { return category == Category::PADR || category == Category::SRC; }

/// The authority by which a consent was given; null: the subject's own.
const Statement* authority_of(const Ledger& ledger, const Statement& consent) {
  if (consent.giver == "self") return nullptr;
  for (const Statement* s : ledger)
    if (s->kind == Kind::authority_add && s->authority == consent.giver) return s;
  return nullptr;
}

bool is_parents(const Ledger& ledger, const Statement& consent) {
  const Statement* authority = authority_of(ledger, consent);
  return authority != nullptr && authority->authority_type == AuthorityType::parent;
}

bool is_refusal(const Statement& s) { return s.state == ConsentState::refused || s.state == ConsentState::revoked; }

/// Covers the cell, were no authority in conflict.
bool covers(const Ledger& ledger, const Statement& s, const Cell& cell) {
  if (s.kind != Kind::consent_record || s.case_id != cell.in_case || s.subject != cell.subject ||
      s.purpose != cell.purpose)
    return false;
  const bool grant = s.state == ConsentState::granted;
  const bool category = names(s, cell.category) || (s.categories.all && !(grant && is_protective(cell.category)));
  const bool recipient = contains(s.recipients.named, cell.recipient) ||
                         (s.recipients.all && !(grant && cell.recipient.starts_with("person:")));
  if (!category || !recipient) return false;
  const Statement* authority = authority_of(ledger, s);
  return authority == nullptr || authority->categories.all || names(*authority, cell.category);
}

bool has_effect(const Ledger& ledger, const Statement& s) { return s.giver == "self" || !in_conflict(ledger, s.giver); }

bool authority_runs(const Statement& authority, Instant at) {
  return at >= authority.from.value_or(authority.at_ms) && (!authority.to || at < *authority.to);
}

bool past_majority(const Ledger& ledger, const Cell& cell, Instant at) {
  const auto majority = dates_of(ledger, cell.in_case, cell.subject).majority_at;
  return majority && at >= *majority;
}

/// By its own dates, its authority's, and the majority of who is a parent's child.
bool in_force(const Ledger& ledger, const Statement& grant, const Cell& cell, Instant at) {
  if (at < grant.from.value_or(grant.at_ms) || (grant.to && at >= *grant.to)) return false;
  const Statement* authority = authority_of(ledger, grant);
  if (authority != nullptr && !authority_runs(*authority, at)) return false;
  return !(is_parents(ledger, grant) && past_majority(ledger, cell, at));
}

/// Given by the subject at an age to consent.
bool is_of_age(const Ledger& ledger, const Statement& s, const Cell& cell) {
  const auto own = dates_of(ledger, cell.in_case, cell.subject).own_consent_at;
  return s.giver == "self" && (!own || s.at_ms >= *own);
}

/// The covering statements that have effect, in order.
std::vector<const Statement*> heard(const Ledger& ledger, const Cell& cell, Instant at) {
  std::vector<const Statement*> found;
  for (const Statement* s : ledger)
    if (covers(ledger, *s, cell) && has_effect(ledger, *s)) found.push_back(s);
  const auto own = dates_of(ledger, cell.in_case, cell.subject).own_consent_at;
  if (!own || at < *own) return found;
  // From own_consent_at on a parent's refusal has no effect while such a grant of the subject's is in force.
  bool overruled = false;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const Statement& s = *found[i];
    if (s.state != ConsentState::granted || s.giver != "self" || !names(s, cell.category) || s.at_ms < *own ||
        !in_force(ledger, s, cell, at))
      continue;
    const bool ended = std::any_of(found.begin() + static_cast<std::ptrdiff_t>(i), found.end(),
                                   [](const Statement* later) { return is_refusal(*later) && later->giver == "self"; });
    if (!ended) overruled = true;
  }
  if (overruled) std::erase_if(found, [&](const Statement* s) { return is_refusal(*s) && is_parents(ledger, *s); });
  return found;
}

struct Refusal {
  ConsentState state;
  bool explicitly = false;
  std::size_t place = 0;  ///< among the statements heard
};

/// What the walk leaves.
struct Walked {
  std::map<std::string, Refusal> standing;  ///< by giver
  std::vector<const Statement*> grants;     ///< not ended, in order
};

Walked walk(const Ledger& ledger, const std::vector<const Statement*>& said, const Cell& cell) {
  Walked walked;
  for (std::size_t i = 0; i < said.size(); ++i) {
    const Statement& s = *said[i];
    if (is_refusal(s)) {
      auto& refusal = walked.standing[s.giver];
      refusal = {*s.state, refusal.explicitly || names(s, cell.category), i};
      std::erase_if(walked.grants, [&](const Statement* grant) {
        if (s.giver == "self") return true;                        // ends everybody's
        return grant->giver == s.giver || grant->giver != "self";  // an authority's ends those by authorities
      });
    }
    if (s.state != ConsentState::granted) continue;
    walked.grants.push_back(&s);
    const bool explicitly = names(s, cell.category);
    for (auto one = walked.standing.begin(); one != walked.standing.end();) {
      const auto& [giver, refusal] = *one;
      bool lifted = giver == s.giver && (explicitly || !refusal.explicitly);
      if (is_of_age(ledger, s, cell) && explicitly) {
        const Statement* authority = nullptr;
        for (const Statement* a : ledger)
          if (a->kind == Kind::authority_add && a->authority == giver) authority = a;
        lifted = lifted || (authority != nullptr && authority->authority_type == AuthorityType::parent);
      }
      if (giver == "self" && s.giver != "self" && !is_parents(ledger, s)) {
        const bool unable = std::any_of(said.begin() + static_cast<std::ptrdiff_t>(refusal.place),
                                        said.begin() + static_cast<std::ptrdiff_t>(i),
                                        [](const Statement* b) { return b->state == ConsentState::unable; });
        lifted = lifted || (unable && (explicitly || !refusal.explicitly));
      }
      one = lifted ? walked.standing.erase(one) : std::next(one);
    }
  }
  return walked;
}

/// An authority's refusal stands only within its period and, a parent's, before majority.
bool stands(const Ledger& ledger, const Statement& refusal, const Cell& cell, Instant at) {
  const Statement* authority = authority_of(ledger, refusal);
  if (authority == nullptr) return true;
  return authority_runs(*authority, at) && !(is_parents(ledger, refusal) && past_majority(ledger, cell, at));
}

/// The state as far as the cell's own statements give it; empty: they give none.
std::string own_state(const Ledger& ledger, const Cell& cell, Instant at) {
  const auto deceased = dates_of(ledger, cell.in_case, cell.subject).deceased_at;
  if (deceased && at >= *deceased) return "ENDED_DEATH";

  const auto said = heard(ledger, cell, at);
  const auto walked = walk(ledger, said, cell);
  const Refusal* latest = nullptr;
  for (const auto& [giver, refusal] : walked.standing)
    if (stands(ledger, *said[refusal.place], cell, at) && (latest == nullptr || refusal.place > latest->place))
      latest = &refusal;
  if (latest != nullptr) return latest->state == ConsentState::refused ? "REFUSED" : "REVOKED";

  for (const Statement* grant : walked.grants)
    if (in_force(ledger, *grant, cell, at)) return "GRANTED";
  if (!walked.grants.empty()) {
    const Statement& last = *walked.grants.back();
    const Statement* authority = authority_of(ledger, last);
    if (is_parents(ledger, last) && past_majority(ledger, cell, at)) return "ENDED_MAJORITY";
    if (authority != nullptr && !authority_runs(*authority, at)) return "ENDED_AUTHORITY";
    if (last.to && at >= *last.to) return "EXPIRED";
    return "NO_CONSENT";
  }
  for (auto one = said.rbegin(); one != said.rend(); ++one) {
    if ((*one)->state == ConsentState::unable) return "UNABLE_TO_JUDGE";
    if ((*one)->state == ConsentState::asked_no_answer) return "ASKED_NO_ANSWER";
  }
  for (const Statement* s : ledger)
    if (s->state == ConsentState::granted && covers(ledger, *s, cell) && !has_effect(ledger, *s))
      return "AUTHORITY_CONFLICT";
  return {};
}

}  // namespace

std::string state(const Ledger& ledger, const Cell& cell, Instant at) {
  if (auto own = own_state(ledger, cell, at); !own.empty()) return own;
  // Some other cell of the subject in the case: what the subject's statements name.
  std::set<std::string> recipients{cell.recipient}, purposes{cell.purpose};
  for (const Statement* s : ledger) {
    if (s->kind != Kind::consent_record || s->case_id != cell.in_case || s->subject != cell.subject) continue;
    purposes.insert(s->purpose);
    recipients.insert(s->recipients.named.begin(), s->recipients.named.end());
    if (s->recipients.all)
      for (const auto& agency : all_agencies(ledger)) recipients.insert(agency);
  }
  for (std::size_t c = 0; c < policy::category_count; ++c)
    for (const auto& recipient : recipients)
      for (const auto& purpose : purposes)
        if (own_state(ledger, {cell.in_case, cell.subject, static_cast<Category>(c), recipient, purpose}, at) ==
            "GRANTED")
          return "CONSENT_NOT_COVERING";
  return "NO_CONSENT";
}

}  // namespace kasane::oracle
