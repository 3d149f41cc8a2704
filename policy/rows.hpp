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
  const T& operator[](std::size_t i) const { return pieces_[i / piece]->rows[i % piece]; }
  T& edit(std::size_t i) { return own(i / piece).rows[i % piece]; }
  void push_back(T row) {
    if (size_ % piece == 0) pieces_.push_back(std::make_shared<Piece>());
    own(size_ / piece).rows[size_ % piece] = std::move(row);
    ++size_;
  }

 private:
  static constexpr std::size_t piece = 32;
  struct Piece {
    T rows[piece];
  };
  Piece& own(std::size_t place) {
    auto& shared = pieces_[place];
    if (shared.use_count() > 1) shared = std::make_shared<Piece>(*shared);
    return *shared;
  }
  std::vector<std::shared_ptr<Piece>> pieces_;
  std::size_t size_ = 0;
};

}  // namespace kasane::policy
