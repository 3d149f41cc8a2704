#pragma once

#include <cstdint>
#include <cstring>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "policy/ids.hpp"
#include "policy/name_index.hpp"

namespace kasane::policy {

/// Texts in order of arrival. Their addresses stay: names are given out as views.
class NameList {
 public:
  std::size_t size() const { return size_; }
  std::string_view operator[](std::size_t at) const { return pieces_[at / piece][at % piece].view(); }
  void soon(std::size_t at) const { policy::soon(&pieces_[at / piece][at % piece]); }
  void push_back(std::string_view name) {
    if (size_ % piece == 0) pieces_.push_back(std::make_unique<Name[]>(piece));
    Name& fresh = pieces_[size_ / piece][size_ % piece];
    if (name.size() <= Name::few)
      fresh.keep(name);
    else
      fresh.refer(longer_.emplace_back(name));
    ++size_;
  }

 private:
  static constexpr std::size_t piece = 64;
  /// An id of ours is 28 letters: it stands in its slot, half a cache line, and needs no memory of its own.
  struct alignas(32) Name {
    static constexpr std::size_t few = 31;
    static constexpr std::uint8_t longer = 0xff;
    char text[few] = {};
    std::uint8_t size = 0;

    void keep(std::string_view name) {
      std::memcpy(text, name.data(), name.size());
      size = static_cast<std::uint8_t>(name.size());
    }
    void refer(const std::string& name) {
      const std::string* where = &name;
      std::memcpy(text, &where, sizeof where);  // NOLINT(bugprone-*): the pointer itself is kept
      size = longer;
    }
    std::string_view view() const {
      if (size != longer) return {text, size};
      const std::string* where = nullptr;
      std::memcpy(&where, text, sizeof where);  // NOLINT(bugprone-*): as it was kept
      return *where;
    }
  };
  std::vector<std::unique_ptr<Name[]>> pieces_;
  std::deque<std::string> longer_;
  std::size_t size_ = 0;
};

/// A name to be looked up, hashed once.
struct Sought {
  std::string_view name;
  std::uint32_t hash = 0;
};

/// Names and their rows' numbers. A copy reads the names of its original up to where it was taken and keeps new ones to
/// itself, so that a hypothetical world leaves nothing behind in the real one.
class Names {
 public:
  Names() : own_(std::make_shared<Own>()) {}
  Names(const Names& other) : own_(std::make_shared<Own>()) {
    const bool empty = other.own_->names.size() == 0;  // then its own layer adds nothing to read
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

  std::uint32_t find(std::string_view name) const { return find(Sought{name, name_hash(name)}); }
  std::uint32_t find(const Sought& sought) const {
    std::size_t size = own_->names.size();
    for (const Own* layer = own_.get(); layer != nullptr; size = layer->below_size, layer = layer->below.get()) {
      const std::uint32_t place =
          layer->index.find(sought.hash, [&](std::uint32_t at) { return layer->names[at] == sought.name; });
      if (place < size) return static_cast<std::uint32_t>(layer->first) + place;
    }
    return Id<void>::none;
  }
  /// Before `find`: asks memory for the place in the index.
  Sought seek(std::string_view name) const {
    const Sought sought{name, name_hash(name)};
    own_->index.soon(sought.hash);
    return sought;
  }
  /// The row that it most likely is, its name asked of memory; unless it is in a layer below.
  std::uint32_t likely(const Sought& sought) const {
    const std::uint32_t place = own_->index.find(sought.hash, [](std::uint32_t) { return true; });
    if (place == NameIndex::none) return Id<void>::none;
    own_->names.soon(place);
    return static_cast<std::uint32_t>(own_->first) + place;
  }
  std::uint32_t add(std::string_view name) {
    const auto place = static_cast<std::uint32_t>(own_->names.size());
    own_->names.push_back(name);
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
    NameList names;
    NameIndex index;        ///< places in `names`
    std::size_t first = 0;  ///< the row of names[0]
    std::shared_ptr<Own> below;
    std::size_t below_size = 0;
  };
  std::shared_ptr<Own> own_;
};

}  // namespace kasane::policy
