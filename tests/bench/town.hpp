#pragma once
// A municipality for measurements: founded and filled in this process by the real ledger, with real devices and
// signatures, in a data folder that `kasane serve` then opens.
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/commands/demo/hall.hpp"
#include "server/native/epoch_writer.hpp"
#include "server/native/statement_writer.hpp"
#include "server/store/sqlite_store.hpp"

namespace kasane::bench {

struct Person {
  std::string id, agency;
  crypto::Device device;
};

inline constexpr const char* the_item = "i-1";

/// Thread: one. Errors of all: `CommandError`, which nobody catches.
class Town {
 public:
  /// `folder` must not exist; `web` gets a page, which the server wants.
  Town(const std::filesystem::path& folder, int members);

  /// One append by this person, of one statement each draft.
  void append(const Person& by, std::vector<native::Draft> drafts, std::vector<crypto::Bytes> blobs = {},
              std::vector<std::vector<native::NamedWrap>> wraps = {});
  /// A draft by this person.
  native::Draft draft(const Person& by, policy::Statement statement, std::string unit, wire::Json body = {}) const;

  /// A case with one subject, a conference, an item under SWA106_6 where all members sit, opened by the first of them.
  void convene();
  /// Draws the first epoch of the item for all members.
  void draw_epoch();
  [[nodiscard]] const crypto::EpochSecret& epoch_secret() const { return *epoch_; }

  [[nodiscard]] const std::vector<Person>& members() const { return members_; }
  [[nodiscard]] const Person& registrar() const { return registrar_; }
  [[nodiscard]] const std::string& log() const { return log_; }
  [[nodiscard]] native::Standpoint standpoint() const;
  [[nodiscard]] std::int64_t size() const { return seen_.size; }
  /// Lets the folder go, so that a server can take it.
  void close();

 private:
  void found(const std::filesystem::path& folder);
  conference::Connection desk_of(const Person& person);
  void saw(const wire::Json& answer);

  commands::demo::TownClock clock_;
  std::unique_ptr<store::SqliteStore> store_;
  std::unique_ptr<commands::demo::Hall> hall_;
  Person registrar_;
  std::vector<Person> members_;
  std::map<std::string, conference::Connection> desks_;
  std::string log_;
  wire::Payload::Seen seen_;
  std::optional<crypto::EpochSecret> epoch_;
};

/// What the newest checkpoint in a message of the server says. Errors: none where it holds none.
std::optional<wire::Payload::Seen> seen_in(const wire::Json& answer);
/// A folder with a page, for `--web`.
std::filesystem::path bare_page(const std::filesystem::path& scratch);

}  // namespace kasane::bench
