#pragma once

#include <string>

/// JSON Schema (draft-07) of a statement, made from the rows of policy/fields: server/wire/schema/statement.json.
namespace kasane::tests {

/// The whole file, as it stands in the tree.
std::string statement_schema();

}  // namespace kasane::tests
