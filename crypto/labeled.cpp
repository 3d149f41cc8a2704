#include "crypto/labeled.hpp"

namespace kasane::crypto {

namespace {
constexpr std::string_view version = "HPKE-v1";
}

PseudoRandomKey labeled_extract(View suite_id, View salt, std::string_view label, View ikm) {
  PseudoRandomKey prk;
  hmac_sha256(salt, {view(version), suite_id, view(label), ikm}, prk.fill());  // HKDF-Extract, without joining a secret
  return prk;
}

bool labeled_expand(View suite_id, const PseudoRandomKey& prk, std::string_view label, View info,
                    std::span<std::uint8_t> out) {
  const auto length = u16_be(static_cast<std::uint16_t>(out.size()));
  return hkdf_expand(prk, joined({length, view(version), suite_id, view(label), info}), out);
}

}  // namespace kasane::crypto
