#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "policy/action.hpp"
#include "server/wire/errors.hpp"
#include "server/wire/json.hpp"
#include "server/wire/limits.hpp"

/// What travels (PROTOCOL.md), both directions side by side. Bytes stay here in the text encoding of the wire (base64,
/// hex): wire knows shapes, not cryptography.
namespace kasane::wire {

// ---- to the server -------------------------------------------------------------------------------------------------

struct AuthenticateRequest {
  std::string device, nonce, signature;
  Language lang = Language::ja;
};
struct FeedRequest {
  bool next = false;
  std::int64_t size = 0;
  std::vector<std::pair<std::string, std::int64_t>> units;  ///< (tag, count)
};
using WrapEntry = std::pair<std::string, std::string>;  ///< (device, base64)
struct AppendRequest {
  std::vector<std::string> envelopes, blobs;
  std::vector<std::vector<WrapEntry>> wraps;
};
struct PutRequest {
  std::vector<std::string> blobs;
  std::vector<std::vector<WrapEntry>> wraps;
  std::vector<std::string> half_signed;
};
struct OpenRequest {
  std::string request;  ///< envelope of a `key.request`
};
struct OpenEpochRequest {
  std::string item;
  std::int64_t epoch = 0;
};
struct EnterRequest {
  std::string item, session, signature;
};
struct LeaveRequest {
  std::string item, session, signature;
};
struct SignalRequest {
  std::string item, data;
};
struct WhatIfRequest {
  std::vector<policy::Supposed> statements;
  std::string item;
};
struct ReadRequest {
  std::string unit;
  std::int64_t from = 0;
};
struct HeadsRequest {
  std::vector<std::string> units;  ///< tags
};
struct PingRequest {
  std::string nonce;
};
using Ask =
    std::variant<AuthenticateRequest, FeedRequest, AppendRequest, PutRequest, OpenRequest, OpenEpochRequest,
                 EnterRequest, LeaveRequest, SignalRequest, WhatIfRequest, ReadRequest, HeadsRequest, PingRequest>;
struct Request {
  std::string id;  ///< JSON text of the id: an integer or a quoted text of at most 64 bytes
  Ask ask;
};
struct Unread {
  std::string id = "null";
  Refusal refusal;
};
/// One JSON-RPC request. Errors: `Unread` with the id, as far as it could be read.
std::variant<Request, Unread> read_request(std::string_view text);
/// What this prints, `read_request` reads back to the same.
std::string print_request(const Request& request);

// ---- from the server -----------------------------------------------------------------------------------------------

struct Hello {
  std::string log, checkpoint;
  bool demo = false;
  std::int64_t time_ms = 0, size = 0, rules = 1;
};
std::string print_hello(const Hello& hello, std::string_view nonce_hex);

/// One entry as a client gets it, rendered once and then shared by every message that carries it.
struct EntryLine {
  std::int64_t index = 0, time_ms = 0, position = 0;
  std::string_view unit, previous_hex, envelope;
  std::string_view ciphertext_base64;  ///< empty: none
};
std::string print_entry(const EntryLine& entry);

/// A named value that is already JSON text: the parts of answers that are rendered once.
struct Part {
  std::string_view name, json;
};
std::string print_result(std::string_view id, std::span<const Part> parts);
std::string print_notification(std::string_view method, std::span<const Part> parts);
std::string quoted(std::string_view text);
std::string quoted_time(std::int64_t at_ms);
std::string joined_array(std::span<const std::string> elements);
std::string joined_array(std::span<const std::string* const> elements);
std::string text_array(std::span<const std::string> texts);

}  // namespace kasane::wire
