#include <map>

#include "tests/policy/oracle/steps.hpp"

// policy.md §6: the ● of domain.md §6.3's matrix, as a picture of it.
namespace kasane::oracle {
namespace {

constexpr const char* columns[] = {"ID",  "FAM", "MED", "DIS", "LTC", "FIN", "BEN",
                                   "HOU", "WRK", "EDU", "VIC", "OFF", "RIG", "ORG"};
const std::map<std::string, std::string> rows = {
    // secretariat: every category but OFF, ORG, PADR and SRC; abuse_desk: ID FAM VIC HOU (policy.md §6).
    {"secretariat", "###########.#."}, {"elderly", "#####..##.#.#."},      {"disability", "####...##.#.#."},
    {"child", "##.#...#.##.#."},       {"livelihood", "##...####....."},   {"public_assistance", "##...####....."},
    {"medical", "#####.....#..."},     {"school", "##.......#...."},       {"police", "##........##.."},
    {"advocacy", "##.#####..#.#."},    {"housing", "##.....#....#."},      {"employment", "#.......#....."},
    {"outreach", "##.....##....."},    {"commissioner", "##.....##....."}, {"watch_group", "#............."},
    {"abuse_desk", "##.....#..#..."},
};

}  // namespace

std::set<Category> needed_by(const Ledger& ledger, const std::string& agency_type) {
  std::set<Category> needed;
  const auto row = rows.find(agency_type);
  if (row != rows.end())
    for (std::size_t i = 0; i < std::size(columns); ++i)
      if (row->second[i] == '#') needed.insert(*policy::code_of<Category>(columns[i]));
  for (const Statement* s : ledger)
    if (s->kind == Kind::matrix_set && name_of(*s->agency_type) == agency_type)
      needed = {s->categories.named.begin(), s->categories.named.end()};
  return needed;
}

}  // namespace kasane::oracle
