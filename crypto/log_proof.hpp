#pragma once
// C2SP tlog-proof: a text that shows, offline, that an entry is in a log. server/log/FORMAT.md "Proofs".
#include "crypto/merkle.hpp"
#include "crypto/note.hpp"

namespace kasane::crypto {

inline constexpr std::size_t log_proof_bytes_max = 16'384;
inline constexpr std::size_t proof_hashes_max = 63;

struct LogProof {
  std::uint64_t index = 0;
  std::vector<Hash> path;  // RFC 6962 inclusion proof in the checkpoint's tree
  std::string checkpoint;  // the signed note, verbatim
  bool operator==(const LogProof&) const = default;
};
std::string print(const LogProof& proof);
/// Without an `extra` line, which we neither write nor read. Errors: none on anything that `print` would not have
/// written, on a note that is none and on an index beyond it.
[[nodiscard]] std::optional<LogProof> parse_log_proof(std::string_view text);
/// The leaf stands there in the tree of a checkpoint that this log signed.
[[nodiscard]] bool verify_log_proof(const LogProof& proof, const Hash& leaf_hash, std::string_view origin,
                                    const PublicKey& log_key);

}  // namespace kasane::crypto
