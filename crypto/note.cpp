#include "crypto/note.hpp"

#include <algorithm>

#include "crypto/lines.hpp"
#include "crypto/sha256.hpp"

namespace kasane::crypto {

namespace {

constexpr std::string_view dash = "\xE2\x80\x94 ";  // U+2014 and a space
constexpr std::size_t key_name_bytes_max = 255;

}  // namespace

std::optional<NoteSignature> parse_note_signature(std::string_view line) {
  if (!line.starts_with(dash)) return std::nullopt;
  line.remove_prefix(dash.size());
  const auto space = line.find(' ');
  if (space == std::string_view::npos || !acceptable_key_name(line.substr(0, space))) return std::nullopt;
  const auto bytes = unbase64(line.substr(space + 1));
  if (!bytes || bytes->size() <= NoteKeyId::size) return std::nullopt;
  const View all(*bytes);
  return NoteSignature{std::string(line.substr(0, space)), *fixed<NoteKeyId>(all.first(NoteKeyId::size)),
                       bytes_of(all.subspan(NoteKeyId::size))};
}

bool acceptable_key_name(std::string_view name) {
  return !name.empty() && name.size() <= key_name_bytes_max &&
         std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c <= '~' && c != '+'; });
}

NoteKeyId note_key_id(std::string_view name, const PublicKey& key, NoteKeyType type) {
  const std::array<std::uint8_t, 2> newline_and_type{'\n', static_cast<std::uint8_t>(type)};
  const Hash hash = sha256_joined({view(name), newline_and_type, key});
  return *fixed<NoteKeyId>(View(hash).first(NoteKeyId::size));
}

std::string body(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + base64(checkpoint.root) + "\n";
}

std::string print(const SignedCheckpoint& note) {
  std::string out = body(note.checkpoint) + "\n";
  for (const auto& line : note.signatures) out += print(line);
  return out;
}

std::string print(const NoteSignature& line) {
  return std::string(dash) + line.name + " " + base64(joined({line.key_id, line.signature})) + "\n";
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key) {
  const Signature signature = sign(key, view(body(checkpoint)));
  return print(
      {checkpoint, {{checkpoint.origin, note_key_id(checkpoint.origin, public_key_of(key)), bytes_of(signature)}}});
}

std::optional<SignedCheckpoint> parse_checkpoint(std::string_view note) {
  if (note.size() > note_bytes_max) return std::nullopt;
  const auto origin = take_line(note);
  if (!origin || !acceptable_key_name(*origin)) return std::nullopt;
  const auto size_line = take_line(note);
  const auto size = size_line ? read_count(*size_line) : std::nullopt;
  if (!size) return std::nullopt;
  const auto root_line = take_line(note);
  const auto root = root_line ? from_base64<Hash>(*root_line) : std::nullopt;
  if (!root) return std::nullopt;
  const auto blank = take_line(note);
  if (!blank || !blank->empty()) return std::nullopt;  // a fourth body line is an extension, which we do not read

  SignedCheckpoint out{{std::string(*origin), *size, *root}, {}};
  while (!note.empty()) {
    const auto line = take_line(note);
    auto signature = line ? parse_note_signature(*line) : std::nullopt;
    if (!signature || out.signatures.size() == note_signatures_max) return std::nullopt;
    out.signatures.push_back(std::move(*signature));
  }
  if (out.signatures.empty()) return std::nullopt;
  return out;
}

std::optional<Checkpoint> verify_checkpoint(std::string_view note, std::string_view origin, const PublicKey& key) {
  auto parsed = parse_checkpoint(note);
  if (!parsed || parsed->checkpoint.origin != origin) return std::nullopt;
  const NoteKeyId key_id = note_key_id(origin, key);
  const std::string signed_text = body(parsed->checkpoint);
  for (const auto& line : parsed->signatures) {
    if (line.name != origin || line.key_id != key_id) continue;
    // C2SP signed-note: a line of a known key that does not verify spoils the note.
    const auto signature = fixed<Signature>(line.signature);
    if (!signature || !verify(key, view(signed_text), *signature)) return std::nullopt;
    return std::move(parsed->checkpoint);
  }
  return std::nullopt;
}

std::string note_verifier_key(std::string_view name, const PublicKey& key, NoteKeyType type) {
  const auto type_byte = static_cast<std::uint8_t>(type);
  return std::string(name) + "+" + hex(note_key_id(name, key, type)) + "+" + base64(joined({View(&type_byte, 1), key}));
}

std::optional<VerifierKey> parse_verifier_key(std::string_view text) {
  const auto plus = text.find('+');
  if (plus == std::string_view::npos || text.size() < plus + 10 || text[plus + 9] != '+') return std::nullopt;
  const auto bytes = unbase64(text.substr(plus + 10));
  if (!bytes || bytes->size() != 1 + PublicKey::size) return std::nullopt;
  if ((*bytes)[0] != static_cast<std::uint8_t>(NoteKeyType::log) &&
      (*bytes)[0] != static_cast<std::uint8_t>(NoteKeyType::cosigner))
    return std::nullopt;
  VerifierKey key{std::string(text.substr(0, plus)), *fixed<PublicKey>(View(*bytes).subspan(1)),
                  static_cast<NoteKeyType>((*bytes)[0])};
  if (!acceptable_key_name(key.name) || !acceptable(key.key) ||
      note_verifier_key(key.name, key.key, key.type) != text)  // the key id must be that of name and key
    return std::nullopt;
  return key;
}

}  // namespace kasane::crypto
