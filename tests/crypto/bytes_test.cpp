#include "crypto/bytes.hpp"

#include <catch2/catch.hpp>

#include "crypto/random.hpp"

using namespace kasane::crypto;

TEST_CASE("base64 writes the examples of RFC 4648 and reads them back") {
  const std::pair<const char*, const char*> examples[] = {{"", ""},
                                                          {"f", "Zg=="},
                                                          {"fo", "Zm8="},
                                                          {"foo", "Zm9v"},
                                                          {"foob", "Zm9vYg=="},
                                                          {"fooba", "Zm9vYmE="},
                                                          {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : examples) {
    CHECK(base64(view(plain)) == encoded);
    CHECK(text(unbase64(encoded).value()) == plain);
  }
}

TEST_CASE("base64 refuses every second spelling of the same bytes") {
  for (const char* bad : {"Zg", "Zg=", "Zh==", "Zm9=", "Zm9v=", "Zg== ", " Zg==", "Zg==\n", "Z===", "====", "=",
                          "Zg==Zg==", "Zm9vYg", "-_8=", "Zm9v\nYmFy", "Z=g="}) {
    INFO(bad);
    CHECK_FALSE(unbase64(bad));
  }
}

TEST_CASE("base32 writes RFC 4648 in lower case without padding and refuses the rest") {
  CHECK(base32(view("foobar")) == "mzxw6ytboi");
  CHECK(base32(view("f")) == "my");
  CHECK(text(unbase32("mzxw6ytboi").value()) == "foobar");
  for (const char* bad : {"MY", "mz", "m", "my======", "m1", "mzx", "mzxw6ytb0i"}) {
    INFO(bad);
    CHECK_FALSE(unbase32(bad));
  }
}

TEST_CASE("hex is lower case alone") {
  CHECK(hex(view("\x01\xab")) == "01ab");
  CHECK(unhex("01ab").value() == Bytes{0x01, 0xab});
  for (const char* bad : {"01AB", "01a", "0x01", "01 ab", "zz"}) CHECK_FALSE(unhex(bad));
  CHECK_FALSE(from_hex<Nonce>("00"));
}

TEST_CASE("what any encoder writes of random bytes its decoder reads back") {
  for (std::size_t length = 0; length < 100; ++length) {
    Bytes bytes(length);
    random_fill(bytes);
    CHECK(unhex(hex(bytes)) == bytes);
    CHECK(unbase64(base64(bytes)) == bytes);
    CHECK(unbase64url(base64url(bytes)) == bytes);
    CHECK(unbase32(base32(bytes)) == bytes);
  }
}

TEST_CASE("length prefixes keep two different lists of parts apart") {
  CHECK(prefixed({view("ab"), view("c")}) != prefixed({view("a"), view("bc")}));
  CHECK(prefixed({view("ab")}) != prefixed({view("ab"), view("")}));
  CHECK(hex(prefixed({view("ab")})) == "000000026162");
}

TEST_CASE("an id is its kind letter and 128 random bits") {
  const std::string id = random_id('r');
  CHECK(id.size() == 28);
  CHECK(id.starts_with("r-"));
  CHECK(unbase32(id.substr(2)).value().size() == 16);
  CHECK(random_id('r') != id);
}
