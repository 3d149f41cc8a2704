#include "crypto/signature.hpp"

#include "crypto/random.hpp"
#include "tests/crypto/vectors.hpp"

using namespace kasane::crypto;

TEST_CASE("Ed25519 gives the values of RFC 8032 7.1") {
  const auto pair =
      signing_from_seed(Seed::from(*unhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")).value());
  CHECK(hex(pair.public_key) == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  CHECK(hex(sign(pair.private_key, {})) ==
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe"
        "24655141438e7a"
        "100b");
  CHECK(public_key_of(pair.private_key) == pair.public_key);
  CHECK(signing_from_seed(seed_of(pair.private_key)).public_key == pair.public_key);
}

TEST_CASE("Wycheproof agrees on Ed25519, malleable and mangled signatures included") {
  const auto file = vectors::load(vectors::shared("wycheproof/ed25519_test.json"));
  if (!file) return;
  int checked = 0;
  for (const auto& group : file->at("testGroups")) {
    const auto key = vectors::fixed_of<PublicKey>(group.at("publicKey").at("pk"));
    for (const auto& test : group.at("tests")) {
      INFO("case " << test.at("tcId"));
      const auto signature = fixed<Signature>(vectors::from_hex_text(test.at("sig")));
      CHECK((signature && verify(key, vectors::from_hex_text(test.at("msg")), *signature)) ==
            (test.at("result") == "valid"));
      ++checked;
    }
  }
  CHECK(checked == file->at("numberOfTests"));
}

TEST_CASE("Ed25519 agrees with the 1,024 signatures that Debian ships with python3-cryptography") {
  const std::string path = vectors::pyca + "asymmetric/Ed25519/sign.input";
  if (!vectors::present(path)) return;
  std::ifstream file(path);
  int checked = 0;
  // Each line: private key ‖ public key : public key : message : signature ‖ message :
  for (std::string line; std::getline(file, line);) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0, end; (end = line.find(':', begin)) != std::string::npos; begin = end + 1) {
      parts.push_back(line.substr(begin, end - begin));
    }
    REQUIRE(parts.size() == 4);
    const auto pair = signing_from_seed(Seed::from(*unhex(parts[0].substr(0, 64))).value());
    const Bytes message = *unhex(parts[2]);
    CHECK(hex(pair.public_key) == parts[1]);
    CHECK(hex(sign(pair.private_key, message)) == parts[3].substr(0, 128));
    ++checked;
  }
  CHECK(checked == 1024);
}

TEST_CASE("a signing key of small order, not canonical or off the curve is refused") {
  const char* bad[] = {"0000000000000000000000000000000000000000000000000000000000000000",
                       "0100000000000000000000000000000000000000000000000000000000000000",
                       "0100000000000000000000000000000000000000000000000000000000000080",
                       "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                       "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                       "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                       "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                       "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                       "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                       "0200000000000000000000000000000000000000000000000000000000000000"};
  for (const char* key : bad) {
    INFO(key);
    CHECK_FALSE(acceptable(*from_hex<PublicKey>(key)));
  }
  for (int i = 0; i < 50; ++i) CHECK(acceptable(signing_generate().public_key));
}

TEST_CASE("a key of small order verifies nothing") {
  Signature zero;
  zero.bytes[0] = 1;  // R = the neutral point, S = 0: would hold for every message under a key of small order
  const auto neutral = *from_hex<PublicKey>("0100000000000000000000000000000000000000000000000000000000000000");
  CHECK_FALSE(verify(neutral, view("any"), zero));
}
