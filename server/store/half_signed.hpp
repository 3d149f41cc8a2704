#pragma once

#include "server/conference/commit.hpp"
#include "server/store/database.hpp"

namespace kasane::store {

/// Table `half_signed`: envelopes that wait for their second signature.
class HalfSignedTable {
 public:
  explicit HalfSignedTable(Database& database);
  void add(const conference::HalfSigned& row);
  void drop(const crypto::Hash& payload);
  std::vector<conference::HalfSigned> of(std::string_view person, std::int64_t now_ms);

 private:
  Query add_, drop_, drop_late_, of_;
};

}  // namespace kasane::store
