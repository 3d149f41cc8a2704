#include "tests/wire/statement_schema.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "server/wire/json.hpp"

namespace {

const std::string path = std::string(KASANE_SOURCE_DIR) + "/server/wire/schema/statement.json";

std::string file_text() {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("the schema of a statement in the tree is the one that the rows of policy/fields make") {
  const std::string made = kasane::tests::statement_schema();
  if (std::getenv("KASANE_UPDATE") != nullptr) std::ofstream(path, std::ios::binary) << made;
  INFO("KASANE_UPDATE=1 writes it anew");
  CHECK(file_text() == made);
}

TEST_CASE("the schema of a statement is strict JSON") {
  CHECK(kasane::wire::read_json(file_text(), {.bytes = 4u << 20}).has_value());
}
