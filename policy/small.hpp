#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace kasane::policy {

/// A vector whose first `n` elements need no memory of their own: nearly every list of a record, and of a decision, is
/// that short, and stands in the same cache line as what is read with it.
template <class T, std::uint32_t n>
class Small {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Small() = default;
  Small(std::initializer_list<T> list) : Small(list.begin(), list.end()) {}
  template <class Iterator>
  Small(Iterator first, Iterator last) {
    for (; first != last; ++first) push_back(*first);
  }
  Small(const std::vector<T>& list) : Small(list.begin(), list.end()) {}  // NOLINT(google-explicit-constructor): a list
  Small(const Small& other) : size_(other.size_), many_(copy_of(other)) { std::copy(other.few_, other.few_ + n, few_); }
  Small& operator=(const Small& other) {
    if (this == &other) return *this;
    std::copy(other.few_, other.few_ + n, few_);
    size_ = other.size_;
    many_ = copy_of(other);
    return *this;
  }
  Small(Small&& other) noexcept : size_(std::exchange(other.size_, 0)), many_(std::move(other.many_)) {
    std::copy(other.few_, other.few_ + n, few_);
  }
  Small& operator=(Small&& other) noexcept {
    std::copy(other.few_, other.few_ + n, few_);
    size_ = std::exchange(other.size_, 0);
    many_ = std::move(other.many_);
    return *this;
  }
  ~Small() = default;

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* begin() { return size_ <= n ? few_ : many_->data(); }
  T* end() { return begin() + size_; }
  const T* begin() const { return size_ <= n ? few_ : many_->data(); }
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
    if (size_ == n) many_ = std::make_unique<std::vector<T>>(few_, few_ + n);
    many_->push_back(one);
    ++size_;
  }
  /// Shorter, the first ones stay. Requires: `size` is at most what it is.
  void cut(std::size_t size) {
    if (size_ > n) {
      many_->resize(size);
      if (size <= n) std::copy(many_->begin(), many_->end(), few_);
    }
    size_ = static_cast<std::uint32_t>(size);
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
  static std::unique_ptr<std::vector<T>> copy_of(const Small& other) {
    return other.size_ <= n ? nullptr : std::make_unique<std::vector<T>>(*other.many_);
  }
  T few_[n] = {};
  std::uint32_t size_ = 0;
  std::unique_ptr<std::vector<T>> many_;  ///< all of them, where there are more than `n`
};

}  // namespace kasane::policy
