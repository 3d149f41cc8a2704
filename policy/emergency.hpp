#pragma once

#include "policy/entities.hpp"

namespace kasane::policy {

/// An approval comes less than this after the invocation (policy.md §3, emergency.approve).
inline constexpr Instant approve_within_ms = 60 * minute_ms;

inline Instant approvable_until(const Emergency& emergency) { return emergency.at + approve_within_ms; }

/// The end of an approved emergency's minutes, whatever a review made of it (policy.md §5).
inline Instant open_until(const Emergency& emergency) { return emergency.approved_at + emergency.minutes * minute_ms; }

}  // namespace kasane::policy
