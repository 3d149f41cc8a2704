#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "tests/policy/town.hpp"

namespace kasane::tests {

/// A ledger drawn by a seed from a small world of people, items and records: what is refused is left out, so every one
/// is a ledger that could be. The same seed gives the same ledger everywhere.
class RandomTown {
 public:
  RandomTown(std::uint32_t seed, int tries);

  const Town& town() const { return town_; }
  std::vector<std::string> persons, items, records;

 private:
  /// policy must not depend on a library's distribution: the remainder is even enough here.
  std::size_t draw(std::size_t below) { return random_() % below; }
  template <class List>
  const auto& one_of(const List& list) {
    return list[draw(list.size())];
  }
  std::string statement();
  std::string share();
  std::string consent();
  std::string rarer();
  std::string of_the_item(const std::string& item);
  std::string of_the_record(const std::string& record);
  std::string soon(int span_minutes);  ///< an instant about now
  std::string fresh(const char* letter) { return letter + std::to_string(++count_); }

  std::mt19937 random_;
  Town town_;
  int count_ = 10;
  std::string emergency_ = "e0";  ///< the latest invoked
};

}  // namespace kasane::tests
