#pragma once
// One worked example of every section of crypto/FORMATS.md, from fixed inputs: tests/vectors/golden.json, which the
// TypeScript tests recompute too. Bytes stand in hex here, whatever their encoding in a message.
#include <nlohmann/json.hpp>

namespace kasane::crypto::golden {

nlohmann::ordered_json examples();
std::string file_path();
std::string file_text();  // of `examples()`, as the file holds it

}  // namespace kasane::crypto::golden
