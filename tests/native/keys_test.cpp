#include "server/native/keys.hpp"

#include <catch2/catch.hpp>

#include "crypto/random.hpp"

using namespace kasane;
using namespace kasane::native;

namespace {

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

}  // namespace

TEST_CASE("a seed in an address gives the same device again") {
  const auto seed = crypto::random_secret<crypto::Seed>();
  const std::string text = print_seed(seed);
  CHECK(text.size() == 43);
  CHECK(crypto::device_from_seed(parse_seed(text).value()).id == crypto::device_from_seed(seed).id);
  CHECK_FALSE(parse_seed(text.substr(1)));
  CHECK_FALSE(parse_seed(text + "="));
  CHECK_FALSE(parse_seed(""));
}

TEST_CASE("a bundle that a device shows reads back whole") {
  const auto device = crypto::device_generate();
  const auto bundle = crypto::public_bundle(device);
  CHECK(parse_bundle(print_bundle(bundle)) == bundle);
}

TEST_CASE("a bundle with another id, proof, key or shape is refused") {
  const auto device = crypto::device_generate();
  const auto other = crypto::device_generate();
  const std::string good = print_bundle(crypto::public_bundle(device));
  CHECK_FALSE(parse_bundle(replaced(good, device.id, other.id)));
  CHECK_FALSE(
      parse_bundle(replaced(good, crypto::base64(device.kem.public_key), crypto::base64(other.kem.public_key))));
  CHECK_FALSE(parse_bundle(
      replaced(good, crypto::base64(device.signing.public_key), crypto::base64(other.signing.public_key))));
  CHECK_FALSE(parse_bundle(replaced(good, "\"v\":1", "\"v\":2")));
  CHECK_FALSE(parse_bundle(replaced(good, "\"v\":1", "\"v\":1,\"more\":1")));
  CHECK_FALSE(parse_bundle(replaced(good, "\"suite\":1", "\"suite\":65537")));
  CHECK_FALSE(parse_bundle(replaced(good, "\"suite\":1", "\"suite\":-1")));
  CHECK_FALSE(parse_bundle("{}"));
  CHECK_FALSE(parse_bundle(""));
  CHECK_FALSE(parse_bundle(good + good));
}

TEST_CASE("a device.add body gives the recipient's key, with and without the directory's wrap") {
  const auto device = crypto::device_generate();
  const auto bundle = crypto::public_bundle(device);
  const auto wrap = crypto::random_value<crypto::Hash>();
  CHECK_FALSE(read_device_body(device_body(bundle), device.id).value().directory_wrap);
  CHECK(read_device_body(device_body(bundle, wrap), device.id).value().directory_wrap == wrap);
  CHECK(recipient_from(device_body(bundle, wrap), device.id).value().kem == device.kem.public_key);
  CHECK_FALSE(read_device_body(device_body(bundle), crypto::device_generate().id));
  auto body = device_body(bundle);
  body.add("wrap", "not a hash");
  CHECK_FALSE(read_device_body(body, device.id));
}
