#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "policy/codes.hpp"
#include "server/wire/json.hpp"

namespace kasane::wire {

enum class Language : std::uint8_t { ja, en };

/// PROTOCOL.md "Errors": the closed list, in the order of its rows.
enum class Fault : std::uint8_t {
  parse,
  invalid,
  method,
  malformed,
  policy,  ///< with a policy reason
  signature,
  stale,
  clock,
  repeated,
  seen,
  unit,
  log,
  recipients_changed,
  epoch_changed,
  key_pending,
  blob_missing,
  too_large,
  busy,
  quorum_stale,
};
inline constexpr std::size_t fault_count = static_cast<std::size_t>(Fault::quorum_stale) + 1;

int code_of(Fault fault);
/// Requires: not `policy`, whose reasons are the policy's own.
std::string_view reason_of(Fault fault);

/// Why a request was refused. `data`: what stands beside the reason, an object or null.
struct Refusal {
  Fault fault = Fault::malformed;
  policy::Reason reason = policy::Reason::MALFORMED;  ///< of `policy` alone
  Json data = {};

  static Refusal by_policy(policy::Reason why) { return {Fault::policy, why, {}}; }
  std::string_view name() const;
};

/// What happened, what is safe, what to do: one sentence or two for a person.
std::string_view sentence(Fault fault, Language language);
std::string_view sentence(policy::Reason reason, Language language);

/// `{"jsonrpc":"2.0","id":…,"error":{code, message, data}}`. `id` as JSON text (`null` where it is not known).
std::string print_error(std::string_view id, const Refusal& refusal, Language language);

}  // namespace kasane::wire
