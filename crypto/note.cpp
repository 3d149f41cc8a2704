#include "crypto/note.hpp"

#include <algorithm>
#include <charconv>

#include "crypto/sha256.hpp"

namespace kasane::crypto {

namespace {

constexpr std::uint8_t ed25519_type = 0x01;
constexpr std::string_view dash = "\xE2\x80\x94 ";                // U+2014 and a space
constexpr std::uint64_t size_max = (std::uint64_t{1} << 53) - 1;  // what every JSON reader holds exactly
constexpr std::size_t key_name_bytes_max = 255;

/// Takes one line with its newline. Errors: none where no newline is left.
std::optional<std::string_view> take_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const auto line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

std::optional<std::uint64_t> read_size(std::string_view text) {
  if (text.empty() || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (error != std::errc{} || end != text.data() + text.size() || size > size_max) return std::nullopt;
  return size;
}

std::optional<NoteSignature> read_signature(std::string_view line) {
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

}  // namespace

bool acceptable_key_name(std::string_view name) {
  return !name.empty() && name.size() <= key_name_bytes_max &&
         std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c <= '~' && c != '+'; });
}

NoteKeyId note_key_id(std::string_view name, const PublicKey& key) {
  constexpr std::array<std::uint8_t, 2> newline_and_type{'\n', ed25519_type};
  const Hash hash = sha256_joined({view(name), newline_and_type, key});
  return *fixed<NoteKeyId>(View(hash).first(NoteKeyId::size));
}

std::string body(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + base64(checkpoint.root) + "\n";
}

std::string print(const SignedCheckpoint& note) {
  std::string out = body(note.checkpoint) + "\n";
  for (const auto& line : note.signatures) {
    out.append(dash).append(line.name).append(" ").append(base64(joined({line.key_id, line.signature}))).append("\n");
  }
  return out;
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
  const auto size = size_line ? read_size(*size_line) : std::nullopt;
  if (!size) return std::nullopt;
  const auto root_line = take_line(note);
  const auto root = root_line ? from_base64<Hash>(*root_line) : std::nullopt;
  if (!root) return std::nullopt;
  const auto blank = take_line(note);
  if (!blank || !blank->empty()) return std::nullopt;  // a fourth body line is an extension, which we do not read

  SignedCheckpoint out{{std::string(*origin), *size, *root}, {}};
  while (!note.empty()) {
    const auto line = take_line(note);
    auto signature = line ? read_signature(*line) : std::nullopt;
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

std::string note_verifier_key(std::string_view name, const PublicKey& key) {
  return std::string(name) + "+" + hex(note_key_id(name, key)) + "+" + base64(joined({View(&ed25519_type, 1), key}));
}

}  // namespace kasane::crypto
