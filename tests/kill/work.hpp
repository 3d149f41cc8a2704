#pragma once

#include <random>

#include "crypto/talk.hpp"
#include "server/native/record_writer.hpp"
#include "server/native/statement_writer.hpp"
#include "tests/kill/copy.hpp"
#include "tests/kill/tenant.hpp"

namespace kasane::kill_loop {

/// What one client wants done: signed once, sent until it is answered.
struct Work {
  std::vector<Signed> what;  ///< by envelope
  std::vector<std::string> envelopes, blobs;
  std::vector<std::vector<wire::WrapEntry>> wraps;
  bool staged = false;   ///< blobs and wraps go ahead by `put`
  std::string requests;  ///< the record whose key this `open` asks for; empty: an `append`
};

/// Makes the work of one member, as their client would: messages of the talk, requests, acknowledgements, records,
/// openings, appends of two. Thread: one. Errors: `Broken`.
class Worker {
 public:
  Worker(const Tenant& tenant, const Member& member, const crypto::Device& device, const Copy& copy, std::uint64_t seed)
      : tenant_(tenant), member_(member), device_(device), copy_(copy), random_(seed) {}

  /// Opens the epoch that the wrap is of; before it nothing is said.
  void join(const wire::Json& opened_epoch);
  bool joined() const { return sealer_.has_value(); }
  Work next();
  /// The `opened` that follows an answer to an `open`, whose content must be what the sharer wrote.
  Work opened(const std::string& record, const wire::Json& answer);
  std::uint64_t draw(std::uint64_t below) {
    return std::uniform_int_distribution<std::uint64_t>(0, below - 1)(random_);
  }

 private:
  Work message();
  Work request_made();
  Work acknowledgement();
  Work two_at_once();
  Work share();
  Work request_key();
  Work work_of(std::vector<native::Draft> drafts) const;
  native::Draft draft(policy::Statement statement, wire::Json body = {}) const;
  native::Standpoint standpoint() const;
  native::Draft message_draft(crypto::Bytes& frame);
  const std::vector<native::Recipient>& recipients(const native::RecordDraft& draft);

  const Tenant& tenant_;
  const Member& member_;
  const crypto::Device& device_;
  const Copy& copy_;
  std::mt19937_64 random_;
  std::optional<crypto::FrameSealer> sealer_;
  std::vector<native::Recipient> recipients_;
};

}  // namespace kasane::kill_loop
