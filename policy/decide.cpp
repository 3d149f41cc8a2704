#include <array>

#include "policy/action.hpp"
#include "policy/verdict.hpp"

namespace kasane::policy {
namespace {

bool same_verdict(const Judgement& a, const Judgement& b) {
  return a.permit == b.permit && a.hidden == b.hidden && a.ground == b.ground && a.reason == b.reason &&
         a.obligations == b.obligations;
}

/// policy.md §4 `until`. Every comparison with time went through a Moment, so between two of its instants nothing can
/// change; at each of them the question is asked again.
std::optional<Instant> until(const World& world, const Question& question, const Judgement& now,
                             std::optional<Instant> next) {
  while (next) {
    Moment then(*next);
    if (!same_verdict(now, judge(world, question, then))) return next;
    next = then.next();
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(Obligation what) {
  constexpr std::array<std::string_view, obligation_count> names = {"collect_at_close", "log", "review", "view_only",
                                                                    "watermark"};
  return names[static_cast<std::size_t>(what)];
}

Decision decide(const World& world, const Question& question, Instant at) {
  Moment moment(at);
  Judgement judgement = judge(world, question, moment);
  Decision decision;
  decision.permit = judgement.permit;
  decision.hidden = judgement.hidden;
  decision.ground = judgement.ground;
  decision.reason = judgement.reason;
  decision.obligations = judgement.obligations;
  decision.until = until(world, question, judgement, moment.next());
  if (judgement.permit) {
    decision.cites = permit_cites(world, question, judgement, at);
  } else {
    for (const Index cause : {judgement.causes.one, judgement.causes.other})
      if (cause != no_index) decision.cites.push_back(cause);
    sort_cites(decision.cites);
  }
  return decision;
}

Decision see(const World& world, const Ask& ask, Instant at) {
  return decide(world, question_of(world, ask.record, ask.who, ask.device, ask.item), at);
}

}  // namespace kasane::policy
