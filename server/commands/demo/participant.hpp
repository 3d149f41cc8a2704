#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crypto/talk.hpp"
#include "server/commands/demo/hall.hpp"
#include "server/commands/demo/replica.hpp"
#include "server/native/directory_name.hpp"
#include "server/native/record_writer.hpp"

namespace kasane::commands::demo {

/// A part of one append: statements with the bytes that their bodies name.
struct Parcel {
  std::vector<native::Draft> drafts;
  std::vector<crypto::Bytes> blobs;
  std::vector<std::vector<native::NamedWrap>> wraps;
};

/// One persona at a device: acts by their own verified fold alone, as a browser does. Errors of all: `CommandError`.
class Participant {
 public:
  Participant(Hall& hall, crypto::Device device);
  ~Participant();
  Participant(const Participant&) = delete;
  Participant& operator=(const Participant&) = delete;

  const std::string& person() const { return person_; }
  const Replica& replica() const { return replica_; }
  const policy::World& world() const { return replica_.world(); }
  const crypto::DirectoryKey& directory_key() const { return *directory_key_; }
  void catch_up();

  void state(policy::Statement statement, wire::Json body = {});
  void append(Parcel parcel);
  native::Draft draft(policy::Statement statement, wire::Json body = {}) const;

  // participant_records.cpp
  std::string share(const native::RecordDraft& draft);
  /// Adds the share to a parcel, for an append with more in it.
  void share_in(Parcel& parcel, const native::RecordDraft& draft);
  /// Asks for key and bytes, opens, and signs `opened`. The content. Errors: `Refused`.
  std::string open(const std::string& record, const std::string& item);
  /// The chair carries a record across the border (policy.md §7). The new record's id.
  std::string rebase(const std::string& source, const std::string& item);
  /// Gives keys to whom the server says lack them, where the own fold says so too.
  bool answer_wanted();

  // participant_talk.cpp
  void enter(const std::string& item);
  void leave(const std::string& item);
  void draw_epoch(const std::string& item);  ///< as steward
  void say(const std::string& item, std::string_view text);

 private:
  struct HeldKey {
    std::string core;
    crypto::ContentKey key;
  };
  struct Opened {
    std::string core, sealed;
    crypto::ContentKey key;
    std::string content;
  };
  struct Talk {
    crypto::Nonce session;
    std::int64_t epoch = 0;
    std::optional<crypto::FrameSealer> sealer;
  };
  // participant_assurance.cpp
  void listen();
  /// Nobody gets a key before the log's head is known to be of now, and each unit of these cases, the directory and
  /// these records to end where it ends here.
  void assure(const std::vector<std::string>& cases, const std::vector<std::string>& records = {});
  native::Standpoint standpoint() const;
  std::vector<native::Recipient> devices_of(const std::vector<std::string>& persons) const;
  std::vector<native::Recipient> recipients(const policy::Statement& share) const;
  Opened fetch(const std::string& record, const std::string& item);
  std::string envelope(native::Draft draft) const;
  void join_epoch(const std::string& item);
  wire::Json present(bool enters, const std::string& item, const crypto::Nonce& session);

  Hall& hall_;
  crypto::Device device_;
  std::string person_;
  conference::Connection connection_ = 0;
  Replica replica_;
  std::optional<crypto::DirectoryKey> directory_key_;
  std::vector<wire::Json> wanted_;  ///< `wanted` not looked at yet
  std::map<std::string, HeldKey> keys_;
  std::map<std::string, Talk> talks_;
};

}  // namespace kasane::commands::demo
