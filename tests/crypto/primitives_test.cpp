#include <type_traits>

#include "crypto/aead.hpp"
#include "crypto/hkdf.hpp"
#include "crypto/kem.hpp"
#include "crypto/sha256.hpp"
#include "tests/crypto/vectors.hpp"

using namespace kasane::crypto;
using vectors::fixed_of;
using vectors::from_hex_text;

static_assert(!std::is_copy_constructible_v<ContentKey> && !std::is_copy_assignable_v<ContentKey>);
static_assert(std::is_nothrow_move_constructible_v<ContentKey>);

TEST_CASE("a secret that has moved away leaves zeros behind") {
  auto first = ContentKey::from(Bytes(32, 0x5a)).value();
  const ContentKey second = std::move(first);
  CHECK(bytes_of(second.expose()) == Bytes(32, 0x5a));
  CHECK(bytes_of(first.expose()) == Bytes(32, 0));  // NOLINT(bugprone-use-after-move): what is left is the point
  CHECK_FALSE(ContentKey::from(Bytes(31, 0)));
}

TEST_CASE("SHA-256 gives the values of FIPS 180-2") {
  CHECK(hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_joined({view("a"), view(""), view("bc")}) == sha256("abc"));
}

TEST_CASE("HKDF gives the values of RFC 5869 A.1 and A.3") {
  Bytes okm(42);
  REQUIRE(hkdf_expand(hkdf_extract(*unhex("000102030405060708090a0b0c"), Bytes(22, 0x0b)),
                      *unhex("f0f1f2f3f4f5f6f7f8f9"), okm));
  CHECK(hex(okm) == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  REQUIRE(hkdf_expand(hkdf_extract({}, Bytes(22, 0x0b)), {}, okm));
  CHECK(hex(okm) == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST_CASE("HKDF refuses more than 255 blocks and leaves nothing behind") {
  Bytes out(255 * 32 + 1, 0xff);
  CHECK_FALSE(hkdf_expand(hkdf_extract({}, {}), {}, out));
  CHECK(out == Bytes(out.size(), 0));
}

TEST_CASE("ChaCha20-Poly1305 gives the value of RFC 8439 2.8.2") {
  const Bytes key = *unhex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
  const auto nonce = *from_hex<ShortNonce>("070000004041424344454647");
  const Bytes aad = *unhex("50515253c0c1c2c3c4c5c6c7");
  const std::string plain =
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be "
      "it.";
  const Bytes sealed = chacha_seal(key, nonce, aad, view(plain));
  CHECK(hex(View(sealed).last(16)) == "1ae10b594f09e26a7e902ecbd0600691");
  CHECK(text(chacha_open(key, nonce, aad, sealed).value()) == plain);
}

TEST_CASE("no bit of a ciphertext, its tag, nonce or associated data can change") {
  const Bytes key(32, 7);
  const LongNonce nonce{};
  const Bytes aad = bytes_of(view("aad"));
  Bytes sealed = xchacha_seal(key, nonce, aad, view("text"));
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    sealed[bit / 8] = static_cast<std::uint8_t>(sealed[bit / 8] ^ (1U << (bit % 8)));
    CHECK_FALSE(xchacha_open(key, nonce, aad, sealed));
    sealed[bit / 8] = static_cast<std::uint8_t>(sealed[bit / 8] ^ (1U << (bit % 8)));
  }
  CHECK(xchacha_open(key, nonce, aad, sealed));
  CHECK_FALSE(xchacha_open(key, nonce, view("aae"), sealed));
  CHECK_FALSE(xchacha_open(key, LongNonce{{1}}, aad, sealed));
  CHECK_FALSE(xchacha_open(key, nonce, aad, View(sealed).first(15)));
}

TEST_CASE("X25519 gives the values of RFC 7748 6.1") {
  const auto alice = kem_from_private(
      KemPrivateKey::from(*unhex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")).value());
  const auto bob = kem_from_private(
      KemPrivateKey::from(*unhex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")).value());
  CHECK(hex(alice.public_key) == "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
  CHECK(hex(bob.public_key) == "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
  const char* shared = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";
  CHECK(hex(x25519(alice.private_key, bob.public_key).value().expose()) == shared);
  CHECK(hex(x25519(bob.private_key, alice.public_key).value().expose()) == shared);
}

TEST_CASE("a KEM key of small order or beyond the prime is refused") {
  const char* bad[] = {"0000000000000000000000000000000000000000000000000000000000000000",
                       "0100000000000000000000000000000000000000000000000000000000000000",
                       "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                       "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                       "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                       "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                       "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                       "efffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                       "0900000000000000000000000000000000000000000000000000000000000080"};
  for (const char* key : bad) {
    INFO(key);
    CHECK_FALSE(acceptable(*from_hex<KemPublicKey>(key)));
  }
  for (int i = 0; i < 50; ++i) CHECK(acceptable(kem_generate().public_key));
}

TEST_CASE("Wycheproof agrees on HMAC-SHA-256") {
  const auto file = vectors::load(vectors::shared("wycheproof/hmac_sha256_test.json"));
  if (!file) return;
  int checked = 0;
  for (const auto& group : file->at("testGroups")) {
    const auto tag_bytes_wanted = group.at("tagSize").get<std::size_t>() / 8;
    for (const auto& test : group.at("tests")) {
      INFO("case " << test.at("tcId"));
      std::array<std::uint8_t, 32> mac{};
      hmac_sha256(from_hex_text(test.at("key")), {from_hex_text(test.at("msg"))}, mac);
      CHECK((bytes_of(View(mac).first(tag_bytes_wanted)) == from_hex_text(test.at("tag"))) ==
            (test.at("result") == "valid"));
      ++checked;
    }
  }
  CHECK(checked == file->at("numberOfTests"));
}

TEST_CASE("Wycheproof agrees on HKDF-SHA-256") {
  const auto file = vectors::load(vectors::shared("wycheproof/hkdf_sha256_test.json"));
  if (!file) return;
  int checked = 0;
  for (const auto& group : file->at("testGroups")) {
    for (const auto& test : group.at("tests")) {
      INFO("case " << test.at("tcId"));
      Bytes okm(test.at("size").get<std::size_t>());
      const bool done = hkdf_expand(hkdf_extract(from_hex_text(test.at("salt")), from_hex_text(test.at("ikm"))),
                                    from_hex_text(test.at("info")), okm);
      CHECK(done == (test.at("result") == "valid"));
      if (done) CHECK(okm == from_hex_text(test.at("okm")));
      ++checked;
    }
  }
  CHECK(checked == file->at("numberOfTests"));
}

TEST_CASE("Wycheproof agrees on X25519, and a shared secret of zero is refused") {
  const auto file = vectors::load(vectors::shared("wycheproof/x25519_test.json"));
  if (!file) return;
  int checked = 0;
  for (const auto& group : file->at("testGroups")) {
    for (const auto& test : group.at("tests")) {
      INFO("case " << test.at("tcId"));
      const auto private_key = KemPrivateKey::from(from_hex_text(test.at("private"))).value();
      const auto shared = x25519(private_key, fixed_of<KemPublicKey>(test.at("public")));
      const bool zero = test.at("shared") == std::string(64, '0');
      CHECK(shared.has_value() == !zero);
      if (shared) CHECK(bytes_of(shared->expose()) == from_hex_text(test.at("shared")));
      if (zero) CHECK_FALSE(acceptable(fixed_of<KemPublicKey>(test.at("public"))));
      ++checked;
    }
  }
  CHECK(checked == file->at("numberOfTests"));
}

template <class NonceType, class Seal, class Open>
static void check_aead(const nlohmann::json& file, Seal seal, Open open) {
  int checked = 0;
  for (const auto& group : file.at("testGroups")) {
    for (const auto& test : group.at("tests")) {
      INFO("case " << test.at("tcId"));
      ++checked;
      const auto nonce = fixed<NonceType>(from_hex_text(test.at("iv")));
      if (!nonce) {
        CHECK(test.at("result") == "invalid");  // a nonce of another length cannot even be said
        continue;
      }
      const Bytes key = from_hex_text(test.at("key"));
      const Bytes aad = from_hex_text(test.at("aad"));
      const Bytes sealed = joined({from_hex_text(test.at("ct")), from_hex_text(test.at("tag"))});
      const auto opened = open(key, *nonce, aad, sealed);
      CHECK(opened.has_value() == (test.at("result") == "valid"));
      if (!opened) continue;
      CHECK(*opened == from_hex_text(test.at("msg")));
      CHECK(seal(key, *nonce, aad, *opened) == sealed);
    }
  }
  CHECK(checked == file.at("numberOfTests"));
}

TEST_CASE("Wycheproof agrees on ChaCha20-Poly1305") {
  const auto file = vectors::load(vectors::shared("wycheproof/chacha20_poly1305_test.json"));
  if (file) check_aead<ShortNonce>(*file, chacha_seal, chacha_open);
}

TEST_CASE("Wycheproof agrees on XChaCha20-Poly1305") {
  const auto file = vectors::load(vectors::shared("wycheproof/xchacha20_poly1305_test.json"));
  if (file) check_aead<LongNonce>(*file, xchacha_seal, xchacha_open);
}
