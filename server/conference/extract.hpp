#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/signature.hpp"
#include "policy/statement.hpp"

/// FORMAT.md "The extract": what a start needs of every entry, so that it need not read, hash, parse and accept each
/// envelope again. Rebuilt from the ledger at any time; whatever is odd about it costs a longer start and no more.
namespace kasane::conference {

struct DeviceFacts {
  crypto::PublicKey sign;
  std::optional<crypto::Hash> wrap;  ///< of the directory key
};
struct RecordFacts {
  crypto::Hash digest, wraps_root;
};
struct EpochKeys {
  crypto::Hash wraps_root, commit;  ///< `commit`: SHA-256 of the envelope of its `epoch.commit`
};
struct AttendanceFacts {
  std::string device;
  crypto::Nonce session;
};
/// What the server remembers of an entry's body besides the World.
struct Facts {
  bool demo = false;
  std::optional<DeviceFacts> device;
  std::optional<RecordFacts> record;
  std::optional<EpochKeys> epoch;
  std::optional<AttendanceFacts> attendance;
};

struct ExtractEntry {
  std::uint32_t unit = 0;  ///< number
  crypto::Nonce nonce;
  bool narrows = false;         ///< (policy/stale)
  policy::Statement statement;  ///< `signed_with` is the device; empty: the server's own
  Facts facts;
};
void append_entry(std::string& out, const ExtractEntry& entry);
/// Takes the first one off. False: it is none, and `rest` is of no use any more.
[[nodiscard]] bool take_entry(std::string_view& rest, ExtractEntry& entry);

/// How the extract of an earlier run has helped a start.
struct StartReport {
  std::int64_t extracted = 0;  ///< entries taken from it; the others were read and accepted again
  std::string doubt;           ///< why not more of it was taken; empty: nothing was odd
};

/// A segment is sealed when it holds so much, and at a clean stop.
inline constexpr std::int64_t extract_entries = 4'096;
inline constexpr std::size_t extract_bytes = std::size_t{4} << 20;

/// A stretch of the extract: the entries from ≤ i < to of the log that has this root at `to`.
struct Segment {
  std::int64_t from = 0, to = 0;
  crypto::Hash root;
  std::string_view entries;
};
using Mac = std::function<crypto::Hash(crypto::View)>;
std::string seal(const Segment& segment, const Mac& mac);
/// Errors: none for another format, other rules, or what was not sealed with this key.
[[nodiscard]] std::optional<Segment> open(std::string_view sealed, const Mac& mac);

}  // namespace kasane::conference
