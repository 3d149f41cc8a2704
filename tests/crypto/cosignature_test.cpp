#include "crypto/cosignature.hpp"

#include <catch2/catch.hpp>

#include "crypto/merkle.hpp"

using namespace kasane::crypto;

namespace {
const std::string witness = "witness.example/one";
struct Cosigned {
  SigningKeyPair log = signing_generate(), key = signing_generate();
  Checkpoint point{"town/0123456789abcdef", 7, empty_root()};
  SignedCheckpoint note = parse_checkpoint(sign_checkpoint(point, log.private_key)).value();
  Cosigned() { note.signatures.push_back(cosign(point, 1'700'000'000, witness, key.private_key)); }
};
}  // namespace

TEST_CASE("a cosignature signs the header, the time and the checkpoint's three lines") {
  const Cosigned given;
  const std::string text = "cosignature/v1\ntime 1700000000\ntown/0123456789abcdef\n7\n" + base64(empty_root()) + "\n";
  CHECK(cosigned_text(given.point, 1'700'000'000) == text);
  const auto& line = given.note.signatures[1];
  REQUIRE(line.signature.size() == 72);
  CHECK(hex(View(line.signature).first(8)) == "000000006553f100");
  CHECK(verify(given.key.public_key, view(text), *fixed<Signature>(View(line.signature).subspan(8))));
}

TEST_CASE("a cosignature's key id is of type 4, so that it is never taken for a log's signature") {
  const Cosigned given;
  CHECK(given.note.signatures[1].key_id == note_key_id(witness, given.key.public_key, NoteKeyType::cosigner));
  CHECK_FALSE(given.note.signatures[1].key_id == note_key_id(witness, given.key.public_key));
}

TEST_CASE("a cosigned note prints and reads back, still verifies for the log, and tells the cosigner's time") {
  const Cosigned given;
  const std::string text = print(given.note);
  CHECK(parse_checkpoint(text) == given.note);
  CHECK(verify_checkpoint(text, given.point.origin, given.log.public_key) == given.point);
  CHECK(cosigned_at(given.note, witness, given.key.public_key) == 1'700'000'000U);
}

TEST_CASE("the newest of a cosigner's times counts") {
  Cosigned given;
  given.note.signatures.push_back(cosign(given.point, 1'700'000'060, witness, given.key.private_key));
  CHECK(cosigned_at(given.note, witness, given.key.public_key) == 1'700'000'060U);
}

TEST_CASE("a cosignature of another checkpoint, key, name, time or length counts for nothing") {
  Cosigned given;
  given.note.signatures.reserve(3);  // `line` stays where it is when one is added
  auto& line = given.note.signatures[1];
  CHECK_FALSE(cosigned_at(given.note, witness, signing_generate().public_key));
  CHECK_FALSE(cosigned_at(given.note, "witness.example/two", given.key.public_key));
  SECTION("the time") { line.signature[7] ^= 1; }
  SECTION("the signature") { line.signature[71] ^= 1; }
  SECTION("one byte less") { line.signature.pop_back(); }
  SECTION("one byte more") { line.signature.push_back(0); }
  SECTION("another size") { given.note.checkpoint.size = 8; }
  SECTION("a time beyond every clock") {
    line = cosign(given.point, std::uint64_t{1} << 53, witness, given.key.private_key);
  }
  SECTION("a good one beside a bad one") {
    given.note.signatures.push_back(line);
    line.signature[71] ^= 1;
  }
  CHECK_FALSE(cosigned_at(given.note, witness, given.key.public_key));
}

TEST_CASE("a verifier key reads back, and one whose key id is not its own is refused") {
  const auto key = signing_generate().public_key;
  for (const auto type : {NoteKeyType::log, NoteKeyType::cosigner}) {
    const std::string text = note_verifier_key(witness, key, type);
    CHECK(parse_verifier_key(text) == VerifierKey{witness, key, type});
    std::string other = text;
    other[witness.size() + 1] = other[witness.size() + 1] == '0' ? '1' : '0';
    CHECK_FALSE(parse_verifier_key(other));
    CHECK_FALSE(parse_verifier_key(text + "\n"));
    CHECK_FALSE(parse_verifier_key(text.substr(1)));
  }
  // The verifier key of sum.golang.org, by C2SP signed-note.
  CHECK(parse_verifier_key("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"));
  CHECK_FALSE(parse_verifier_key("sum.golang.org+033de0ae+As4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"));
  CHECK_FALSE(parse_verifier_key(""));
  CHECK_FALSE(parse_verifier_key("+"));
}
