#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "server/commands/demo/cast.hpp"
#include "server/commands/demo/households.hpp"
#include "server/commands/demo/participant.hpp"
#include "server/commands/demo/seeds.hpp"
#include "server/native/record_content.hpp"

namespace kasane::commands::demo {

/// Instants of the story in Japan's time, counted back from today.
class Calendar {
 public:
  explicit Calendar(std::int64_t now_ms);
  std::int64_t at(std::int64_t days_ago, int hour, int minute = 0) const;
  /// Midnight (JST) so many days after today's.
  std::int64_t midnight_in(std::int64_t days) const { return midnight_ms_ + days * policy::day_ms; }
  std::int64_t now_ms() const { return now_ms_; }

 private:
  std::int64_t now_ms_, midnight_ms_;
};

inline constexpr std::int64_t story_days = 60;

/// The town while its story is told: who is there, and the random ids behind the script's keys.
class Town {
 public:
  Town(Hall& hall, const Seeds& seeds, Calendar calendar);

  void tell();  ///< the sixty days, once

  /// Random and drawn once: a case's id begins with its household's code.
  const std::string& id(const std::string& key);
  Participant& person(std::string_view id);
  void go_to(std::int64_t days_ago, int hour, int minute = 0);

 private:
  // story_directory.cpp
  void register_people();
  // story_consents.cpp
  void open_households();
  void ask_consents_a();
  void ask_consents_b();
  void ask_consents_c();
  void ask_consents_d();
  // story_past.cpp
  void support_conference();
  void layered_conference();
  // story_today.cpp
  void prepare_today();

  struct Consent {
    const char *household = nullptr, *subject = nullptr, *giver = nullptr;
    policy::ConsentState state = policy::ConsentState::asked_no_answer;
    const char *categories = nullptr, *recipients = nullptr;
    std::optional<std::int64_t> to = {};
    const char* witness = nullptr;  ///< then it was said, not written
  };
  void record_consent(const Consent& consent);
  void add_authority(const char* key, const char* household, const char* subject, policy::AuthorityType type);
  void convene(const std::string& conference, std::int64_t starts_at);
  struct SeatRow {
    const char* person;
    policy::Seat seat;
  };
  void add_item(const std::string& item, const std::string& conference, const char* household, const char* basis,
                std::vector<SeatRow> seats);
  std::vector<native::SubjectName> called(const RecordRow& row);
  native::RecordDraft record_draft(std::string_view key, const std::string& item, const std::string& content);
  void share(std::string_view key, const std::string& item = {});
  void sit_down(const std::string& conference, const std::string& item, const char* basis,
                const std::vector<const char*>& people);
  void rise(const std::string& item, const std::vector<const char*>& people);
  void decide(const std::string& item, std::string_view key, const std::string& content, policy::DecisionKind kind,
              const std::vector<const char*>& rests_on);
  void hand_out_keys();

  Hall& hall_;
  const Seeds& seeds_;
  Calendar calendar_;
  std::map<std::string, std::string> ids_;
  std::map<std::string, std::unique_ptr<Participant>, std::less<>> people_;
};

/// The combined sitting of the demonstration: its basis changes between items. By the coordinator's own device.
/// Returns the items, in order of the agenda.
std::vector<std::string> convene_sitting(Participant& coordinator, std::int64_t starts_at);
/// Is a conference convened and not closed?
bool sitting_open(const policy::World& world);

std::vector<std::string> words(std::string_view text);    ///< split at spaces
policy::CategoryList categories(std::string_view codes);  ///< or `*`

}  // namespace kasane::commands::demo
