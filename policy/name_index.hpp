#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "policy/soon.hpp"

namespace kasane::policy {

/// Of at most 64 bytes, in words of eight. The same on every machine of one byte order; nothing is decided by it.
inline std::uint32_t name_hash(std::string_view name) {
  constexpr std::uint64_t odd = 0x9e37'79b9'7f4a'7c15U;
  std::uint64_t hash = name.size() * odd;
  std::size_t at = 0;
  for (; at < name.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, name.data() + at, name.size() - at < 8 ? name.size() - at : 8);
    hash = (hash ^ word) * odd;
    hash ^= hash >> 32U;
  }
  return static_cast<std::uint32_t>(hash);
}

/// Open addressing over names that stand elsewhere: a slot is the name's hash and its place there.
class NameIndex {
 public:
  static constexpr std::uint32_t none = 0xffffffffU;

  /// The place with this hash for which `is_it(place)`, or `none`.
  template <class IsIt>
  std::uint32_t find(std::uint32_t hash, IsIt is_it) const {
    if (slots_.empty()) return none;
    for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
      const Slot& slot = slots_[at];
      if (slot.place == none) return none;
      if (slot.hash == hash && is_it(slot.place)) return slot.place;
    }
  }
  /// Before `find`.
  void soon(std::uint32_t hash) const {
    if (!slots_.empty()) policy::soon(&slots_[hash & mask()]);
  }
  /// Requires: it is not there yet.
  void add(std::uint32_t hash, std::uint32_t place) {
    if (4 * (count_ + 1) > 3 * slots_.size()) grow();
    put({hash, place});
    ++count_;
  }

 private:
  struct Slot {
    std::uint32_t hash = 0, place = none;
  };
  std::size_t mask() const { return slots_.size() - 1; }
  void put(Slot slot) {
    std::size_t at = slot.hash & mask();
    while (slots_[at].place != none) at = (at + 1) & mask();
    slots_[at] = slot;
  }
  void grow() {
    std::vector<Slot> old(slots_.empty() ? 8 : 2 * slots_.size());
    old.swap(slots_);
    for (const Slot& slot : old)
      if (slot.place != none) put(slot);
  }
  std::vector<Slot> slots_;  ///< a power of two, at most three quarters full
  std::size_t count_ = 0;
};

}  // namespace kasane::policy
