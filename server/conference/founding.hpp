#pragma once

#include <optional>
#include <string>

#include "server/conference/ports.hpp"
#include "server/log/writer.hpp"

namespace kasane::conference {

/// Entries 0 and 1 (design.md §3 "Bootstrap"), as `kasane init` and the demonstration make them. `directory_wrap`: the
/// blob that entry 1 names. Errors: a sentence; then nothing was written. Throws `StoreError`.
[[nodiscard]] std::optional<std::string> found_ledger(Store& store, log::Writer writer, Random& random,
                                                      std::int64_t now_ms, std::string tenant_found,
                                                      std::string device_add, std::string directory_wrap);

}  // namespace kasane::conference
