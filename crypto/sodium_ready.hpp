#pragma once
namespace kasane::crypto {
/// Initialises libsodium (thread-safe, idempotent). Each source that calls libsodium asks before main. Errors: ends the
/// process.
bool sodium_ready();
}  // namespace kasane::crypto
