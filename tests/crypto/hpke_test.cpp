#include "crypto/hpke.hpp"

#include "tests/crypto/vectors.hpp"

using namespace kasane::crypto;
using vectors::fixed_of;
using vectors::from_hex_text;

namespace {

bool ours(const nlohmann::json& vector) {
  return vector.at("mode") == 0 && vector.at("kem_id") == 0x0020 && vector.at("kdf_id") == 1 &&
         vector.at("aead_id") == 3;
}

/// All that RFC 9180 prints of one set-up: keys, secret, ciphertexts in their order, exports.
void check_vector(const nlohmann::json& vector, const char* plaintext_name, const char* ciphertext_name) {
  const auto ephemeral = kem_derive(from_hex_text(vector.at("ikmE")));
  const auto recipient = kem_derive(from_hex_text(vector.at("ikmR")));
  CHECK(hex(ephemeral.private_key.expose()) == vector.at("skEm"));
  CHECK(hex(ephemeral.public_key) == vector.at("pkEm"));
  CHECK(hex(recipient.private_key.expose()) == vector.at("skRm"));
  const auto made = kem_encapsulate(recipient.public_key, ephemeral);
  REQUIRE(made);
  CHECK(hex(made->enc) == vector.at("enc"));
  CHECK(hex(made->shared_secret.expose()) == vector.at("shared_secret"));
  const auto found = kem_decapsulate(fixed_of<KemPublicKey>(vector.at("enc")), recipient);
  REQUIRE(found);
  CHECK(hex(found->expose()) == vector.at("shared_secret"));

  HpkeContext sender(made->shared_secret, from_hex_text(vector.at("info")));
  HpkeContext receiver(*found, from_hex_text(vector.at("info")));
  std::uint64_t sequence = 0;
  for (const auto& one : vector.at("encryptions")) {
    // The RFC prints only some numbers of the sequence: the ones between are spent.
    const auto wanted = one.value("sequence_number", sequence);
    for (; sequence < wanted; ++sequence) REQUIRE(receiver.open({}, sender.seal({}, {}).value()));
    const Bytes sealed = sender.seal(from_hex_text(one.at("aad")), from_hex_text(one.at(plaintext_name))).value();
    CHECK(hex(sealed) == one.at(ciphertext_name));
    CHECK(receiver.open(from_hex_text(one.at("aad")), sealed) == from_hex_text(one.at(plaintext_name)));
    ++sequence;
  }
  for (const auto& one : vector.at("exports")) {
    const auto context = from_hex_text(one.at("exporter_context"));
    CHECK(hex(sender.secret_export(context, one.at("L").get<std::size_t>()).value()) == one.at("exported_value"));
  }
}

}  // namespace

TEST_CASE("HPKE gives the first values of RFC 9180 A.2.1") {
  const auto recipient = kem_derive(*unhex("1ac01f181fdf9f352797655161c58b75c656a6cc2716dcb66372da835542e1df"));
  const auto ephemeral = kem_derive(*unhex("909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b"));
  const auto sealed =
      hpke_seal_with(recipient.public_key, ephemeral, *unhex("4f6465206f6e2061204772656369616e2055726e"),
                     *unhex("436f756e742d30"), *unhex("4265617574792069732074727574682c20747275746820626561757479"));
  CHECK(hex(sealed.value()) ==
        "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"
        "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28");
}

TEST_CASE("HPKE gives every value of RFC 9180 A.2 in base mode") {
  const auto file = vectors::load(vectors::shared("hpke/rfc9180_x25519_hkdfsha256_chacha20poly1305_base_auth.json"));
  if (!file) return;
  int checked = 0;
  for (const auto& vector : *file) {
    if (!ours(vector)) continue;
    check_vector(vector, "pt", "ct");
    ++checked;
  }
  CHECK(checked == 1);
}

TEST_CASE("HPKE gives 257 ciphertexts in their order") {
  const auto file =
      vectors::load(vectors::shared("hpke/draft08_x25519_hkdfsha256_chacha20poly1305_base_auth_257.json"));
  if (!file) return;
  int checked = 0;
  for (const auto& vector : *file) {
    if (!ours(vector)) continue;
    check_vector(vector, "plaintext", "ciphertext");
    CHECK(vector.at("encryptions").size() == 257);
    ++checked;
  }
  CHECK(checked == 1);
}

TEST_CASE("HPKE agrees with the vectors that Debian ships with CIRCL") {
  const auto file = vectors::load(vectors::circl);
  if (!file) return;
  int checked = 0;
  for (const auto& vector : *file) {
    if (!ours(vector)) continue;
    check_vector(vector, "plaintext", "ciphertext");
    ++checked;
  }
  CHECK(checked == 1);
}

TEST_CASE("a sealed text opens for its recipient, info and aad alone") {
  const auto recipient = kem_generate();
  const auto sealed = hpke_seal(recipient.public_key, view("info"), view("aad"), view("text")).value();
  CHECK(text(hpke_open(recipient, view("info"), view("aad"), sealed).value()) == "text");
  CHECK_FALSE(hpke_open(kem_generate(), view("info"), view("aad"), sealed));
  CHECK_FALSE(hpke_open(recipient, view("other"), view("aad"), sealed));
  CHECK_FALSE(hpke_open(recipient, view("info"), view("other"), sealed));
  for (std::size_t length = 0; length < sealed.size(); ++length) {
    CHECK_FALSE(hpke_open(recipient, view("info"), view("aad"), View(sealed).first(length)));
  }
}

TEST_CASE("nothing is sealed to a key of small order") {
  CHECK_FALSE(hpke_seal(KemPublicKey{}, view("info"), view("aad"), view("text")));
  Bytes sealed(32 + 16 + 4, 0);
  CHECK_FALSE(hpke_open(kem_generate(), view("info"), view("aad"), sealed));
}
