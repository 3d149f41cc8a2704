#pragma once
// The members of a Town at the running server: real WebSockets, real device signatures, real sealed messages.
#include <memory>
#include <string>
#include <vector>

#include "crypto/talk.hpp"
#include "server/session/allowance.hpp"
#include "tests/bench/crowd.hpp"
#include "tests/bench/town.hpp"

namespace kasane::bench {

/// One connection of this person: authenticated; with `live`, fed up to the present. What the newest checkpoint says
/// goes to `seen`.
std::unique_ptr<Line> join(std::uint16_t port, const Person& person, bool live, wire::Payload::Seen& seen);

class Sitting {
 public:
  /// Every member connects. `live`: they also feed and enter the item, so that each is sent every message, and the
  /// crowd counts deliveries; otherwise it counts answers.
  Sitting(const Town& town, std::uint16_t port, bool live);

  /// So many requests of so many messages each, of 512 bytes of text, sealed, signed and framed, by the members in
  /// turn. Waits until the server's allowance of each device (wire/limits) covers them.
  std::vector<std::string> prepare(std::size_t requests, std::size_t messages_each = 1);
  /// The envelopes of the last `prepare`, for measuring what their verification costs alone.
  [[nodiscard]] const std::vector<crypto::Envelope>& envelopes() const { return envelopes_; }
  [[nodiscard]] const crypto::PublicKey& signer(const crypto::Envelope& envelope) const;
  Crowd& crowd() { return *crowd_; }

 private:
  wire::AppendRequest request(std::size_t member, std::size_t messages, const native::Standpoint& standpoint);
  void wait_for_allowance(std::size_t each);

  const Town& town_;
  std::uint16_t port_;
  std::vector<crypto::FrameSealer> sealers_;
  std::vector<crypto::Envelope> envelopes_;
  wire::Payload::Seen seen_;
  session::Allowance allowance_;
  std::unique_ptr<Crowd> crowd_;
  std::int64_t last_id_ = 1'000;
};

}  // namespace kasane::bench
