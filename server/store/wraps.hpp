#pragma once

#include "server/conference/commit.hpp"
#include "server/store/database.hpp"

namespace kasane::store {

/// Table `wraps`: a list of wraps by its root, in one row (FORMAT.md "A list of wraps").
class Wraps {
 public:
  explicit Wraps(Database& database);
  void add(const conference::WrapList& list);  ///< twice is once
  void drop(const crypto::Hash& root);
  std::vector<conference::Wrap> list(const crypto::Hash& root);

 private:
  Query add_, drop_, list_;
};

}  // namespace kasane::store
