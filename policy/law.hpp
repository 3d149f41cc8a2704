#pragma once

#include <span>
#include <string_view>

namespace kasane::policy {

/// A row of policy/law/bases.json, as text: what a `basis.register` would say, whether it is in force from the start,
/// and where its wording comes from. Texts in pairs, Japanese and English; empty: none.
struct LawBasis {
  std::string_view code;
  bool in_force_by_default;
  std::string_view from, to;       ///< RFC 3339, empty: none
  std::string_view as_of, source;  ///< the day of the wording, and where it stands
  std::string_view consent;
  bool duty, statutory, subject_may_attend;
  std::string_view reading;
  std::string_view cross_links;  ///< codes, each followed by a space
  std::string_view texts[10];    ///< names, law, article, paragraph, penalty
};
/// A row of policy/law/needs.json.
struct LawNeeds {
  std::string_view agency_type;
  std::string_view categories;  ///< each followed by a space
};

// Defined in the source that cmake/law.cmake makes of policy/law.
std::span<const LawBasis> law_bases();
std::span<const LawNeeds> law_needs();

}  // namespace kasane::policy
