#include "tests/policy/worlds.hpp"

#include <cstdio>
#include <cstdlib>

#include "policy/action.hpp"
#include "server/wire/json.hpp"
#include "server/wire/payload.hpp"

namespace kasane::tests {

Worlds::Worlds() : aspects_(small_aspects()) {}

std::string Worlds::Small::name() const {
  std::string out;
  for (const auto* one : names)
    if (!one->empty()) out += (out.empty() ? "" : " · ") + *one;
  return out;
}

const policy::Statement& Worlds::read(const std::string& text, policy::Instant at) {
  const auto key = std::to_string(at) + text;
  if (const auto found = texts_.find(key); found != texts_.end()) return found->second;
  const auto json = wire::read_json(text);
  auto statement = json ? wire::read_statement(*json, wire::StatementForm::hypothetical) : std::nullopt;
  if (!statement) {  // a world of ours that is not well formed is our mistake, not a world that cannot be
    std::fprintf(stderr, "Worlds: malformed: %s\n", text.c_str());
    std::abort();
  }
  statement->at_ms = at;
  return texts_.emplace(key, *statement).first->second;
}

void Worlds::each(const Bounds& bounds, const std::function<void(const Small&)>& visit) {
  possible = impossible = 0;
  refused.clear();
  ledger_.clear();
  names_.clear();
  bounds_ = bounds;
  visit_ = visit;
  policy::World world;
  for (const auto& text : small_beginning()) {
    const auto& statement = read(text, policy::parse_instant("2026-07-01T00:00:00Z").value());
    if (const auto reason = world.accept(statement, static_cast<policy::Index>(ledger_.size()))) {
      std::fprintf(stderr, "Worlds: %s: %s\n", std::string(name_of(*reason)).c_str(), text.c_str());
      std::abort();
    }
    ledger_.push_back(&statement);
  }
  descend(0, world, {}, 0, true);
}

void Worlds::descend(std::size_t number, const policy::World& world, const Facts& facts, int turns, bool common) {
  if (turns > bounds_.turns_on_all && (!common || turns > bounds_.turns_on_common)) return;
  if (number == aspects_.size()) {
    ++possible;
    visit_({world, ledger_, facts, small_now(), names_});
    return;
  }
  const Aspect& aspect = aspects_[number];
  for (const Choice& choice : aspect.choices) {
    const bool is_turn = aspect.is_turn && &choice != &aspect.choices.front();
    Facts then = facts;
    const auto said = choice.says(then);
    if (!said) continue;
    const auto& texts = *said;
    const std::size_t before = ledger_.size();
    names_.push_back(&choice.name);
    if (texts.empty()) {
      descend(number + 1, world, then, turns + is_turn, common && choice.common);
    } else {
      policy::World next = world;
      bool can_be = true;
      for (const auto& text : texts) {
        const auto& statement = read(text, aspect.at);
        if (const auto reason = next.accept(statement, static_cast<policy::Index>(ledger_.size()))) {
          ++impossible;
          ++refused[aspect.name + " / " + choice.name + ": " + std::string(name_of(*reason))];
          can_be = false;
          break;
        }
        ledger_.push_back(&statement);
      }
      if (can_be) descend(number + 1, next, then, turns + is_turn, common && choice.common);
    }
    ledger_.resize(before);
    names_.pop_back();
  }
}

}  // namespace kasane::tests
