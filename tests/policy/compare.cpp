#include "tests/policy/compare.hpp"

namespace kasane::tests {
namespace {

policy::Decision ask(const policy::World& world, const oracle::Question& q, policy::Instant at) {
  return policy::see(world, {q.record, q.who, q.device, q.item}, at);
}

std::string print(const std::optional<policy::Instant>& until) {
  return until ? policy::print_instant(*until) : "never";
}

}  // namespace

oracle::Ledger as_said(const std::vector<policy::Statement>& accepted) {
  oracle::Ledger ledger;
  for (const auto& statement : accepted) ledger.push_back(&statement);
  return ledger;
}

oracle::Verdict in_words(const policy::Decision& decision) {
  oracle::Verdict words{decision.permit, decision.hidden, {}, {}};
  if (decision.ground) words.word = name_of(*decision.ground);
  if (decision.reason) words.word = name_of(*decision.reason);
  for (std::size_t i = 0; i < policy::obligation_count; ++i) {
    const auto one = static_cast<policy::Obligation>(i);
    if (!decision.obliges(one)) continue;
    if (!words.obligations.empty()) words.obligations += ' ';
    words.obligations += name_of(one);
  }
  return words;
}

std::string print(const oracle::Verdict& verdict) {
  std::string out = verdict.permit ? "permit " : verdict.hidden ? "hidden " : "deny ";
  out += verdict.word;
  return verdict.obligations.empty() ? out : out + " (" + verdict.obligations + ")";
}

std::string difference_now(const policy::World& world, const oracle::Ledger& ledger, const oracle::Question& question,
                           policy::Instant at) {
  const auto product = in_words(ask(world, question, at)), oracle = oracle::see(ledger, question, at);
  if (product == oracle) return {};
  return "product: " + print(product) + ", oracle: " + print(oracle);
}

std::string difference(const policy::World& world, const oracle::Ledger& ledger, const oracle::Question& question,
                       policy::Instant at) {
  if (auto now = difference_now(world, ledger, question, at); !now.empty()) return now;
  const auto product = ask(world, question, at).until, oracle = oracle::until(ledger, question, at);
  if (product == oracle) return {};
  return "product until " + print(product) + ", oracle until " + print(oracle);
}

}  // namespace kasane::tests
