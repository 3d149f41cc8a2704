#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "policy/entities.hpp"

namespace kasane::policy {

/// Consent cells that have been found out, each with the stretch of time for which it holds: an index that any new word
/// on the subject's consents puts out of date (`age`). Nothing is decided by what is in it or not. Copies begin empty.
/// Sizes: at most `entries_max`; a cell has two places, so that now and
/// the instant at which it changes are both kept; a new one takes the place less recently asked.
class CellMemo {
 public:
  struct Entry {
    std::uint64_t key = 0;  ///< 0: empty
    std::uint32_t age = 0;
    CellState state = CellState::NO_CONSENT;
    std::uint8_t grants = 0;  ///< in force; 1, or `several`
    bool by_parent = false;   ///< the one grant
    bool recent = false;      ///< of the two places that a cell may have, asked last
    Instant from = 0, to = 0;
    Index index = no_index;
    Index authority = no_index;  ///< of who gave the one grant
  };
  static constexpr std::uint8_t several = 2;
  static constexpr std::uint32_t recipients = 1U << 26U;
  static std::uint64_t key_of(std::uint32_t subject, Category category, bool person, std::uint32_t recipient) {
    return static_cast<std::uint64_t>(subject) << 32U | 1U << 31U | static_cast<std::uint32_t>(category) << 27U |
           (person ? 1U : 0U) << 26U | recipient;
  }

  CellMemo() = default;
  CellMemo(const CellMemo&) {}
  CellMemo& operator=(const CellMemo&) {
    entries_.clear();
    return *this;
  }
  CellMemo(CellMemo&&) noexcept = default;
  CellMemo& operator=(CellMemo&&) noexcept = default;
  ~CellMemo() = default;

  template <class FindOut>
  const Entry& entry(std::uint64_t key, std::uint32_t age, Instant at, FindOut find_out) {
    if (entries_.empty()) entries_.resize(entries_min);
    const auto holds = [&](const Entry& one) {
      return one.key == key && one.age == age && one.from <= at && at < one.to;
    };
    std::size_t first = place(key);
    for (const std::size_t one : {first, first ^ 1U})
      if (holds(entries_[one])) return used(one);
    // Soon full of others: cells fall on each other long before every place is taken.
    if (4 * ++found_out_ > entries_.size() && entries_.size() < entries_max) {
      grow();
      first = place(key);
    }
    const std::size_t least = entries_[first].recent ? first ^ 1U : first;
    entries_[least] = find_out();
    entries_[least].age = age;
    return used(least);
  }

 private:
  const Entry& used(std::size_t place) {
    if (!entries_[place].recent) {
      entries_[place].recent = true;
      entries_[place ^ 1U].recent = false;
    }
    return entries_[place];
  }
  static constexpr std::size_t entries_min = 512, entries_max = 1U << 17U;
  std::size_t place(std::uint64_t key) const {
    return static_cast<std::size_t>((key * 0x9e37'79b9'7f4a'7c15U) >> 40U) & (entries_.size() - 1);
  }
  void grow() {
    std::vector<Entry> old(std::min(4 * entries_.size(), entries_max));
    old.swap(entries_);
    found_out_ = 0;
    for (const Entry& one : old)
      if (one.key != 0) entries_[place(one.key)] = one;
  }
  std::vector<Entry> entries_;
  std::size_t found_out_ = 0;
};

}  // namespace kasane::policy
