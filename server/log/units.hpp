#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "crypto/leaf.hpp"

namespace kasane::log {

using UnitNumber = std::uint32_t;

/// The chain of one unit (design.md §3): its salted tag, and where its entries stand in the ledger.
struct UnitChain {
  std::string name;
  crypto::Salt salt;
  crypto::UnitTag tag;
  std::vector<std::uint32_t> entries;  ///< ledger indices, by position
  crypto::Hash last;                   ///< leaf hash of the last entry, zeros where there is none
};

/// All units in order of creation. Thread: the ledger's.
class Units {
 public:
  std::size_t size() const { return chains_.size(); }
  const UnitChain& operator[](UnitNumber unit) const { return chains_[unit]; }
  UnitChain& edit(UnitNumber unit) { return chains_[unit]; }
  std::optional<UnitNumber> find(std::string_view name) const;
  std::optional<UnitNumber> find(const crypto::UnitTag& tag) const;
  /// Requires: no unit of that name.
  UnitNumber create(std::string name, const crypto::Salt& salt);

 private:
  std::deque<UnitChain> chains_;  // addresses stay: the keys below look into it
  std::unordered_map<std::string_view, UnitNumber> by_name_;
  std::unordered_map<std::string_view, UnitNumber> by_tag_;
};

}  // namespace kasane::log
