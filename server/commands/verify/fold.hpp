#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "crypto/cosigners.hpp"
#include "crypto/envelope.hpp"
#include "crypto/merkle.hpp"
#include "policy/world.hpp"
#include "server/commands/verify/report.hpp"
#include "server/conference/bodies.hpp"
#include "server/wire/payload.hpp"

namespace kasane::commands::verify {

/// An entry that could be read, and what is known of it.
struct ReadEntry {
  std::int64_t index = 0, time_ms = 0;
  const std::string* unit = nullptr;  ///< name of the unit that the log has it in
  crypto::Hash hash;                  ///< of the envelope's text
  crypto::Envelope envelope;
  wire::Payload payload;
  std::optional<crypto::Nonce> nonce;            ///< beside the payload
  bool first_good = false, second_good = false;  ///< the signatures, under `Keys`
};

/// Who signs: learnt from the founding entry and every `device.add`; whether a device was live is the fold's to know.
struct Keys {
  std::string origin, log;
  std::optional<conference::FoundingBody> founding;
  crypto::Cosigners witnesses;  ///< that the founding entry names
  std::unordered_map<std::string, crypto::PublicKey> devices;

  /// Before any signature of the same stretch is checked.
  void learn(const ReadEntry& entry);
  void check(ReadEntry& entry) const;
};

/// Folds the ledger again, entry by entry, by the same policy as the server, and asks again what the server asked.
class Fold {
 public:
  /// `line`: told of every release and refusal, as one line of JSON (FORMAT.md "Bundles").
  Fold(Report& report, const Keys& keys, const crypto::Tree& tree, bool part,
       std::function<void(std::int64_t, const std::string&)> line);

  void add(ReadEntry& entry);
  /// An entry whose envelope is not there.
  void skip(std::int64_t index);
  /// After the last one: what only the whole shows.
  void finish();
  const policy::World& world() const { return world_; }
  /// Units that some statement has named, though they may hold nothing yet.
  const std::set<std::string>& named_units() const { return named_; }

 private:
  struct Asked {
    std::int64_t index = 0;
    std::string by, device, record, item;
    std::int64_t at_ms = 0;
  };
  void check_author(const ReadEntry& entry);
  void check_standpoint(const ReadEntry& entry);
  bool stood_so(const wire::Payload::Seen& seen);
  void check_stale(const ReadEntry& entry);
  void check_body(const ReadEntry& entry);
  void rerun_release(const ReadEntry& entry);
  void rerun_refusal(const ReadEntry& entry);
  void count_opened(const ReadEntry& entry);
  void remember(const ReadEntry& entry);
  const Asked* asked(const wire::Json& body) const;
  void tell(const ReadEntry& entry, const Asked* request, wire::Json verdict);
  bool is_live(const std::string& device, const std::string& person) const;

  Report& report_;
  const Keys& keys_;
  const crypto::Tree& tree_;
  const bool part_;
  std::function<void(std::int64_t, const std::string&)> line_;
  policy::World world_;
  std::map<std::string, std::vector<std::int64_t>> narrowings_;  // by unit
  std::map<crypto::Hash, Asked> requests_;
  std::set<std::string> released_, named_;
  /// Every nonce, 32 bytes each, sorted at the end: a set of texts took longer than the rules.
  struct Said {
    crypto::Nonce nonce;
    std::uint32_t device = 0;  // in `devices_`
    std::int64_t index = 0;
  };
  std::vector<Said> nonces_;
  std::unordered_map<std::string, std::uint32_t> devices_;
  wire::Payload::Seen last_seen_;                // the last head that some author had seen, and that this log had
  std::map<std::string, crypto::Hash> commits_;  // of an item's last epoch.commit
  // The run of entries that may have come as one append: they do not make each other stale.
  std::int64_t run_from_ = 0;
  std::string run_device_, run_root_;
  std::int64_t run_at_ms_ = -1;
};

}  // namespace kasane::commands::verify
