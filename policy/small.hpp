#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <type_traits>
#include <vector>

namespace kasane::policy {

/// A vector whose first `n` elements need no memory of their own: nearly every list of a decision is that short.
template <class T, std::size_t n>
class Small {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Small() = default;
  Small(std::initializer_list<T> list) {
    for (const T& one : list) push_back(one);
  }
  template <class Iterator>
  Small(Iterator first, Iterator last) {
    for (; first != last; ++first) push_back(*first);
  }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* begin() { return size_ <= n ? few_ : many_.data(); }
  T* end() { return begin() + size_; }
  const T* begin() const { return size_ <= n ? few_ : many_.data(); }
  const T* end() const { return begin() + size_; }
  T& operator[](std::size_t i) { return begin()[i]; }
  const T& operator[](std::size_t i) const { return begin()[i]; }
  T& back() { return begin()[size_ - 1]; }
  const T& back() const { return begin()[size_ - 1]; }

  void push_back(const T& one) {
    if (size_ < n) {
      few_[size_++] = one;
      return;
    }
    if (size_ == n) many_.assign(few_, few_ + n);
    many_.push_back(one);
    ++size_;
  }
  /// Shorter, the first ones stay. Requires: `size` is at most what it is.
  void cut(std::size_t size) {
    if (size_ > n) {
      many_.resize(size);
      if (size <= n) std::copy(many_.begin(), many_.end(), few_);
    }
    size_ = size;
  }
  template <class Pick>
  void erase_if(Pick pick) {
    cut(static_cast<std::size_t>(std::remove_if(begin(), end(), pick) - begin()));
  }
  void erase_at(std::size_t place) {
    std::copy(begin() + place + 1, end(), begin() + place);
    cut(size_ - 1);
  }
  void clear() { cut(0); }
  friend bool operator==(const Small& a, const Small& b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

 private:
  T few_[n] = {};
  std::size_t size_ = 0;
  std::vector<T> many_;
};

}  // namespace kasane::policy
