#pragma once

#include <string_view>
#include <vector>

#include "policy/entities.hpp"

namespace kasane::policy {

/// A basis that ships. Data: what changes in the law is a new version here or a `basis.register`.
struct ShippedBasis {
  std::string_view code;
  std::vector<std::string_view> cross_links;
  BasisVersion version;
};
const std::vector<ShippedBasis>& shipped_bases();

/// domain.md §6.3, the default need-to-know by agency type (policy.md §6).
Categories shipped_needs(AgencyType type);

}  // namespace kasane::policy
