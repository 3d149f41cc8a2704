#include "crypto/log_proof.hpp"

#include "crypto/lines.hpp"

namespace kasane::crypto {

namespace {
constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1", index_word = "index ";
}

std::string print(const LogProof& proof) {
  std::string out = std::string(first_line) + "\n" + std::string(index_word) + std::to_string(proof.index) + "\n";
  append_hashes(out, proof.path);
  return out + "\n" + proof.checkpoint;
}

std::optional<LogProof> parse_log_proof(std::string_view text) {
  if (text.size() > log_proof_bytes_max) return std::nullopt;
  const auto first = take_line(text);
  if (!first || *first != first_line) return std::nullopt;
  const auto index_line = take_line(text);
  if (!index_line || !index_line->starts_with(index_word)) return std::nullopt;
  const auto index = read_count(index_line->substr(index_word.size()));
  if (!index) return std::nullopt;
  auto path = take_hashes(text, proof_hashes_max);
  if (!path) return std::nullopt;
  const auto note = parse_checkpoint(text);
  if (!note || *index >= note->checkpoint.size) return std::nullopt;
  return LogProof{*index, std::move(*path), std::string(text)};
}

bool verify_log_proof(const LogProof& proof, const Hash& leaf_hash, std::string_view origin, const PublicKey& log_key) {
  const auto checkpoint = verify_checkpoint(proof.checkpoint, origin, log_key);
  return checkpoint && verify_inclusion(leaf_hash, proof.index, checkpoint->size, checkpoint->root, proof.path);
}

}  // namespace kasane::crypto
