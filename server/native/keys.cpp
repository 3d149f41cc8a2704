#include "server/native/keys.hpp"

#include "server/native/member.hpp"

namespace kasane::native {

namespace {

constexpr std::int64_t bundle_version = 1;
constexpr std::size_t bundle_bytes_max = 64 * 1024;
constexpr std::size_t kem_keys_max = 8;

void add_keys(wire::Json& object, const crypto::PublicBundle& bundle) {
  wire::Json kem = wire::Json::array();
  for (const auto& key : bundle.kem) {
    wire::Json one = wire::Json::object();
    one.add("suite", static_cast<std::int64_t>(key.suite));
    one.add("pk", crypto::base64(key.public_key));
    kem.push(std::move(one));
  }
  object.add("sign", crypto::base64(bundle.sign));
  object.add("kem", std::move(kem));
  object.add("proof", crypto::base64(bundle.proof));
}

std::optional<crypto::KemKey> read_kem_key(const wire::Json& value) {
  const auto suite = count_member(value, "suite");
  auto bytes = bytes_member(value, "pk");
  if (!has_only(value, {"suite", "pk"}) || !suite || *suite > 0xffff || !bytes) return std::nullopt;
  return crypto::KemKey{static_cast<std::uint16_t>(*suite), std::move(*bytes)};
}

std::optional<crypto::PublicBundle> read_keys(const wire::Json& object) {
  const auto sign = base64_member<crypto::PublicKey>(object, "sign");
  const auto proof = base64_member<crypto::Signature>(object, "proof");
  const wire::Json* kem = object.find("kem");
  if (!sign || !proof || kem == nullptr || !kem->is_array() || kem->elements().size() > kem_keys_max) {
    return std::nullopt;
  }
  crypto::PublicBundle bundle{*sign, {}, *proof};
  for (const auto& value : kem->elements()) {
    auto key = read_kem_key(value);
    if (!key) return std::nullopt;
    bundle.kem.push_back(std::move(*key));
  }
  return bundle;
}

}  // namespace

Recipient recipient_of(const crypto::Device& device) { return {device.id, device.kem.public_key}; }

std::string print_seed(const crypto::Seed& seed) { return crypto::base64url(seed.expose()); }

std::optional<crypto::Seed> parse_seed(std::string_view text) {
  auto bytes = crypto::unbase64url(text);
  if (!bytes) return std::nullopt;
  auto seed = crypto::Seed::from(*bytes);
  crypto::wipe(bytes->data(), bytes->size());
  return seed;
}

std::string print_bundle(const crypto::PublicBundle& bundle) {
  wire::Json object = wire::Json::object();
  object.add("v", bundle_version);
  object.add("device", crypto::device_id(bundle.sign, bundle.kem));
  add_keys(object, bundle);
  return wire::print_json(object);
}

std::optional<crypto::PublicBundle> parse_bundle(std::string_view text) {
  const auto object = wire::read_json(text, {.bytes = bundle_bytes_max});
  if (!object || !has_only(*object, {"v", "device", "sign", "kem", "proof"})) return std::nullopt;
  const auto device = text_member(*object, "device");
  auto bundle = read_keys(*object);
  if (count_member(*object, "v") != bundle_version || !device || !bundle) return std::nullopt;
  if (crypto::verify_bundle(*bundle) != *device) return std::nullopt;
  return bundle;
}

wire::Json device_body(const crypto::PublicBundle& bundle, const std::optional<crypto::Hash>& directory_wrap) {
  wire::Json body = wire::Json::object();
  add_keys(body, bundle);
  if (directory_wrap) body.add("wrap", crypto::hex(*directory_wrap));
  return body;
}

std::optional<crypto::PublicBundle> read_bundle(const wire::Json& keys) {
  auto bundle = has_only(keys, {"sign", "kem", "proof"}) ? read_keys(keys) : std::nullopt;
  if (!bundle || !crypto::verify_bundle(*bundle)) return std::nullopt;
  return bundle;
}

std::optional<DeviceBody> read_device_body(const wire::Json& body, std::string_view device) {
  if (!has_only(body, {"sign", "kem", "proof", "wrap"})) return std::nullopt;
  auto bundle = read_keys(body);
  if (!bundle || crypto::verify_bundle(*bundle) != std::string(device)) return std::nullopt;
  const auto wrap = hex_member<crypto::Hash>(body, "wrap");
  if (body.find("wrap") != nullptr && !wrap) return std::nullopt;
  return DeviceBody{std::move(*bundle), wrap};
}

std::optional<Recipient> recipient_from(const wire::Json& device_add_body, std::string_view device) {
  const auto body = read_device_body(device_add_body, device);
  const auto kem = body ? crypto::x25519_key(body->bundle) : std::nullopt;
  if (!kem) return std::nullopt;
  return Recipient{std::string(device), *kem};
}

}  // namespace kasane::native
