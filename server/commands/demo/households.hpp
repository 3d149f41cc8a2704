#pragma once

#include <span>
#include <string_view>

#include "policy/codes.hpp"

/// The four households of domain.md §5.1, fictionalised. Names stand in records of category ID and nowhere else.
namespace kasane::commands::demo {

/// A record of the story. `key` names it in the script. Lists are separated by spaces.
struct RecordRow {
  std::string_view key, household, author;
  std::string_view subjects;    ///< keys of subjects, e.g. "a-mother a-son"
  std::string_view categories;  ///< codes
  policy::RecordKind kind;
  std::string_view origin;  ///< `INTAKE` or a basis code
  std::string_view hold;    ///< agencies; "-" none
  std::string_view title, text;
};
/// Requires: a key of the table.
const RecordRow& record_row(std::string_view key);
std::span<const RecordRow> record_rows();
struct Member {
  std::string_view subject, name;  ///< key of the subject, full name
};
/// Who is who in the households; the names stand in the records of category ID.
std::span<const Member> household_members();

}  // namespace kasane::commands::demo
