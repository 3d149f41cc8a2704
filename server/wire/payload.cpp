#include "server/wire/payload.hpp"

#include <algorithm>

namespace kasane::wire {
namespace {

constexpr std::size_t log_name_max = 256, unit_name_max = 256;

bool is_hex(const Json* value, std::size_t digits) {
  if (value == nullptr || !value->text() || value->text()->size() != digits) return false;
  return std::all_of(value->text()->begin(), value->text()->end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}
bool is_text(const Json* value, std::size_t max) {
  return value != nullptr && value->text() && !value->text()->empty() && value->text()->size() <= max;
}
bool is_count(const Json* value) { return value != nullptr && value->integer() && *value->integer() >= 0; }

}  // namespace

std::optional<Payload> parse_payload(std::string_view text) {
  const auto json = read_json(text, {.bytes = payload_bytes_max});
  if (!json || !json->is_object() || json->members().size() != 8) return std::nullopt;
  const Json *v = json->find("v"), *log = json->find("log"), *unit = json->find("unit"), *seen = json->find("seen"),
             *signed_at = json->find("signed_at"), *nonce = json->find("nonce"), *device = json->find("device"),
             *statement = json->find("statement");
  if (!is_count(v) || !is_text(log, log_name_max) || !is_text(unit, unit_name_max) || !is_hex(nonce, 32))
    return std::nullopt;
  if (seen == nullptr || !seen->is_object() || seen->members().size() != 2 || !is_count(seen->find("size")) ||
      !is_hex(seen->find("root"), 64))
    return std::nullopt;
  if (device == nullptr || !device->text() || !policy::is_id(*device->text())) return std::nullopt;
  const auto at = signed_at != nullptr && signed_at->text() ? policy::parse_instant(*signed_at->text()) : std::nullopt;
  if (!at || statement == nullptr) return std::nullopt;
  Payload payload;
  auto read = read_statement(*statement, StatementForm::ledger, &payload.body);
  if (!read) return std::nullopt;
  payload.v = *v->integer();
  payload.log = *log->text();
  payload.unit = *unit->text();
  payload.seen = {*seen->find("size")->integer(), *seen->find("root")->text()};
  payload.signed_at_ms = *at;
  payload.nonce = *nonce->text();
  payload.device = *device->text();
  payload.statement = std::move(*read);
  payload.statement.signed_with = payload.device;
  return payload;
}

std::string print_payload(const Payload& payload) {
  Json seen = Json::object();
  seen.add("size", payload.seen.size).add("root", payload.seen.root);
  Json out = Json::object();
  out.add("v", payload.v).add("log", payload.log).add("unit", payload.unit).add("seen", std::move(seen));
  out.add("signed_at", policy::print_instant(payload.signed_at_ms)).add("nonce", payload.nonce);
  out.add("device", payload.device);
  out.add("statement", write_statement(payload.statement, StatementForm::ledger, payload.body));
  return print_json(out);
}

}  // namespace kasane::wire
