#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/cosigners.hpp"

/// C2SP tlog-policy: which logs, which witnesses, and how many of these must have cosigned. FORMAT.md "Policy file".
namespace kasane::log {

struct WitnessPolicy {
  struct Log {
    crypto::VerifierKey key;
    std::string url;  ///< may be empty
    bool operator==(const Log&) const = default;
  };
  struct Witness {
    std::string name;
    crypto::VerifierKey key;
    std::string url;  ///< submission prefix; may be empty
    bool operator==(const Witness&) const = default;
  };
  struct Group {
    std::string name;
    std::size_t least = 1;
    std::vector<std::string> members;
    bool operator==(const Group&) const = default;
  };
  std::vector<Log> logs;
  std::vector<Witness> witnesses;
  std::vector<Group> groups;
  std::string quorum = "none";
  bool operator==(const WitnessPolicy&) const = default;
};

inline constexpr std::size_t policy_bytes_max = 16'384;
inline constexpr std::size_t policy_names_max = 64;

/// Errors: none, with a line's number and what is wrong with it in `why`.
std::optional<WitnessPolicy> parse_policy(std::string_view text, std::string& why);
/// What this prints, `parse_policy` reads back to the same.
std::string print_policy(const WitnessPolicy& policy);

/// The least number of witnesses whose cosignatures make the quorum; 0 where none is wanted.
std::size_t least_cosigners(const WitnessPolicy& policy);
/// Why a service must not run under this policy; nothing where it may: it names this log alone, every witness can be
/// asked, and the quorum is more than half of them, so that no two histories find one each.
std::optional<std::string> complaint(const WitnessPolicy& policy, const crypto::VerifierKey& log);
/// What a log is founded with under this policy. It names no log, which is only being made, and entry 0 holds a number
/// and keys: the quorum is so many of all of its witnesses. Errors: none, with what is against it in `why`.
std::optional<crypto::Cosigners> cosigners_of(const WitnessPolicy& policy, std::string& why);
/// Why a service must not run under this policy, or without one, where its log was founded with these witnesses;
/// nothing where it may: whatever it takes for a quorum is one to whoever reads entry 0.
std::optional<std::string> complaint(const std::optional<WitnessPolicy>& policy, const crypto::Cosigners& founded);
/// The policy without URLs, as it stands in the ledger's file and in bundles: where a witness is asked is nobody's
/// business there.
WitnessPolicy without_urls(WitnessPolicy policy);
/// The newest POSIX second by which the quorum stands on this note: each witness of it cosigned then or later.
/// Errors: none where the quorum is not there. Requires: the quorum is not `none`.
std::optional<std::uint64_t> quorum_at(const WitnessPolicy& policy, const crypto::SignedCheckpoint& note);

}  // namespace kasane::log
