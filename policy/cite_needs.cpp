#include "policy/cite_needs.hpp"

namespace kasane::policy {
namespace {

bool holds(std::span<const Index> list, Index one) { return std::find(list.begin(), list.end(), one) != list.end(); }
std::span<const Index> all(const Needs::List& list) { return {list.begin(), list.size()}; }

}  // namespace

Needs::List Needs::fewest(const List& fixed) const {
  List picked;
  for (std::size_t i = 0; i < size(); ++i) {
    const auto any_of = (*this)[i];
    const Index first = *std::min_element(any_of.begin(), any_of.end());
    if (!holds(all(picked), first)) picked.push_back(first);
  }
  if (size() == 1) {
    // Nothing else could cover it but what is cited anyhow.
    const auto any_of = (*this)[0];
    return std::any_of(any_of.begin(), any_of.end(), [&](Index one) { return holds(all(fixed), one); }) ? List()
                                                                                                        : picked;
  }
  std::sort(picked.begin(), picked.end());
  const auto taken = [&](Index index) { return holds(all(picked), index) || holds(all(fixed), index); };
  for (std::size_t i = picked.size(); i-- > 0;) {
    const Index candidate = picked[i];
    picked[i] = no_index;
    bool superfluous = true;
    for (std::size_t need = 0; need < size() && superfluous; ++need) {
      const auto any_of = (*this)[need];
      superfluous = std::any_of(any_of.begin(), any_of.end(), taken);
    }
    if (!superfluous) picked[i] = candidate;
  }
  picked.erase_if([](Index one) { return one == no_index; });
  return picked;
}

Needs::List Needs::chosen(const World& world, const List& fixed, Moment& moment) const {
  List earliest = fewest(fixed);
  if (earliest.size() < 2 || cells_.empty()) return earliest;
  // One that the rest would do without, though in the whole ledger some condition may need it or another.
  const auto too_many = [&](const List& picked) {
    for (std::size_t i = picked.size(); i-- > 0;)
      if (has_others(picked[i]) && met_without(world, picked[i], picked, fixed, moment)) return picked[i];
    return no_index;
  };
  Needs needs = *this;
  List picked = earliest;
  for (Index one = too_many(picked); one != no_index; one = too_many(picked)) {
    if (!needs.has_others(one)) return earliest;  // no choice does better
    needs = needs.without(one);
    picked = needs.fewest(fixed);
  }
  return picked;
}

bool Needs::spare_one(const World& world, const List& picked, const List& fixed, Moment& moment) const {
  return !cells_.empty() && std::any_of(picked.begin(), picked.end(),
                                        [&](Index one) { return met_without(world, one, picked, fixed, moment); });
}

bool Needs::imply(const Needs& others) const {
  for (std::size_t i = 0; i < others.size(); ++i) {
    bool one_does = false;
    for (std::size_t mine = 0; mine < size() && !one_does; ++mine)
      one_does = std::all_of((*this)[mine].begin(), (*this)[mine].end(),
                             [&](Index option) { return holds(others[i], option); });
    if (!one_does) return false;
  }
  return true;
}

/// Each need that this one serves has another.
bool Needs::has_others(Index one) const {
  for (std::size_t i = 0; i < size(); ++i)
    if ((*this)[i].size() == 1 && (*this)[i][0] == one) return false;
  return true;
}

Needs Needs::without(Index one) const {
  Needs rest;
  for (std::size_t i = 0; i < size(); ++i) {
    List others;
    for (const Index option : (*this)[i])
      if (option != one) others.push_back(option);
    rest.add(all(others));
  }
  return rest;
}

/// Whether the rest of what is cited meets every need where nothing else was said.
bool Needs::met_without(const World& world, Index one, const List& picked, const List& fixed, Moment& moment) const {
  const auto cited = [&](Index option) {
    return option != one && (holds(all(picked), option) || holds(all(fixed), option));
  };
  for (std::size_t i = 0; i < size(); ++i) {
    const auto any_of = (*this)[i];
    if (std::any_of(any_of.begin(), any_of.end(), cited)) continue;
    const auto* cell = std::find_if(cells_.begin(), cells_.end(), [&](const Cell& asked) { return asked.need == i; });
    if (cell == cells_.end()) return false;
    const auto grants = [&](Index grant) { return grant != one && would_grant(world, grant, cell->question, moment); };
    if (std::none_of(picked.begin(), picked.end(), grants)) return false;
  }
  return true;
}

}  // namespace kasane::policy
