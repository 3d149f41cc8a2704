#include "server/commands/demo/town.hpp"

#include <algorithm>

#include "crypto/random.hpp"
#include "server/native/record_content.hpp"

namespace kasane::commands::demo {
namespace {
constexpr std::int64_t japan_ms = 9 * 60 * policy::minute_ms;  // no summer time
}

Calendar::Calendar(std::int64_t now_ms)
    : now_ms_(now_ms), midnight_ms_((now_ms + japan_ms) / policy::day_ms * policy::day_ms - japan_ms) {}
std::int64_t Calendar::at(std::int64_t days_ago, int hour, int minute) const {
  return midnight_ms_ - days_ago * policy::day_ms + (hour * 60 + minute) * policy::minute_ms;
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto space = std::min(text.find(' '), text.size());
    if (space > 0) out.emplace_back(text.substr(0, space));
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  return out;
}

policy::CategoryList categories(std::string_view codes) {
  if (codes == "*") return {true, {}};
  policy::CategoryList out;
  for (const auto& code : words(codes)) out.named.push_back(policy::code_of<policy::Category>(code).value());
  return out;
}

Town::Town(Hall& hall, const Seeds& seeds, Calendar calendar) : hall_(hall), seeds_(seeds), calendar_(calendar) {}

void Town::tell() {
  register_people();
  open_households();
  ask_consents_a();
  support_conference();
  ask_consents_b();
  layered_conference();
  ask_consents_c();
  ask_consents_d();
  prepare_today();
}

const std::string& Town::id(const std::string& key) {
  const auto [at, is_new] = ids_.try_emplace(key);
  if (!is_new) return at->second;
  if (key.starts_with("case-"))
    at->second = "c-h" + key.substr(5) + crypto::random_id('c').substr(4);  // 24 of its 26 letters stay random
  else
    at->second = crypto::random_id(key[0] == 'k' || key[0] == 'i' || key[0] == 'r' ? key[0] : 's');
  return at->second;
}

Participant& Town::person(std::string_view id) {
  auto at = people_.find(id);
  if (at == people_.end())
    at = people_.emplace(id, std::make_unique<Participant>(hall_, crypto::device_from_seed(seeds_.of(id)))).first;
  return *at->second;
}

void Town::go_to(std::int64_t days_ago, int hour, int minute) { hall_.move_to(calendar_.at(days_ago, hour, minute)); }

std::vector<native::SubjectName> Town::called(const RecordRow& row) {
  std::vector<native::SubjectName> names;
  if (row.categories != "ID") return names;
  for (const auto& subject : words(row.subjects))
    names.push_back(
        {id("s-" + subject), std::string(std::ranges::find(household_members(), subject, &Member::subject)->name)});
  return names;
}

native::RecordDraft Town::record_draft(std::string_view key, const std::string& item, const std::string& content) {
  const RecordRow& row = record_row(key);
  native::RecordDraft draft;
  draft.record = id("r-" + std::string(key));
  draft.case_id = id("case-" + std::string(row.household));
  draft.item = item;
  for (const auto& subject : words(row.subjects)) draft.label.subjects.push_back(id("s-" + subject));
  draft.label.categories = categories(row.categories).named;
  draft.label.kind = row.kind;
  draft.label.agency = std::ranges::find(personas(), row.author, &PersonaRow::id)->agency;
  draft.label.origin = row.origin;
  if (row.hold != "-") draft.label.hold = words(row.hold);
  draft.content = content.empty() ? native::record_content(row.title, row.text, called(row)) : content;
  return draft;
}

void Town::share(std::string_view key, const std::string& item) {
  person(record_row(key).author).share(record_draft(key, item, {}));
}

/// Time for the server to look for who lacks a key, and for the holders to answer, as their browsers would.
void Town::hand_out_keys() {
  constexpr int rounds_max = 60;
  int quiet = 0;
  for (int round = 0; round < rounds_max && quiet < 6; ++round) {
    hall_.move_to(hall_.now_ms() + 600);
    bool gave = false;
    for (auto& [name, one] : people_) gave = one->answer_wanted() || gave;
    quiet = gave ? 0 : quiet + 1;
  }
}

}  // namespace kasane::commands::demo
