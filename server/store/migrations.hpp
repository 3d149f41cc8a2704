#pragma once

#include "server/store/database.hpp"

namespace kasane::store {

/// Brings the file to this program's schema, each step in one transaction; `user_version` counts the steps done.
/// Errors: throws where the file was written by a newer program.
void migrate(Database& database);
std::int64_t schema_version();

}  // namespace kasane::store
