#pragma once
// RFC 9180 §4: the labelled forms of HKDF, shared by kem.cpp and hpke.cpp.
#include "crypto/hkdf.hpp"

namespace kasane::crypto {

PseudoRandomKey labeled_extract(View suite_id, View salt, std::string_view label, View ikm);
/// Requires: out.size() ≤ 255·32.
[[nodiscard]] bool labeled_expand(View suite_id, const PseudoRandomKey& prk, std::string_view label, View info,
                                  std::span<std::uint8_t> out);

}  // namespace kasane::crypto
