#pragma once
// Vectors from outside the tree. A test whose vectors are not there says so on standard error and in the report.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "crypto/bytes.hpp"

namespace kasane::crypto::vectors {

inline std::string shared(const std::string& name) { return KASANE_SOURCE_DIR "/../shared/vectors/" + name; }
inline const std::string circl =
    "/usr/share/gocode/src/github.com/cloudflare/circl/hpke/testdata/vectors_v08_779d028.json";
inline const std::string pyca = "/usr/lib/python3/dist-packages/cryptography_vectors/";

/// Prints `skipped: …` where the file is not there.
inline bool present(const std::string& path) {
  if (std::filesystem::exists(path)) return true;
  std::cout << "skipped: " << Catch::getResultCapture().getCurrentTestName() << ": no vectors at " << path << std::endl;
  return false;
}
inline std::optional<nlohmann::json> load(const std::string& path) {
  if (!present(path)) return std::nullopt;
  std::ifstream file(path);
  return nlohmann::json::parse(file);
}

inline Bytes from_hex_text(const nlohmann::json& text) { return unhex(text.get<std::string>()).value(); }
template <class T>
T fixed_of(const nlohmann::json& text) {
  return fixed<T>(from_hex_text(text)).value();
}

}  // namespace kasane::crypto::vectors
