#include "crypto/cosignature.hpp"

#include <algorithm>

namespace kasane::crypto {

namespace {
constexpr std::uint64_t time_max_s = (std::uint64_t{1} << 53) - 1;
}

std::string cosigned_text(const Checkpoint& checkpoint, std::uint64_t at_s) {
  return "cosignature/v1\ntime " + std::to_string(at_s) + "\n" + body(checkpoint);
}

NoteSignature cosign(const Checkpoint& checkpoint, std::uint64_t at_s, std::string_view name, const SigningKey& key) {
  const Signature signature = sign(key, view(cosigned_text(checkpoint, at_s)));
  return {std::string(name), note_key_id(name, public_key_of(key), NoteKeyType::cosigner),
          joined({u64_be(at_s), signature})};
}

std::optional<std::uint64_t> verify_cosignature(const Checkpoint& checkpoint, const NoteSignature& line,
                                                std::string_view name, const PublicKey& key) {
  if (line.name != name || line.key_id != note_key_id(name, key, NoteKeyType::cosigner)) return std::nullopt;
  if (line.signature.size() != cosignature_bytes) return std::nullopt;
  std::uint64_t at_s = 0;
  for (std::size_t i = 0; i < 8; ++i) at_s = at_s << 8 | line.signature[i];
  const auto signature = fixed<Signature>(View(line.signature).subspan(8));
  if (at_s > time_max_s || !verify(key, view(cosigned_text(checkpoint, at_s)), *signature)) return std::nullopt;
  return at_s;
}

std::optional<std::uint64_t> cosigned_at(const SignedCheckpoint& note, std::string_view name, const PublicKey& key) {
  std::optional<std::uint64_t> newest;
  const NoteKeyId key_id = note_key_id(name, key, NoteKeyType::cosigner);
  for (const auto& line : note.signatures) {
    if (line.name != name || line.key_id != key_id) continue;
    const auto at_s = verify_cosignature(note.checkpoint, line, name, key);
    if (!at_s) return std::nullopt;
    newest = std::max(newest.value_or(0), *at_s);
  }
  return newest;
}

}  // namespace kasane::crypto
