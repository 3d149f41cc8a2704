#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "policy/ids.hpp"
#include "policy/name_index.hpp"
#include "policy/rows.hpp"

namespace kasane::policy {

/// Names and their rows' numbers. A copy reads the names of its original up to where it was taken and keeps new ones to
/// itself, so that a hypothetical world leaves nothing behind in the real one.
class Names {
 public:
  Names() : own_(std::make_shared<Own>()) {}
  Names(const Names& other) : own_(std::make_shared<Own>()) {
    const bool empty = other.own_->names.empty();  // then its own layer adds nothing to read
    own_->first = other.own_->first + other.own_->names.size();
    own_->below = empty ? other.own_->below : other.own_;
    own_->below_size = empty ? other.own_->below_size : other.own_->names.size();
  }
  Names& operator=(const Names& other) {
    if (this != &other) *this = Names(other);
    return *this;
  }
  Names(Names&&) noexcept = default;
  Names& operator=(Names&&) noexcept = default;
  ~Names() = default;

  std::uint32_t find(std::string_view name) const {
    const std::uint32_t hash = name_hash(name);
    std::size_t size = own_->names.size();
    for (const Own* layer = own_.get(); layer != nullptr; size = layer->below_size, layer = layer->below.get()) {
      const std::uint32_t place = layer->index.find(hash, [&](std::uint32_t at) { return layer->names[at] == name; });
      if (place < size) return static_cast<std::uint32_t>(layer->first) + place;
    }
    return Id<void>::none;
  }
  std::uint32_t add(std::string_view name) {
    const auto place = static_cast<std::uint32_t>(own_->names.size());
    own_->names.emplace_back(name);
    own_->index.add(name_hash(name), place);
    return static_cast<std::uint32_t>(own_->first) + place;
  }
  std::string_view name(std::uint32_t row) const {
    const Own* layer = own_.get();
    while (row < layer->first) layer = layer->below.get();
    return layer->names[row - layer->first];
  }

 private:
  struct Own {
    std::deque<std::string> names;  ///< addresses stay: names are given out as views
    NameIndex index;                ///< places in `names`
    std::size_t first = 0;          ///< the row of names[0]
    std::shared_ptr<Own> below;
    std::size_t below_size = 0;
  };
  std::shared_ptr<Own> own_;
};

/// All things of one kind. A row exists as soon as something names it; `defined` says that its own statement is here.
template <class Tag, class Row>
class Table {
 public:
  using Key = Id<Tag>;
  std::size_t size() const { return rows_.size(); }
  /// The row of that name, defined or not.
  Key find(std::string_view name) const { return Key{names_.find(name)}; }
  /// The row of that name if its definition is here.
  Key find_defined(std::string_view name) const {
    const Key key = find(name);
    return key.known() && rows_[key.row].defined ? key : Key{};
  }
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
  Row& edit(Key key) { return rows_.edit(key.row); }
  std::string_view name(Key key) const { return key.known() ? names_.name(key.row) : std::string_view(); }

 private:
  Names names_;
  Rows<Row> rows_;
};

}  // namespace kasane::policy
