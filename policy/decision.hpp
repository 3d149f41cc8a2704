#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/codes.hpp"
#include "policy/entities.hpp"
#include "policy/instant.hpp"
#include "policy/small.hpp"

namespace kasane::policy {

enum class Obligation : std::uint8_t { collect_at_close, log, review, view_only, watermark };  // alphabetical
inline constexpr std::size_t obligation_count = 5;
std::string_view name_of(Obligation);

/// Indices of statements; a permit seldom stands on more than seven.
using Cites = Small<Index, 7>;

/// The answer to `see` (policy.md §4). One of ground and reason is set.
struct Decision {
  bool permit = false;
  bool hidden = true;            ///< the viewer must not learn that the record exists
  std::optional<Ground> ground;  ///< of a permit
  std::optional<Reason> reason;  ///< of a denial
  std::uint8_t obligations = 0;  ///< bit set over Obligation
  std::optional<Instant> until;  ///< first instant at which time alone changes any of the above
  Cites cites;                   ///< ascending
  void oblige(Obligation what) {
    obligations = static_cast<std::uint8_t>(obligations | 1U << static_cast<unsigned>(what));
  }
  bool obliges(Obligation what) const { return (obligations >> static_cast<unsigned>(what) & 1U) != 0; }
  /// Outcome, ground, reason, hidden and obligations are the same.
  bool same_verdict(const Decision& other) const {
    return permit == other.permit && hidden == other.hidden && ground == other.ground && reason == other.reason &&
           obligations == other.obligations;
  }
};

}  // namespace kasane::policy
