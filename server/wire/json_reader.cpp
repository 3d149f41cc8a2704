#include <algorithm>

#include "server/wire/json.hpp"
#include "server/wire/plain_run.hpp"

namespace kasane::wire {
namespace {

constexpr std::int64_t integer_max = (std::int64_t{1} << 53) - 1;
constexpr std::size_t few_members = 12;   // up to here each new name is compared with those before it
constexpr std::size_t usual_members = 8;  // room taken at once
/// RFC 3629 §4: the length of the well-formed sequence beyond ASCII that stands at the beginning; 0: none does.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto tail = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xbf) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned first = byte(0);
  if (first >= 0xc2 && first <= 0xdf) return tail(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const bool second = tail(1, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf);
    return second && tail(2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const bool second = tail(1, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf);
    return second && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xc0 | (code >> 6U));
  } else {
    if (code < 0x10000) {
      put(0xe0 | (code >> 12U));
    } else {
      put(0xf0 | (code >> 18U));
      put(0x80 | ((code >> 12U) & 0x3fU));
    }
    put(0x80 | ((code >> 6U) & 0x3fU));
  }
  put(0x80 | (code & 0x3fU));
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// RFC 8259, one pass. Sizes: recursion no deeper than `limits.depth`; each byte is looked at a bounded number of times
/// (names of a long object: n log n comparisons).
class Scanner {
 public:
  Scanner(std::string_view text, const ReadLimits& limits)
      : text_(text), depth_left_(limits.depth), values_left_(limits.values) {}

  bool whole(Json& out) {
    skip_space();
    if (!value(out)) return false;
    skip_space();
    return at_ == text_.size() || fail();
  }
  std::string why() const { return why_ != nullptr ? why_ : "not JSON at byte " + std::to_string(at_); }

 private:
  /// Without a reason: the place is the reason.
  bool fail(const char* why = nullptr) {
    why_ = why;
    return false;
  }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t'))
      ++at_;
  }
  bool literal(std::string_view word, Json& out, Json value) {
    if (!text_.substr(at_).starts_with(word)) return fail();
    at_ += word.size();
    out = std::move(value);
    return true;
  }

  bool value(Json& out) {
    if (values_left_-- == 0) return fail("too many values");
    switch (peek()) {
      case '{':
        return object(out);
      case '[':
        return array(out);
      case '"': {
        std::string held;
        if (!text(held)) return false;
        out = Json(std::move(held));
        return true;
      }
      case 't':
        return literal("true", out, Json(true));
      case 'f':
        return literal("false", out, Json(false));
      case 'n':
        return literal("null", out, Json());
      default:
        return number(out);
    }
  }

  bool enter() {
    if (depth_left_ == 0) return fail("nested too deeply");
    --depth_left_;
    ++at_;
    skip_space();
    return true;
  }
  bool leave() {
    ++depth_left_;
    return true;
  }
  /// After one of a list: another follows (`more`), or the list is closed.
  bool next_or(char close, bool& more) {
    skip_space();
    more = take(',');
    if (!more) return take(close) || fail();
    skip_space();
    return true;
  }

  bool array(Json& out) {
    if (!enter()) return false;
    std::vector<Json> elements;
    for (bool more = !take(']'); more;) {
      if (!value(elements.emplace_back()) || !next_or(']', more)) return false;
    }
    out = Json::array(std::move(elements));
    return leave();
  }

  bool object(Json& out) {
    if (!enter()) return false;
    std::vector<Json::Member> members;
    bool more = !take('}');
    if (more) members.reserve(usual_members);
    while (more) {
      auto& [name, held] = members.emplace_back();
      if (!text(name)) return false;
      if (members.size() <= few_members && named_before(members)) return fail("duplicate member");
      skip_space();
      if (!take(':')) return fail();
      skip_space();
      if (!value(held) || !next_or('}', more)) return false;
    }
    if (members.size() > few_members && any_twice(members)) return fail("duplicate member");
    out = Json::object(std::move(members));
    return leave();
  }
  static bool named_before(const std::vector<Json::Member>& members) {
    for (std::size_t i = 0; i + 1 < members.size(); ++i)
      if (members[i].first == members.back().first) return true;
    return false;
  }
  static bool any_twice(const std::vector<Json::Member>& members) {
    std::vector<std::string_view> names;
    names.reserve(members.size());
    for (const auto& member : members) names.emplace_back(member.first);
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) != names.end();
  }

  bool text(std::string& out) {
    if (!take('"')) return fail();
    while (true) {
      const std::size_t from = at_;
      at_ = plain_run_end(text_, at_, true);
      while (at_ < text_.size() && static_cast<unsigned char>(text_[at_]) >= 0x80) {
        const std::size_t length = sequence_length(text_.substr(at_));
        if (length == 0) return fail();
        at_ += length;
      }
      out.append(text_, from, at_ - from);
      if (take('"')) return true;
      if (at_ == from) {  // an escape, a control character, or the end
        if (!take('\\') || !escape(out)) return fail();
      }
    }
  }

  bool escape(std::string& out) {
    static constexpr std::string_view letters = "\"\\/bfnrt", meant = "\"\\/\b\f\n\r\t";
    if (take('u')) return unicode(out);
    const auto which = at_ < text_.size() ? letters.find(text_[at_]) : std::string_view::npos;
    if (which == std::string_view::npos) return fail();
    out += meant[which];
    ++at_;
    return true;
  }
  bool four_digits(std::uint32_t& code) {
    code = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const char c = peek();
      const char lower = static_cast<char>(c | 0x20);
      if (!is_digit(c) && (lower < 'a' || lower > 'f')) return fail();
      code = code * 16 + static_cast<std::uint32_t>(is_digit(c) ? c - '0' : lower - 'a' + 10);
    }
    return true;
  }
  /// RFC 8259 §7: beyond U+FFFF as a pair; half a pair is no character.
  bool unicode(std::string& out) {
    std::uint32_t code = 0, low = 0;
    if (!four_digits(code)) return false;
    if (code >= 0xdc00 && code <= 0xdfff) return fail();
    if (code >= 0xd800 && code <= 0xdbff) {
      if (!take('\\') || !take('u')) return fail();
      if (!four_digits(low)) return false;
      if (low < 0xdc00 || low > 0xdfff) return fail();
      code = 0x10000 + ((code - 0xd800) << 10U) + (low - 0xdc00);
    }
    append_utf8(out, code);
    return true;
  }

  bool number(Json& out) {
    const bool negative = take('-');
    if (!is_digit(peek())) return fail();
    std::int64_t value = 0;
    bool fits = true;
    if (!take('0')) {
      for (; is_digit(peek()); ++at_) {
        value = value * 10 + (peek() - '0');
        fits = fits && value <= integer_max;
        if (!fits) value = 0;
      }
    }
    // Minus zero is a float wherever there are floats, the browser client included: not every reader keeps it apart
    // from 0.
    if (!fits || (negative && value == 0) || peek() == '.' || peek() == 'e' || peek() == 'E')
      return fail("a number that is no integer within 2^53");
    out = Json(negative ? -value : value);
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t depth_left_, values_left_;
  const char* why_ = nullptr;
};

}  // namespace

std::optional<Json> read_json(std::string_view text, const ReadLimits& limits, std::string* why) {
  if (text.size() > limits.bytes) {
    if (why != nullptr) *why = "too large";
    return std::nullopt;
  }
  std::optional<Json> out(std::in_place);
  Scanner scanner(text, limits);
  if (scanner.whole(*out)) return out;
  if (why != nullptr) *why = scanner.why();
  return std::nullopt;
}

}  // namespace kasane::wire
