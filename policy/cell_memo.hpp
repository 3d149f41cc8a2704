#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "policy/entities.hpp"

namespace kasane::policy {

/// Consent cells that have been found out, each with the stretch of time for which it holds: an index that any new word
/// on the subject's consents puts out of date (`Subject::age`). Nothing is decided by what is in it or not. Copies
/// begin empty. Sizes: at most `entries_max`; a cell has `ways` places, so that now and the instant at which it changes
/// are both kept; a new one takes the place of one not asked lately.
class CellMemo {
 public:
  struct Key {
    CaseId in_case;
    SubjectId subject;
    std::uint32_t cell = 0;  ///< category and recipient; 0: none
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct alignas(64) Entry {  // one cache line: a cell is read by itself
    Key key;
    std::uint32_t age = 0;
    Instant from = 0, to = 0;
    Index index = no_index;
    Index authority = no_index;  ///< of who gave the one grant
    CellState state = CellState::NO_CONSENT;
    std::uint8_t grants = 0;  ///< in force; 1, or `several`
    bool by_parent = false;   ///< the one grant
    bool recent = false;      ///< asked lately
  };
  static constexpr std::uint8_t several = 2;
  static constexpr std::uint32_t recipients = 1U << 26U;
  static Key key_of(CaseId in_case, SubjectId subject, Category category, bool person, std::uint32_t recipient) {
    return {in_case, subject,
            1U << 31U | static_cast<std::uint32_t>(category) << 27U | (person ? 1U : 0U) << 26U | recipient};
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

  /// Before `entry`.
  void soon(const Key& key) const {
    if (!entries_.empty()) policy::soon(&entries_[place(key)]);
  }
  template <class FindOut>
  const Entry& entry(const Key& key, std::uint32_t age, Instant at, FindOut find_out) {
    if (entries_.empty()) entries_.resize(entries_min);
    const std::size_t first = place(key);
    for (std::size_t way = 0; way < ways; ++way) {
      Entry& one = entries_[first ^ way];
      if (one.key == key && one.age == age && one.from <= at && at < one.to) return used(one, first);
    }
    // Soon full of others: cells fall on each other long before every place is taken.
    if (2 * ++found_out_ > entries_.size() && entries_.size() < entries_max) grow();
    const std::size_t home = place(key);
    Entry& least = entries_[not_recent(home)];
    least = find_out();
    least.key = key;
    least.age = age;
    return used(least, home);
  }

 private:
  static constexpr std::size_t ways = 4;
  static constexpr std::size_t entries_min = 512, entries_max = 1U << 18U;

  std::size_t not_recent(std::size_t first) const {
    for (std::size_t way = 0; way < ways; ++way)
      if (!entries_[first ^ way].recent) return first ^ way;
    return first;
  }
  /// Once all of a cell's places were asked lately, only this one was.
  const Entry& used(Entry& entry, std::size_t first) {
    if (entry.recent) return entry;
    entry.recent = true;
    if (entries_[not_recent(first)].recent)
      for (std::size_t way = 0; way < ways; ++way) entries_[first ^ way].recent = &entries_[first ^ way] == &entry;
    return entry;
  }
  std::size_t place(const Key& key) const {
    const std::uint64_t subject = static_cast<std::uint64_t>(key.in_case.row) << 32U | key.subject.row;
    const std::uint64_t mixed = (subject * 0x9e37'79b9'7f4a'7c15U ^ key.cell) * 0x9e37'79b9'7f4a'7c15U;
    return static_cast<std::size_t>(mixed >> 40U) & (entries_.size() - 1);
  }
  void grow() {
    std::vector<Entry> old(std::min(4 * entries_.size(), entries_max));
    old.swap(entries_);
    found_out_ = 0;
    for (const Entry& one : old)
      if (one.key.cell != 0) {
        Entry& home = entries_[not_recent(place(one.key))];
        home = one;
        home.recent = true;
      }
  }
  std::vector<Entry> entries_;
  std::size_t found_out_ = 0;
};

}  // namespace kasane::policy
