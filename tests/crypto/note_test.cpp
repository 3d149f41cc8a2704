#include "crypto/note.hpp"

#include <catch2/catch.hpp>

#include "crypto/merkle.hpp"

using namespace kasane::crypto;

namespace {

const std::string origin = "kasane.example/0123456789abcdef";

struct Signed {
  SigningKeyPair key = signing_generate();
  Checkpoint point{origin, 20, empty_root()};
  std::string note = sign_checkpoint(point, key.private_key);
};

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

}  // namespace

TEST_CASE("the key id is that of the C2SP signed-note example") {
  // C2SP signed-note and Go's x/mod/sumdb/note: the verifier key of sum.golang.org.
  const auto bytes = unbase64("Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8").value();
  REQUIRE(bytes[0] == 0x01);
  const auto key = fixed<PublicKey>(View(bytes).subspan(1)).value();
  CHECK(hex(note_key_id("sum.golang.org", key)) == "033de0ae");
  CHECK(note_verifier_key("sum.golang.org", key) ==
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8");
}

TEST_CASE("a checkpoint reads back and verifies under its origin and key alone") {
  const Signed given;
  CHECK(verify_checkpoint(given.note, origin, given.key.public_key) == given.point);
  CHECK(print(parse_checkpoint(given.note).value()) == given.note);
  CHECK_FALSE(verify_checkpoint(given.note, origin + "x", given.key.public_key));
  CHECK_FALSE(verify_checkpoint(given.note, origin, signing_generate().public_key));
}

TEST_CASE("a cosignature of somebody else stands beside the log's and is not judged") {
  const Signed given;
  auto parsed = parse_checkpoint(given.note).value();
  parsed.signatures.push_back({"witness.example", NoteKeyId{{1, 2, 3, 4}}, Bytes(72, 9)});
  CHECK(verify_checkpoint(print(parsed), origin, given.key.public_key) == given.point);
  parsed.signatures.erase(parsed.signatures.begin());
  CHECK_FALSE(verify_checkpoint(print(parsed), origin, given.key.public_key));
}

TEST_CASE("a changed size, root or signature spoils the checkpoint") {
  const Signed given;
  CHECK_FALSE(verify_checkpoint(replaced(given.note, "\n20\n", "\n21\n"), origin, given.key.public_key));
  auto parsed = parse_checkpoint(given.note).value();
  parsed.checkpoint.root.bytes[0] ^= 1;
  CHECK_FALSE(verify_checkpoint(print(parsed), origin, given.key.public_key));
  parsed = parse_checkpoint(given.note).value();
  parsed.signatures[0].signature[0] ^= 1;
  CHECK_FALSE(verify_checkpoint(print(parsed), origin, given.key.public_key));
  parsed = parse_checkpoint(given.note).value();
  parsed.signatures[0].signature.pop_back();
  CHECK_FALSE(verify_checkpoint(print(parsed), origin, given.key.public_key));
}

TEST_CASE("a checkpoint has exactly three body lines and one spelling") {
  const Signed given;
  const std::string root = base64(given.point.root);
  const std::string signature = given.note.substr(given.note.find("\xE2\x80\x94"));
  const std::vector<std::string> bad{
      "",
      "\n",
      given.note.substr(0, given.note.size() - 1),
      given.note + "\n",
      given.note + "x",
      replaced(given.note, "\n20\n", "\n020\n"),
      replaced(given.note, "\n20\n", "\n+20\n"),
      replaced(given.note, "\n20\n", "\n-20\n"),
      replaced(given.note, "\n20\n", "\n\n"),
      replaced(given.note, "\n20\n", "\n9007199254740992\n"),
      replaced(given.note, "\n20\n", "\n99999999999999999999999\n"),
      replaced(given.note, root + "\n", root + "\nextension\n"),
      replaced(given.note, root, root.substr(0, root.size() - 1)),
      replaced(given.note, root, root.substr(4)),
      replaced(given.note, root + "\n\n", root + "\n"),
      replaced(given.note, root + "\n", root + "\r\n"),
      replaced(given.note, origin + "\n20", "\n20"),
      replaced(given.note, origin + "\n20", "has space\n20"),
      replaced(given.note, signature, ""),
      replaced(given.note, signature, "- " + signature.substr(4)),
      replaced(given.note, signature, "\xE2\x80\x94 " + origin + " AAAA\n"),
      replaced(given.note, signature, "\xE2\x80\x94 " + origin + "\n"),
      std::string(note_bytes_max + 1, 'x'),
  };
  for (const auto& text : bad) {
    INFO(text);
    CHECK_FALSE(parse_checkpoint(text));
  }
  std::string many = given.note;
  for (std::size_t i = 0; i < note_signatures_max; ++i) many += signature;
  CHECK_FALSE(parse_checkpoint(many));
}
