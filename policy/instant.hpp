#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace kasane::policy {

/// Milliseconds since 1970-01-01T00:00:00Z.
using Instant = std::int64_t;

inline constexpr Instant minute_ms = 60'000;
inline constexpr Instant day_ms = 24 * 60 * minute_ms;

/// RFC 3339 §5.6 with an offset (policy.md §1); at most 9 digits of a second, cut to milliseconds. Years 0000–9999.
std::optional<Instant> parse_instant(std::string_view text);
/// UTC with milliseconds, `2026-08-31T15:00:00.000Z`.
std::string print_instant(Instant at);

/// The instant of a question. Every comparison with time goes through it, so that it knows the first later instant at
/// which one of the comparisons made so far would turn out otherwise: until then the answer cannot change by itself.
class Moment {
 public:
  explicit Moment(Instant at) : at_(at) {}
  Instant at() const { return at_; }
  /// Has `when` come? Half-open periods: from is reached, to is over once reached.
  bool reached(Instant when) {
    if (at_ >= when) return true;
    if (when < next_) next_ = when;
    return false;
  }
  bool reached(const std::optional<Instant>& when) { return when.has_value() && reached(*when); }
  /// In [from, to)?
  bool within(Instant from, const std::optional<Instant>& to) { return reached(from) && !reached(to); }
  /// Something else that was found out holds until then.
  void holds_until(Instant when) { next_ = when < next_ ? when : next_; }
  Instant next_or_never() const { return next_; }
  std::optional<Instant> next() const { return next_ == never ? std::nullopt : std::optional<Instant>(next_); }

  static constexpr Instant never = std::numeric_limits<Instant>::max();

 private:
  Instant at_;
  Instant next_ = never;
};

}  // namespace kasane::policy
