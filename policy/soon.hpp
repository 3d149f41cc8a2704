#pragma once

namespace kasane::policy {

/// Asks memory for what will be read, so that several waits pass together: a decision on a large ledger is mostly
/// waiting for rows that nobody has read lately. Changes nothing that can be seen.
inline void soon(const void* address) { __builtin_prefetch(address); }
/// The first two cache lines of a row, where what decisions read stands.
template <class Row>
void soon_all(const Row& row) {
  soon(&row);
  if constexpr (sizeof(Row) > 64) soon(reinterpret_cast<const char*>(&row) + 64);
}

}  // namespace kasane::policy
