#pragma once

#include <algorithm>
#include <span>

#include "policy/consent_cell.hpp"
#include "policy/small.hpp"

namespace kasane::policy {

/// What a permit needs of statements, condition by condition, each with those that would serve (policy.md §4: "where
/// several would serve, the earliest that is in force").
class Needs {
 public:
  using List = Small<Index, 8>;
  std::size_t size() const { return ends_.size(); }
  bool empty() const { return ends_.empty(); }
  std::span<const Index> operator[](std::size_t i) const {
    const std::size_t from = i == 0 ? 0 : ends_[i - 1];
    return {options_.begin() + from, ends_[i] - from};
  }
  /// A condition that no statement serves holds by itself.
  void add(std::span<const Index> any_of) {
    const std::size_t before = options_.size();
    for (const Index one : any_of)
      if (one != no_index) options_.push_back(one);
    if (options_.size() > before) ends_.push_back(options_.size());
  }
  void add(const Needs& others) {
    for (std::size_t i = 0; i < others.size(); ++i) add(others[i]);
  }
  /// A consent cell to be granted.
  void add_cell(const CellQuestion& cell, std::span<const Index> grants) {
    const std::size_t before = size();
    add(grants);
    if (size() > before) cells_.push_back({cell, before});
  }
  /// Does whatever serves these serve `others` too?
  bool imply(const Needs& others) const;
  /// The earliest of all.
  Index first() const { return *std::min_element(options_.begin(), options_.end()); }

  /// The earliest that serves each need; then, from the latest on, what the others and `fixed` cover is dropped.
  List fewest(const List& fixed) const;
  /// As `fewest`, and where the others that are cited would do without one of them, another choice is made if there is
  /// one: a grant that a refusal ended for one cell grants it all the same where the refusal is not cited.
  List chosen(const World& world, const List& fixed, Moment& moment) const;
  /// Is there one of `picked` without which the others that are cited would do, were nothing else said?
  bool spare_one(const World& world, const List& picked, const List& fixed, Moment& moment) const;

 private:
  struct Cell {
    CellQuestion question;
    std::size_t need = 0;
  };
  Needs without(Index one) const;
  bool has_others(Index one) const;
  bool met_without(const World& world, Index one, const List& picked, const List& fixed, Moment& moment) const;

  Small<Index, 12> options_;
  Small<std::size_t, 8> ends_;
  Small<Cell, 4> cells_;
};

}  // namespace kasane::policy
