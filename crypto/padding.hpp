#pragma once
// Padmé (Nikitin et al., PoPETs 2019): a length leaks O(log log n) bits at a cost of at most 12 %.
#include "crypto/bytes.hpp"

namespace kasane::crypto {

/// The least Padmé length ≥ length.
std::size_t padme(std::size_t length);
/// content ‖ 0x80 ‖ zeros, padme(max(length + 1, least_bytes)) long.
Bytes pad(View content, std::size_t least_bytes);
/// Errors: none where no 0x80 precedes the zeros, or the length is not what `pad` makes.
[[nodiscard]] std::optional<Bytes> unpad(View padded, std::size_t least_bytes);

}  // namespace kasane::crypto
