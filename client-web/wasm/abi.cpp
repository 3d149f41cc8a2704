// The door to the policy: one instance is one fold of what one person may read (policy.md §12). Bound by
// client-web/src/policy/wasm_door.ts. Text goes in through memory of `p_alloc`; the result of the last call stands at
// `p_out_ptr`, `p_out_len` until the next. Errors: never a trap on input; a trap (out of memory) ends the instance.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "policy/stale.hpp"
#include "policy/world.hpp"
#include "server/wire/answer.hpp"
#include "server/wire/json.hpp"
#include "server/wire/payload.hpp"
#include "server/wire/query.hpp"
#include "server/wire/scenario.hpp"
#include "server/wire/unit.hpp"

#define EXPORT(name) extern "C" __attribute__((export_name(#name), used))

namespace {

using kasane::wire::Json;

kasane::policy::World world;
std::string out;

std::string_view text_at(const char* text, std::uint32_t length) { return {text, length}; }

void say(Json value) { out = kasane::wire::print_json(value); }
void say_unit(std::string unit) { say(Json::object({{"unit", Json(std::move(unit))}})); }
void say_effect(std::string unit, kasane::policy::Effect effect) {
  say(Json::object(
      {{"unit", Json(std::move(unit))}, {"narrows", Json(effect.narrows)}, {"widens", Json(effect.widens)}}));
}
void say_error() { say(Json::object({{"error", Json("MALFORMED")}})); }

}  // namespace

EXPORT(p_alloc) char* p_alloc(std::uint32_t length) {
  return static_cast<char*>(std::malloc(length == 0 ? 1 : length));
}
EXPORT(p_free) void p_free(char* text) { std::free(text); }
EXPORT(p_out_ptr) const char* p_out_ptr() { return out.data(); }
EXPORT(p_out_len) std::uint32_t p_out_len() { return static_cast<std::uint32_t>(out.size()); }

/// Whose fold this is. Before the first entry.
EXPORT(p_reader) void p_reader(const char* person, std::uint32_t length) { world.set_reader(text_at(person, length)); }

/// One verified payload with its ledger index and ledger time, in ledger order; indices may have gaps. Out: `{"unit"}`,
/// the unit that its statement belongs to in this fold, or `{"error"}`, and then nothing was folded.
EXPORT(p_append) void p_append(const char* payload, std::uint32_t length, std::int64_t index, std::int64_t time_ms) {
  auto read = kasane::wire::parse_payload(text_at(payload, length));
  if (!read) return say_error();
  read->statement.at_ms = time_ms;
  auto unit = kasane::wire::unit_name(world, read->statement);
  world.fold(read->statement, index);
  say_unit(std::move(unit));
}

/// Out: `{"unit", "narrows", "widens"}` of a statement that is not written yet: its unit, and what it would do to
/// others' access in this fold (policy/stale); or `{"error"}`.
EXPORT(p_unit) void p_unit(const char* statement, std::uint32_t length) {
  const auto json = kasane::wire::read_json(text_at(statement, length));
  const auto read =
      json ? kasane::wire::read_statement(*json, kasane::wire::StatementForm::hypothetical) : std::nullopt;
  if (!read) return say_error();
  say_effect(kasane::wire::unit_name(world, *read), kasane::policy::effect_of(world, *read));
}

/// Out: the answer to a query of `wire/query`, malformed ones included. The fold cannot go back: what is asked of an
/// instant before its newest entry is answered for the time of that entry.
EXPORT(p_ask) void p_ask(const char* query, std::uint32_t length) {
  const auto json = kasane::wire::read_json(text_at(query, length));
  auto read = json ? kasane::wire::read_query(*json) : std::nullopt;
  if (read && world.clock()) read->at = std::max(read->at, *world.clock());
  say(read ? kasane::wire::answer(world, *read) : kasane::wire::malformed_answer());
}

/// A whole scenario file (policy.md §10), apart from this instance's fold. 1: out is what `kasane decide` prints, byte
/// for byte; 0: out is the one line why the text is no scenario.
EXPORT(p_decide) std::int32_t p_decide(const char* scenario, std::uint32_t length, std::int32_t pretty) {
  std::string why;
  auto answers = kasane::wire::decide_scenario(text_at(scenario, length), pretty != 0, &why);
  out = answers ? std::move(*answers) : std::move(why);
  return answers ? 1 : 0;
}
