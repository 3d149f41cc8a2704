#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace kasane::policy {

/// An append-only vector in shared pieces: a copy costs a pointer for each piece, and whichever side edits a piece that
/// it shares takes its own copy of it first. So `with`, `what_if` and a multi-statement append try on a copy.
/// Thread: none of its own; copies share pieces without locks, so all copies belong to one thread.
template <class T>
class Rows {
 public:
  std::size_t size() const { return size_; }
  const T& operator[](std::size_t i) const { return (*pieces_[i / piece])[i % piece]; }
  T& edit(std::size_t i) {
    auto& shared = pieces_[i / piece];
    if (shared.use_count() > 1) shared = copy(*shared);
    return (*shared)[i % piece];
  }
  void push_back(T row) {
    if (size_ % piece == 0) {
      pieces_.push_back(std::make_shared<std::vector<T>>());
      pieces_.back()->reserve(piece);
    } else if (pieces_.back().use_count() > 1) {
      pieces_.back() = copy(*pieces_.back());
    }
    pieces_.back()->push_back(std::move(row));
    ++size_;
  }

 private:
  static constexpr std::size_t piece = 32;
  using Piece = std::shared_ptr<std::vector<T>>;
  static Piece copy(const std::vector<T>& from) {
    auto to = std::make_shared<std::vector<T>>();
    to->reserve(piece);
    *to = from;
    to->reserve(piece);
    return to;
  }
  std::vector<Piece> pieces_;
  std::size_t size_ = 0;
};

}  // namespace kasane::policy
