#include "server/wire/query.hpp"

#include <algorithm>
#include <initializer_list>

#include "server/wire/payload.hpp"

namespace kasane::wire {
namespace {

/// Reads the members of one query; what is missing, unknown or of the wrong type makes it malformed.
class Members {
 public:
  Members(const Json& value, std::initializer_list<std::string_view> names) : value_(value) {
    for (const auto& member : value.members())
      ok_ = ok_ && (member.first == "at" || std::find(names.begin(), names.end(), member.first) != names.end());
  }
  std::string id(std::string_view name) { return text(name, true, policy::is_id); }
  std::string optional_id(std::string_view name) { return text(name, false, policy::is_id); }
  /// `item: null` is no item (policy.md §9).
  std::string item() {
    const Json* member = value_.find("item");
    return member == nullptr || member->is_null() ? std::string() : id("item");
  }
  bool flag(std::string_view name) {
    const Json* member = value_.find(name);
    if (member == nullptr) return false;
    if (!member->boolean()) return ok_ = false;
    return *member->boolean();
  }
  std::vector<policy::Supposed> statements(std::string_view name, bool required) {
    std::vector<policy::Supposed> out;
    const Json* member = value_.find(name);
    if (member == nullptr) {
      ok_ = ok_ && !required;
      return out;
    }
    ok_ = ok_ && member->is_array();
    for (const auto& one : member->elements()) out.push_back(read_statement(one, StatementForm::hypothetical));
    return out;
  }
  std::vector<std::string> ids(std::string_view name) {
    std::vector<std::string> out;
    const Json* member = value_.find(name);
    ok_ = ok_ && member != nullptr && member->is_array();
    if (!ok_) return out;
    for (const auto& one : member->elements()) {
      ok_ = ok_ && one.text() && policy::is_id(*one.text());
      if (ok_) out.push_back(*one.text());
    }
    return out;
  }
  const Json* object(std::string_view name) {
    const Json* member = value_.find(name);
    ok_ = ok_ && member != nullptr;
    return member;
  }
  bool ok() const { return ok_; }

 private:
  std::string text(std::string_view name, bool required, bool (*fits)(std::string_view)) {
    const Json* member = value_.find(name);
    if (member == nullptr) {
      ok_ = ok_ && !required;
      return {};
    }
    if (!member->text() || !fits(*member->text())) {
      ok_ = false;
      return {};
    }
    return *member->text();
  }

  const Json& value_;
  bool ok_ = true;
};

/// The queries by the member that names them.
template <class Ask>
std::optional<Query> finish(const Members& members, policy::Instant at, Ask ask) {
  if (!members.ok()) return std::nullopt;
  Query query;
  query.at = at;
  query.ask = std::move(ask);
  return query;
}

}  // namespace

std::optional<Query> read_query(const Json& value) {
  if (!value.is_object() || value.has_unfit_number()) return std::nullopt;
  const Json* time = value.find("at");
  const auto at = time != nullptr && time->text() ? policy::parse_instant(*time->text()) : std::nullopt;
  if (!at) return std::nullopt;
  const auto has = [&](std::string_view name) { return value.find(name) != nullptr; };
  if (has("see")) {
    Members m(value, {"see", "who", "device", "item"});
    See ask{m.id("see"), m.id("who"), m.optional_id("device"), m.item()};
    return finish(m, *at, std::move(ask));
  }
  if (has("list")) {
    Members m(value, {"list", "device", "item"});
    List ask{m.id("list"), m.item(), m.optional_id("device")};
    return finish(m, *at, std::move(ask));
  }
  if (has("who")) {
    Members m(value, {"who", "item", "once_open", "with"});
    Who ask{m.id("who"), m.id("item"), m.flag("once_open"), m.statements("with", false)};
    return finish(m, *at, std::move(ask));
  }
  if (has("consents")) {
    Members m(value, {"consents", "case", "purpose"});
    Consents ask{m.id("consents"), m.id("case"), m.optional_id("purpose")};
    if (ask.purpose.empty()) ask.purpose = policy::support_purpose;
    return finish(m, *at, std::move(ask));
  }
  if (has("what_if")) {
    Members m(value, {"what_if", "item"});
    WhatIf ask{m.statements("what_if", true), m.item()};
    return finish(m, *at, std::move(ask));
  }
  if (has("may")) {
    Members m(value, {"may"});
    May ask{read_statement(*m.object("may"), StatementForm::hypothetical)};
    return finish(m, *at, std::move(ask));
  }
  if (has("wrap")) {
    Members m(value, {"wrap", "with"});
    Wrap ask{m.id("wrap"), m.statements("with", false)};
    return finish(m, *at, std::move(ask));
  }
  if (has("epoch")) {
    Members m(value, {"epoch", "with"});
    Epoch ask{m.id("epoch"), m.statements("with", false)};
    return finish(m, *at, std::move(ask));
  }
  if (has("room")) {
    Members m(value, {"room", "present"});
    Room ask{m.id("room"), m.ids("present")};
    return finish(m, *at, std::move(ask));
  }
  if (has("entries")) {
    Members m(value, {"entries"});
    Entries ask{m.id("entries")};
    return finish(m, *at, std::move(ask));
  }
  if (has("snapshot")) {
    Members m(value, {"snapshot"});
    Snapshot ask{m.id("snapshot")};
    return finish(m, *at, std::move(ask));
  }
  return std::nullopt;
}

}  // namespace kasane::wire
