#pragma once
// Line by line, one spelling a number: what the C2SP texts (notes, proofs, requests to a witness) are read with.
#include "crypto/bytes.hpp"

namespace kasane::crypto {

inline constexpr std::uint64_t count_max = (std::uint64_t{1} << 53) - 1;  // what every JSON reader holds exactly

/// Takes one line with its newline. Errors: none where no newline is left.
[[nodiscard]] std::optional<std::string_view> take_line(std::string_view& rest);
/// Decimal, without leading zeroes, at most 2^53−1. Errors: none for anything else.
[[nodiscard]] std::optional<std::uint64_t> read_count(std::string_view text);
/// Up to `most` lines of one base64 hash each, and the empty line after them.
[[nodiscard]] std::optional<std::vector<Hash>> take_hashes(std::string_view& rest, std::size_t most);
void append_hashes(std::string& out, std::span<const Hash> hashes);

}  // namespace kasane::crypto
