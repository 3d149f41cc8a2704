#pragma once
// What is signed outside of envelopes, each under its own label. crypto/FORMATS.md §10.
#include "crypto/bytes.hpp"

namespace kasane::crypto {

/// By the device at `authenticate`; `browser_origin` is empty where there is none.
Bytes auth_input(std::string_view log, std::string_view browser_origin, const Nonce& server_nonce,
                 const Nonce& client_nonce);
/// By the server's statement key.
Bytes time_input(std::string_view log, const Nonce& client_nonce, std::uint64_t time_ms);
Bytes closed_input(std::string_view log, std::string_view person, std::string_view unit, std::uint64_t size);
Bytes wanted_input(std::string_view log, std::string_view record, std::string_view device);
/// By the device that attends.
Bytes enter_input(std::string_view log, std::string_view item, const Nonce& session);
Bytes leave_input(std::string_view log, std::string_view item, const Nonce& session);

}  // namespace kasane::crypto
