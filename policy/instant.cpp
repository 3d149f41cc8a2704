#include "policy/instant.hpp"

namespace kasane::policy {
namespace {

// Civil-date arithmetic on the proleptic Gregorian calendar; days since 1970-01-01.
std::int64_t days_from_civil(std::int64_t year, int month, int day) {
  const std::int64_t y = month <= 2 ? year - 1 : year;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int64_t of_era = y - era * 400;
  const std::int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

bool leap(std::int64_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in(std::int64_t year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap(year) ? 29 : days[month - 1];
}

/// Reads exactly `count` digits at the front of `text`.
std::optional<int> digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text[0] != c) return false;
  text.remove_prefix(1);
  return true;
}

void put(std::string& out, std::int64_t value, int width) {
  std::string text(static_cast<std::size_t>(width), '0');
  for (int i = width - 1; i >= 0; --i, value /= 10)
    text[static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
  out += text;
}

}  // namespace

std::optional<Instant> parse_instant(std::string_view text) {
  const auto year = digits(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = digits(text, 2);
  if (!month || *month < 1 || *month > 12 || !take(text, '-')) return std::nullopt;
  const auto day = digits(text, 2);
  if (!day || *day < 1 || *day > days_in(*year, *month)) return std::nullopt;
  if (!take(text, 'T') && !take(text, 't')) return std::nullopt;
  const auto hour = digits(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  const auto minute = digits(text, 2);
  if (!minute || *minute > 59 || !take(text, ':')) return std::nullopt;
  // A leap second has no place in the count of milliseconds: second 60 is refused.
  const auto second = digits(text, 2);
  if (!second || *second > 59) return std::nullopt;
  std::int64_t millis = 0;
  if (take(text, '.')) {
    std::size_t count = 0;
    std::int64_t scale = 100;
    for (; count < text.size() && text[count] >= '0' && text[count] <= '9'; ++count, scale /= 10) {
      if (count == 9) return std::nullopt;
      millis += scale * (text[count] - '0');
    }
    if (count == 0) return std::nullopt;
    text.remove_prefix(count);
  }
  std::int64_t offset_minutes = 0;
  if (!take(text, 'Z') && !take(text, 'z')) {
    if (text.empty() || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    const int sign = text[0] == '+' ? 1 : -1;
    text.remove_prefix(1);
    const auto offset_hour = digits(text, 2);
    if (!offset_hour || *offset_hour > 23 || !take(text, ':')) return std::nullopt;
    const auto offset_minute = digits(text, 2);
    if (!offset_minute || *offset_minute > 59) return std::nullopt;
    offset_minutes = sign * (*offset_hour * 60 + *offset_minute);
  }
  if (!text.empty()) return std::nullopt;
  const std::int64_t minutes = days_from_civil(*year, *month, *day) * 1440 + *hour * 60 + *minute - offset_minutes;
  return (minutes * 60 + *second) * 1000 + millis;
}

std::string print_instant(Instant at) {
  std::int64_t days = at / day_ms;
  std::int64_t rest = at % day_ms;
  if (rest < 0) {
    rest += day_ms;
    --days;
  }
  const std::int64_t z = days + 719468;
  const std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const std::int64_t of_era = z - era * 146097;
  const std::int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * of_year + 2) / 153;
  const std::int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  std::string out;
  put(out, year, 4);
  out += '-';
  put(out, month, 2);
  out += '-';
  put(out, of_year - (153 * shifted + 2) / 5 + 1, 2);
  out += 'T';
  put(out, rest / 3'600'000, 2);
  out += ':';
  put(out, rest / 60'000 % 60, 2);
  out += ':';
  put(out, rest / 1000 % 60, 2);
  out += '.';
  put(out, rest % 1000, 3);
  out += 'Z';
  return out;
}

}  // namespace kasane::policy
