#include "crypto/names.hpp"

namespace kasane::crypto {

namespace {

Bytes aad_of(std::string_view log, std::string_view person) {
  return prefixed({view("kasane/name/v1"), view(log), view(person)});
}

}  // namespace

SealedName seal_name(const DirectoryKey& key, std::string_view log, std::string_view person, std::string_view json,
                     const LongNonce& nonce) {
  std::string padded(json);
  padded.resize((json.size() + name_block_bytes - 1) / name_block_bytes * name_block_bytes, ' ');
  return {nonce, xchacha_seal(key.expose(), nonce, aad_of(log, person), view(padded))};
}

std::optional<std::string> open_name(const DirectoryKey& key, std::string_view log, std::string_view person,
                                     const SealedName& sealed) {
  const auto padded = xchacha_open(key.expose(), sealed.nonce, aad_of(log, person), sealed.box);
  if (!padded) return std::nullopt;
  return text(*padded);
}

}  // namespace kasane::crypto
