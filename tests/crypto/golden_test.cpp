#include "tests/crypto/golden.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

using namespace kasane::crypto;

TEST_CASE("every format still gives the bytes of its published example") {
  std::ifstream file(golden::file_path(), std::ios::binary);
  REQUIRE(file);
  std::stringstream held;
  held << file.rdbuf();
  const auto published = nlohmann::ordered_json::parse(held.str());
  const auto computed = golden::examples();
  for (const auto& [section, value] : computed.items()) {
    INFO(section);
    CHECK(published.at(section) == value);
  }
  CHECK(held.str() == golden::file_text());
}
