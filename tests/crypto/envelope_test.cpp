#include "crypto/envelope.hpp"

#include <catch2/catch.hpp>

using namespace kasane::crypto;

namespace {

struct Signed {
  SigningKeyPair first = signing_generate();
  SigningKeyPair second = signing_generate();
  Envelope envelope = sign_envelope(R"({"a":1})", "d-first", first.private_key);
};

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

}  // namespace

TEST_CASE("the pre-authentication encoding is DSSE's") {
  CHECK(text(pre_authentication("{}")) == "DSSEv1 40 application/vnd.kasane.statement.v1+json 2 {}");
}

TEST_CASE("an envelope with one or two signatures reads back byte for byte and verifies") {
  Signed given;
  CHECK(parse_envelope(print(given.envelope)) == given.envelope);
  REQUIRE(countersign(given.envelope, "d-second", given.second.private_key));
  const auto read = parse_envelope(print(given.envelope)).value();
  CHECK(read == given.envelope);
  CHECK(verify(read, 0, given.first.public_key));
  CHECK(verify(read, 1, given.second.public_key));
  CHECK_FALSE(verify(read, 0, given.second.public_key));
  CHECK_FALSE(verify(read, 2, given.second.public_key));
}

TEST_CASE("a third signature, or a second of the same key, is not added") {
  Signed given;
  CHECK_FALSE(countersign(given.envelope, "d-first", given.first.private_key));
  REQUIRE(countersign(given.envelope, "d-second", given.second.private_key));
  CHECK_FALSE(countersign(given.envelope, "d-third", given.second.private_key));
}

TEST_CASE("a changed payload no longer verifies") {
  Signed given;
  given.envelope.payload = R"({"a":2})";
  CHECK_FALSE(verify(given.envelope, 0, given.first.public_key));
}

TEST_CASE("an envelope has one spelling and every other is refused") {
  Signed given;
  const std::string good = print(given.envelope);
  const std::string sig = base64(given.envelope.signatures[0].sig);
  const std::string one = R"({"keyid":"d-first","sig":")" + sig + "\"}";
  const std::vector<std::string> bad{
      "",
      "{}",
      good + " ",
      " " + good,
      good + good,
      good.substr(0, good.size() - 1),
      replaced(good, ",\"payloadType\"", ", \"payloadType\""),
      replaced(good, "statement.v1", "statement.v2"),
      replaced(good, "\"payload\":\"", "\"payload\":\"\\u0065"),
      replaced(good, one, ""),
      replaced(good, one, one + "," + one),
      replaced(good, one, one + ","),
      replaced(good, "d-first", ""),
      replaced(good, "d-first", "D-first"),
      replaced(good, "d-first", std::string(65, 'a')),
      replaced(good, "\"keyid\"", "\"keyId\""),
      replaced(good, sig, sig.substr(4)),
      replaced(good, sig, sig.substr(0, sig.size() - 2)),
      replaced(good, base64(view(given.envelope.payload)), ""),
      replaced(good, "]}", "],\"extra\":1}"),
      replaced(good, "{\"payload\"", "{\"payload\":\"e30=\",\"payload\""),
  };
  for (const auto& text : bad) {
    INFO(text);
    CHECK_FALSE(parse_envelope(text));
  }
}

TEST_CASE("a third signature is refused") {
  Signed given;
  given.envelope.signatures.push_back({"d-second", given.envelope.signatures[0].sig});
  given.envelope.signatures.push_back({"d-third", given.envelope.signatures[0].sig});
  CHECK_FALSE(parse_envelope(print(given.envelope)));
}

TEST_CASE("an envelope over 64,000 bytes or a payload over 44 KiB is refused") {
  Signed given;
  const auto of = [&](std::size_t bytes) {
    return print(sign_envelope(std::string(bytes, 'x'), "d-first", given.first.private_key));
  };
  CHECK(parse_envelope(of(payload_bytes_max)));
  CHECK_FALSE(parse_envelope(of(payload_bytes_max + 1)));
  CHECK_FALSE(parse_envelope(std::string(envelope_bytes_max + 1, 'x')));
}

TEST_CASE("every cut and every changed character of an envelope is refused or means something else") {
  Signed given;
  const std::string good = print(given.envelope);
  for (std::size_t i = 0; i < good.size(); ++i) {
    REQUIRE_FALSE(parse_envelope(std::string_view(good).substr(0, i)));
    for (const char c : {'"', '\\', ' ', '=', 'A', '\0'}) {
      std::string other = good;
      if (other[i] == c) continue;
      other[i] = c;
      const auto read = parse_envelope(other);
      if (!read) continue;
      REQUIRE(print(*read) == other);
      REQUIRE(*read != given.envelope);
    }
  }
}
