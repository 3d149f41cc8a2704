#include "server/log/add_checkpoint.hpp"

#include "crypto/lines.hpp"

namespace kasane::log {

namespace {
constexpr std::string_view old_word = "old ";
constexpr std::size_t proof_lines_max = 63;  // C2SP tlog-witness
}  // namespace

std::string print(const AddCheckpoint& request) {
  std::string out = std::string(old_word) + std::to_string(request.old_size) + "\n";
  crypto::append_hashes(out, request.proof);
  return out + "\n" + request.checkpoint;
}

std::optional<AddCheckpoint> parse_add_checkpoint(std::string_view text) {
  if (text.size() > add_checkpoint_bytes_max) return std::nullopt;
  const auto first = crypto::take_line(text);
  if (!first || !first->starts_with(old_word)) return std::nullopt;
  const auto size = crypto::read_count(first->substr(old_word.size()));
  if (!size) return std::nullopt;
  auto proof = crypto::take_hashes(text, proof_lines_max);
  if (!proof || text.empty()) return std::nullopt;
  return AddCheckpoint{*size, std::move(*proof), std::string(text)};
}

std::optional<std::vector<crypto::NoteSignature>> parse_cosignatures(std::string_view text) {
  std::vector<crypto::NoteSignature> lines;
  if (text.size() > crypto::note_bytes_max) return std::nullopt;
  while (!text.empty()) {
    const auto line = crypto::take_line(text);
    auto signature = line ? crypto::parse_note_signature(*line) : std::nullopt;
    if (!signature || lines.size() == crypto::note_signatures_max) return std::nullopt;
    lines.push_back(std::move(*signature));
  }
  if (lines.empty()) return std::nullopt;
  return lines;
}

}  // namespace kasane::log
