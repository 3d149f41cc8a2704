#pragma once

#include <optional>

#include "server/conference/commit.hpp"
#include "server/store/database.hpp"

namespace kasane::store {

/// Table `grants`: keys given to later readers, one device each.
class Grants {
 public:
  explicit Grants(Database& database);
  void add(const conference::Grant& grant);
  void drop(std::string_view record);
  std::optional<conference::Grant> newest(std::string_view record, std::string_view device);

 private:
  Query add_, drop_, newest_;
};

}  // namespace kasane::store
