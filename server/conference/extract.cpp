#include "server/conference/extract.hpp"

#include <tuple>
#include <type_traits>
#include <vector>

namespace kasane::conference {

namespace {

// The number grows with every change of what follows, and of what the policy makes of an accepted statement.
constexpr std::string_view magic = "kasane/extract/v1 rules 1\n";
constexpr std::uint64_t no_more = 0xff;  // in the place of a member's number

template <class T, class Plain>
concept Is = std::is_same_v<std::remove_const_t<T>, Plain>;

// Structured bindings, so that a member that is forgotten here does not compile.
auto members(Is<policy::CategoryList> auto& s) {
  auto& [all, named] = s;
  return std::tie(all, named);
}
auto members(Is<policy::RecipientList> auto& s) {
  auto& [all, named] = s;
  return std::tie(all, named);
}
auto members(Is<policy::SubjectDates> auto& s) {
  auto& [majority, own, deceased] = s;
  return std::tie(majority, own, deceased);
}
auto members(Is<policy::SubjectEntry> auto& s) {
  auto& [subject, dates] = s;
  return std::tie(subject, dates);
}
auto members(Is<policy::SeatEntry> auto& s) {
  auto& [person, seat, as] = s;
  return std::tie(person, seat, as);
}
auto members(Is<policy::Label> auto& s) {
  auto& [subjects, categories, kind, agency, origin, hold, withhold, deidentified, parents] = s;
  return std::tie(subjects, categories, kind, agency, origin, hold, withhold, deidentified, parents);
}
auto members(Is<policy::BasisTexts> auto& s) {
  auto& [names, law, article, paragraph, penalty] = s;
  return std::tie(names, law, article, paragraph, penalty);
}
auto members(Is<std::pair<std::string, std::string>> auto& s) { return std::tie(s.first, s.second); }
auto members(Is<DeviceFacts> auto& s) {
  auto& [sign, wrap] = s;
  return std::tie(sign, wrap);
}
auto members(Is<RecordFacts> auto& s) {
  auto& [digest, root] = s;
  return std::tie(digest, root);
}
auto members(Is<EpochKeys> auto& s) {
  auto& [root, commit] = s;
  return std::tie(root, commit);
}
auto members(Is<AttendanceFacts> auto& s) {
  auto& [device, session] = s;
  return std::tie(device, session);
}
auto members(Is<Facts> auto& s) {
  auto& [demo, device, record, epoch, attendance] = s;
  return std::tie(demo, device, record, epoch, attendance);
}
auto members(Is<policy::Statement> auto& s) {
  auto& [kind, at_ms, by, signed_with, with, tenant, person, agency, device, basis, case_id, subject, authority, holder,
         consent, giver, purpose, witness, conference, item, as, record, source, task, decision, emergency, message,
         request, name, duty_source, evidence, agency_type, roles, consent_required, duty, statutory,
         subject_may_attend, reading, cross_links, texts, from, to, starts_at, version, epoch, minutes, subjects, dates,
         authority_type, categories, recipients, state, method, opponents, conflict, upheld, protective, seats, seat,
         how, label, records, rests_on, reason, decision_kind, ground] = s;
  return std::tie(kind, at_ms, by, signed_with, with, tenant, person, agency, device, basis, case_id, subject,
                  authority, holder, consent, giver, purpose, witness, conference, item, as, record, source, task,
                  decision, emergency, message, request, name, duty_source, evidence, agency_type, roles,
                  consent_required, duty, statutory, subject_may_attend, reading, cross_links, texts, from, to,
                  starts_at, version, epoch, minutes, subjects, dates, authority_type, categories, recipients, state,
                  method, opponents, conflict, upheld, protective, seats, seat, how, label, records, rests_on, reason,
                  decision_kind, ground);
}

template <class T>
constexpr bool is_fixed = requires(T t) {
  t.bytes;
  T::size;
};

/// As a statement that nobody has filled in has it. Codes are never left out: their first one is a code too.
template <class T>
bool blank(const T& value) {
  if constexpr (std::is_enum_v<T>)
    return false;
  else if constexpr (std::is_arithmetic_v<T>)
    return value == T{};
  else if constexpr (requires { value.has_value(); })
    return !value.has_value();
  else if constexpr (requires { value.empty(); })
    return value.empty();
  else
    return std::apply([](const auto&... one) { return (blank(one) && ...); }, members(value));
}

/// Makes it blank again. What is blank is left alone: of a statement's sixty members that is most.
template <class T>
void clear(T& value) {
  const auto one_of_it = [](auto& one) {
    if (!blank(one)) one = {};
  };
  std::apply([&](auto&... one) { (one_of_it(one), ...); }, members(value));
}

class Pen {
 public:
  explicit Pen(std::string& out) : out_(out) {}
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out_ += static_cast<char>(value | 0x80);
    out_ += static_cast<char>(value);
  }
  template <class T>
  void put(const T& value) {
    if constexpr (std::is_enum_v<T>) {
      number(static_cast<std::uint64_t>(value));
    } else if constexpr (std::is_arithmetic_v<T>) {
      const auto bits = static_cast<std::int64_t>(value);
      number(static_cast<std::uint64_t>(bits) << 1 ^ static_cast<std::uint64_t>(bits >> 63));
    } else if constexpr (is_fixed<T>) {
      out_.append(reinterpret_cast<const char*>(value.bytes.data()), T::size);
    } else if constexpr (std::is_same_v<T, std::string>) {
      number(value.size());
      out_ += value;
    } else if constexpr (requires { value.has_value(); }) {
      number(value.has_value() ? 1 : 0);
      if (value) put(*value);
    } else if constexpr (requires { value.empty(); }) {
      number(value.size());
      for (const auto& one : value) put(one);
    } else {
      std::apply([this](const auto&... one) { (put(one), ...); }, members(value));
    }
  }
  void sparse(const policy::Statement& statement) {
    std::uint64_t at = 0;
    const auto member = [&](const auto& one) {
      if (!blank(one)) {
        number(at);
        put(one);
      }
      ++at;
    };
    std::apply([&](const auto&... one) { (member(one), ...); }, members(statement));
    number(no_more);
  }

 private:
  std::string& out_;
};

class Eye {
 public:
  explicit Eye(std::string_view rest) : rest_(rest) {}
  bool good() const { return good_; }
  std::string_view rest() const { return rest_; }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) break;
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7fU} << shift;
      if (byte < 0x80) return value;
    }
    good_ = false;
    return 0;
  }
  /// At least a byte for each.
  std::size_t count() {
    const std::uint64_t value = number();
    if (value > rest_.size()) good_ = false;
    return good_ ? static_cast<std::size_t>(value) : 0;
  }
  template <class T>
  void take(T& value) {
    if constexpr (std::is_enum_v<T>) {
      value = static_cast<T>(number());
    } else if constexpr (std::is_arithmetic_v<T>) {
      const std::uint64_t bits = number();
      value = static_cast<T>(static_cast<std::int64_t>(bits >> 1 ^ (~(bits & 1) + 1)));
    } else if constexpr (is_fixed<T>) {
      const auto bytes = text(T::size);
      if (good_) std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(value.bytes.data()));
    } else if constexpr (std::is_same_v<T, std::string>) {
      value = text(count());
    } else if constexpr (requires { value.has_value(); }) {
      if (number() != 0) take(value.emplace());
    } else if constexpr (requires { value.empty(); }) {
      value.resize(count());
      for (auto& one : value) take(one);
    } else {
      std::apply([this](auto&... one) { (take(one), ...); }, members(value));
    }
  }
  void sparse(policy::Statement& statement) {
    std::uint64_t at = 0, next = number();
    const auto member = [&](auto& one) {
      if (next == at++) {
        take(one);
        next = number();
      }
    };
    std::apply([&](auto&... one) { (member(one), ...); }, members(statement));
    if (next != no_more || static_cast<std::size_t>(statement.kind) >= policy::kind_count) good_ = false;
  }
  std::string_view text(std::size_t bytes) {
    if (bytes > rest_.size()) good_ = false;
    if (!good_) return {};
    const auto part = rest_.substr(0, bytes);
    rest_.remove_prefix(bytes);
    return part;
  }

 private:
  std::string_view rest_;
  bool good_ = true;
};

}  // namespace

void append_entry(std::string& out, const ExtractEntry& entry) {
  Pen pen(out);
  pen.put(entry.unit);
  pen.put(entry.nonce);
  pen.put(entry.narrows);
  pen.sparse(entry.statement);
  pen.put(entry.facts);
}

bool take_entry(std::string_view& rest, ExtractEntry& entry) {
  Eye eye(rest);
  clear(entry.statement);
  entry.facts = {};
  eye.take(entry.unit);
  eye.take(entry.nonce);
  eye.take(entry.narrows);
  eye.sparse(entry.statement);
  eye.take(entry.facts);
  rest = eye.rest();
  return eye.good();
}

std::string seal(const Segment& segment, const Mac& mac) {
  std::string out(magic);
  Pen pen(out);
  pen.put(segment.from);
  pen.put(segment.to);
  pen.put(segment.root);
  out += segment.entries;
  const crypto::Hash sum = mac(crypto::view(out));
  pen.put(sum);
  return out;
}

std::optional<Segment> open(std::string_view sealed, const Mac& mac) {
  if (!sealed.starts_with(magic) || sealed.size() < magic.size() + crypto::Hash::size) return std::nullopt;
  const auto body = sealed.substr(0, sealed.size() - crypto::Hash::size);
  const auto sum = crypto::fixed<crypto::Hash>(crypto::view(sealed.substr(body.size())));
  if (!sum || mac(crypto::view(body)) != *sum) return std::nullopt;
  Eye eye(body.substr(magic.size()));
  Segment segment;
  eye.take(segment.from);
  eye.take(segment.to);
  eye.take(segment.root);
  segment.entries = eye.rest();
  return eye.good() && segment.from >= 0 && segment.to > segment.from ? std::optional(segment) : std::nullopt;
}

}  // namespace kasane::conference
