#pragma once

#include <cstdint>
#include <string_view>

#include "policy/ids.hpp"
#include "policy/names.hpp"
#include "policy/rows.hpp"

namespace kasane::policy {

/// All things of one kind. A row exists as soon as something names it; `defined` says that its own statement is here.
template <class Tag, class Row>
class Table {
 public:
  using Key = Id<Tag>;
  std::size_t size() const { return rows_.size(); }
  /// The row of that name, defined or not.
  Key find(std::string_view name) const { return Key{names_.find(name)}; }
  /// The row of that name if its definition is here.
  Key find_defined(std::string_view name) const { return if_defined(find(name)); }
  /// The same in three steps, so that the waits for several names pass together (see `soon`): each is sought, then each
  /// asked for, then found.
  Sought seek(std::string_view name) const { return names_.seek(name); }
  void soon(const Sought& sought) const { soon(Key{names_.likely(sought)}); }
  Key find_defined(const Sought& sought) const { return if_defined(Key{names_.find(sought)}); }
  Key intern(std::string_view name) {
    const Key key = find(name);
    if (key.known()) return key;
    rows_.push_back(Row{});
    return Key{names_.add(name)};
  }
  /// An unknown key reads as a row of which nothing is known, so that a fold with holes stays total.
  const Row& operator[](Key key) const {
    static const Row nothing{};
    return key.known() ? rows_[key.row] : nothing;
  }
  /// Before it is read, where several rows are (see `soon`).
  void soon(Key key) const {
    if (key.known()) policy::soon_all(rows_[key.row]);
  }
  Row& edit(Key key) { return rows_.edit(key.row); }
  std::string_view name(Key key) const { return key.known() ? names_.name(key.row) : std::string_view(); }

 private:
  Key if_defined(Key key) const { return key.known() && rows_[key.row].defined ? key : Key{}; }
  Names names_;
  Rows<Row> rows_;
};

}  // namespace kasane::policy
