#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/log/witness_policy.hpp"

/// How the log comes to its witnesses' cosignatures: whom to ask what, and what to think of the answer. Apart from
/// sockets and clocks. FORMAT.md "Witnesses".
namespace kasane::log {

/// What keeps a witness from being counted.
enum class Trouble : std::uint8_t {
  none,
  unasked,        ///< nothing has come from it yet
  unreachable,    ///< no connection, or it broke
  slow,           ///< no whole answer in time
  too_large,      ///< an answer beyond what is read
  malformed,      ///< an answer that is none
  refused,        ///< another status than those below
  unwatched,      ///< 404: it does not watch this log
  not_signed,     ///< 403: to it the log's signature does not hold
  conflict,       ///< 422, or 409 without end: it has cosigned another history
  ahead,          ///< 409: it has cosigned more entries than there are here
  wrong_key,      ///< a cosignature, but not under the key of the policy file
  bad_signature,  ///< under that key's id, but it does not verify over what was asked
  clock,          ///< its time is more than two minutes from ours
};
std::string_view name_of(Trouble trouble);

struct Now {
  std::int64_t wall_ms = 0, steady_ms = 0;
};
struct Question {
  std::size_t witness = 0;  ///< place in the policy
  std::string body;         ///< of add-checkpoint
};
struct QuorumHead {
  std::string note;  ///< the checkpoint with the cosignatures that make the quorum
  std::int64_t size = 0;
  std::int64_t at_ms = 0;  ///< by which each of the quorum had cosigned; never after our own clock
  bool operator==(const QuorumHead&) const = default;
};
struct WitnessState {
  std::string name;
  Trouble trouble = Trouble::unasked;
  std::int64_t size = 0, at_ms = 0;  ///< of its newest cosignature; 0: none yet
  bool operator==(const WitnessState&) const = default;
};

/// All witnesses are asked about one checkpoint, a round; a new round takes the newest one when the quorum stands, when
/// nobody is still to answer, or after `renew_ms`, so that cosignatures on one head come together also while the log
/// grows. Thread: one. Bounds: one question a witness in flight, backoff from 1 s to 60 s.
class Quorum {
 public:
  static constexpr std::int64_t round_ms = 500, renew_ms = 30'000, backoff_ms = 1'000, backoff_max_ms = 60'000,
                                clock_ms = 120'000;
  /// Consistency between two sizes of the committed tree; 1 ≤ from ≤ to.
  using Proof = std::function<std::optional<std::vector<crypto::Hash>>(std::uint64_t from, std::uint64_t to)>;

  /// Requires: `complaint` has nothing against the policy.
  Quorum(WitnessPolicy policy, Proof proof);

  /// What is to be asked now; each question is ended by `answered` or `failed`. `newest`: the log's own signed note.
  std::vector<Question> questions(const std::string& newest, Now now);
  /// Returns whether `head` changed.
  bool answered(std::size_t witness, unsigned status, std::string_view type, std::string_view body, Now now);
  void failed(std::size_t witness, Trouble why, Now now);

  const std::optional<QuorumHead>& head() const { return head_; }
  std::vector<WitnessState> states() const;
  /// Witnesses without trouble.
  std::size_t answering() const;

 private:
  struct One {
    std::optional<std::uint64_t> known;  // what it has cosigned last
    bool in_flight = false;
    std::uint64_t round = 0;   // of the question in flight
    crypto::Checkpoint asked;  // likewise
    unsigned failures = 0, corrections = 0;
    std::int64_t due_ms = 0;  // steady
    Trouble trouble = Trouble::unasked;
    std::optional<crypto::NoteSignature> line;  // on the round's checkpoint
    std::int64_t size = 0, at_ms = 0;
  };
  bool may_begin(const std::string& newest, Now now) const;
  bool cosigned(std::size_t witness, std::string_view body, Now now);
  void corrected(One& one, std::string_view body, Now now);
  void trouble(One& one, Trouble why, Now now);
  bool settle(Now now);

  const WitnessPolicy policy_;
  const Proof proof_;
  std::vector<One> ones_;
  std::uint64_t round_ = 0;
  std::int64_t round_began_ms_ = 0;
  std::string round_text_;
  crypto::SignedCheckpoint round_note_;
  bool reached_ = false;
  std::optional<QuorumHead> head_;
};

}  // namespace kasane::log
