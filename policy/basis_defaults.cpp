#include "policy/basis_defaults.hpp"

#include "policy/law.hpp"

// What ships (policy.md §2, §6), read from the data of policy/law.
namespace kasane::policy {
namespace {

/// The words of a row, each followed by a space.
template <class Each>
void each_word(std::string_view words, Each each) {
  for (std::size_t end = 0; (end = words.find(' ')) != std::string_view::npos; words.remove_prefix(end + 1))
    each(words.substr(0, end));
}

Text text(std::string_view ja, std::string_view en) {
  Text out;
  if (!ja.empty()) out.emplace_back("ja", ja);
  if (!en.empty()) out.emplace_back("en", en);
  return out;
}

}  // namespace

Statement registration(const LawBasis& row) {
  Statement s;
  s.kind = Kind::basis_register;
  s.basis = row.code;
  s.consent_required = row.consent != "not_required";  // required, and what is only desirable
  s.duty = row.duty;
  s.statutory = row.statutory;
  s.subject_may_attend = row.subject_may_attend;
  s.reading = code_of<Reading>(row.reading).value_or(Reading::in_session);
  each_word(row.cross_links, [&](std::string_view code) { s.cross_links.emplace_back(code); });
  s.from = parse_instant(row.from);
  s.to = parse_instant(row.to);
  const auto& t = row.texts;
  s.texts = {text(t[0], t[1]), text(t[2], t[3]), text(t[4], t[5]), text(t[6], t[7]), text(t[8], t[9])};
  return s;
}

const std::vector<Statement>& shipped_bases() {
  static const std::vector<Statement> bases = [] {
    std::vector<Statement> out;
    for (const auto& row : law_bases())
      if (row.in_force_by_default) out.push_back(registration(row));
    return out;
  }();
  return bases;
}

Categories shipped_needs(AgencyType type) {
  static const std::vector<Categories> needs = [] {
    std::vector<Categories> out(agency_type_count);
    for (const auto& row : law_needs())
      if (const auto of = code_of<AgencyType>(row.agency_type))
        each_word(row.categories, [&](std::string_view code) {
          if (const auto category = code_of<Category>(code)) out[static_cast<std::size_t>(*of)].add(*category);
        });
    return out;
  }();
  return needs[static_cast<std::size_t>(type)];
}

}  // namespace kasane::policy
