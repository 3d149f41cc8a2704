#pragma once
// A statement becomes the signed text that goes over the wire. design.md §3, crypto/FORMATS.md §4.
#include <string>
#include <utility>
#include <vector>

#include "crypto/device.hpp"
#include "crypto/envelope.hpp"
#include "server/wire/payload.hpp"

namespace kasane::native {

/// The version of policy.md's rules under which this client writes and reads: `v` of a payload, `rules` of a core.
inline constexpr std::int64_t rules_version = 1;

/// A key sealed to a device, as `append` and `put` carry it beside the statement.
struct NamedWrap {
  std::string device;
  crypto::Bytes wrap;
};

/// Where and when an author writes: the same for every statement of one append.
struct Standpoint {
  std::string log;  ///< the log name; in the founding statement the origin alone
  wire::Payload::Seen seen;
  policy::Instant signed_at_ms = 0;
};

/// A statement without its signature. `statement.by` is set; `at_ms` and `signed_with` are not read.
struct Draft {
  policy::Statement statement;
  wire::Json body;           ///< an object, or null for none
  std::string unit;          ///< `wire::unit_name` of the author's World
  crypto::Nonce nonce = {};  ///< all zeros: drawn anew
};

/// The envelope's text, signed by the author's device. Errors: none where the payload is over its limit.
std::optional<std::string> write_envelope(const Standpoint& standpoint, Draft draft, const crypto::Device& author);
/// With the second signature that a statement with a `with` carries. Errors: none too where both are the same device.
std::optional<std::string> write_envelope(const Standpoint& standpoint, Draft draft, const crypto::Device& author,
                                          const crypto::Device& second);
/// Completes a half-signed envelope. Errors: none where it is no envelope with exactly one signature, of another
/// device.
std::optional<std::string> add_signature(std::string_view envelope, const crypto::Device& second);

}  // namespace kasane::native
