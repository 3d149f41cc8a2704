#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "policy/statement.hpp"
#include "server/wire/json.hpp"

namespace kasane::wire {

inline constexpr std::size_t payload_bytes_max = 44 * 1024;

/// What a device signs (design.md §3, Envelope). `statement` has no `at` (the ledger time is its `at`, here 0) and its
/// `signed_with` is the payload's `device`.
struct Payload {
  std::int64_t v = 0;
  std::string log;
  std::string unit;
  struct Seen {
    std::int64_t size = 0;
    std::string root;  ///< 64 lower-case hex digits
  } seen;
  policy::Instant signed_at_ms = 0;
  std::string nonce;  ///< 32 lower-case hex digits: 16 bytes
  std::string device;
  policy::Statement statement;
  Json body;  ///< the statement's `body`: an object, or null where there is none
};

/// Errors: none for anything that is not exactly a payload: size, strict JSON, unknown or missing members, shape.
std::optional<Payload> parse_payload(std::string_view text);
/// The bytes to sign. What this prints, `parse_payload` reads back to the same.
std::string print_payload(const Payload& payload);

/// Where a statement stands decides which members besides its own it has.
enum class StatementForm : std::uint8_t {
  ledger,        ///< in an envelope: `kind`, `by`, `body?`; no `at`, no `signed_with`
  scenario,      ///< in a scenario's list: `at` required, `signed_with?`
  hypothetical,  ///< in a query: `at?` (it is taken at the query's), `signed_with?`
};
/// Shape of policy.md §1 and §3, whole (`well_formed` included). Errors: none (`MALFORMED`).
std::optional<policy::Statement> read_statement(const Json& value, StatementForm form, Json* body = nullptr);
Json write_statement(const policy::Statement& statement, StatementForm form, const Json& body = {});

}  // namespace kasane::wire
