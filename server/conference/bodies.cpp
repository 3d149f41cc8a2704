#include "server/conference/bodies.hpp"

namespace kasane::conference {

namespace {

const std::string* text_of(const wire::Json& object, std::string_view name) {
  const wire::Json* value = object.find(name);
  return value == nullptr ? nullptr : value->text();
}
template <class T>
std::optional<T> hex_of(const wire::Json& object, std::string_view name) {
  const std::string* text = text_of(object, name);
  return text == nullptr ? std::nullopt : crypto::from_hex<T>(*text);
}
template <class T>
std::optional<T> base64_of(const wire::Json& object, std::string_view name) {
  const std::string* text = text_of(object, name);
  return text == nullptr ? std::nullopt : crypto::from_base64<T>(*text);
}
std::optional<std::int64_t> count_of(const wire::Json& object, std::string_view name) {
  const wire::Json* value = object.find(name);
  if (value == nullptr || value->integer() == nullptr || *value->integer() < 0) return std::nullopt;
  return *value->integer();
}
bool only(const wire::Json& object, std::initializer_list<std::string_view> names) {
  if (!object.is_object()) return false;
  for (const auto& [name, value] : object.members()) {
    bool known = false;
    for (const auto allowed : names) known = known || name == allowed;
    if (!known) return false;
  }
  return true;
}

std::optional<crypto::PublicBundle> read_keys(const wire::Json& object) {
  crypto::PublicBundle bundle;
  const auto sign = base64_of<crypto::PublicKey>(object, "sign");
  const auto proof = base64_of<crypto::Signature>(object, "proof");
  const wire::Json* kem = object.find("kem");
  if (!sign || !proof || kem == nullptr || !kem->is_array() || kem->elements().size() > 8) return std::nullopt;
  bundle.sign = *sign;
  bundle.proof = *proof;
  for (const wire::Json& key : kem->elements()) {
    const auto suite = count_of(key, "suite");
    const std::string* text = text_of(key, "pk");
    auto bytes = text != nullptr ? crypto::unbase64(*text) : std::nullopt;
    if (!only(key, {"suite", "pk"}) || !suite || *suite > 0xffff || !bytes) return std::nullopt;
    bundle.kem.push_back({static_cast<std::uint16_t>(*suite), std::move(*bytes)});
  }
  return bundle;
}

}  // namespace

std::optional<RecordBody> read_record_body(const wire::Json& body) {
  if (!only(body, {"core", "kc", "pc", "digest", "length", "wraps_root"})) return std::nullopt;
  const std::string* core = text_of(body, "core");
  const auto digest = hex_of<crypto::Hash>(body, "digest"), root = hex_of<crypto::Hash>(body, "wraps_root");
  const auto length = count_of(body, "length");
  if (core == nullptr || !crypto::unbase64(*core) || !hex_of<crypto::Hash>(body, "kc") ||
      !hex_of<crypto::Hash>(body, "pc") || !digest || !root || !length)
    return std::nullopt;
  return RecordBody{*digest, *root, *length};
}

std::optional<crypto::Hash> read_grant_body(const wire::Json& body) {
  return only(body, {"digest"}) ? hex_of<crypto::Hash>(body, "digest") : std::nullopt;
}

std::optional<MessageBody> read_message_body(const wire::Json& body) {
  const auto digest = hex_of<crypto::Hash>(body, "digest");
  const auto length = count_of(body, "length"), epoch = count_of(body, "epoch");
  if (!only(body, {"digest", "length", "epoch"}) || !digest || !length || !epoch) return std::nullopt;
  return MessageBody{*digest, *length, *epoch};
}

std::optional<EpochBody> read_epoch_body(const wire::Json& body) {
  const auto kc = hex_of<crypto::Hash>(body, "kc"), root = hex_of<crypto::Hash>(body, "wraps_root"),
             previous = hex_of<crypto::Hash>(body, "previous");
  if (!only(body, {"kc", "wraps_root", "previous"}) || !kc || !root || !previous) return std::nullopt;
  return EpochBody{*kc, *root, *previous};
}

std::optional<DeviceBody> read_device_body(const wire::Json& body, std::string_view device) {
  if (!only(body, {"sign", "kem", "proof", "wrap"})) return std::nullopt;
  auto bundle = read_keys(body);
  if (!bundle || crypto::verify_bundle(*bundle) != std::string(device)) return std::nullopt;
  DeviceBody out{std::move(*bundle), std::nullopt};
  if (body.find("wrap") != nullptr) {
    out.wrap = hex_of<crypto::Hash>(body, "wrap");
    if (!out.wrap) return std::nullopt;
  }
  return out;
}

std::optional<FoundingBody> read_founding_body(const wire::Json& body) {
  const auto log_key = base64_of<crypto::PublicKey>(body, "log_key"),
             server_key = base64_of<crypto::PublicKey>(body, "server_key");
  const wire::Json* device = body.find("device");
  const wire::Json* demo = body.find("demo");
  const auto keys = device != nullptr ? read_keys(*device) : std::nullopt;
  if (!log_key || !server_key || !keys || demo == nullptr || demo->boolean() == nullptr) return std::nullopt;
  FoundingBody out{*log_key, *server_key, keys->sign, *demo->boolean()};
  if (body.find("cosigner_key") == nullptr) return out;
  out.cosigner_key = base64_of<crypto::PublicKey>(body, "cosigner_key");
  return out.cosigner_key ? std::optional(out) : std::nullopt;
}

std::optional<std::vector<HandedKey>> read_coordinator_body(const wire::Json& body) {
  std::vector<HandedKey> keys;
  if (body.is_null()) return keys;
  if (!only(body, {"wraps"})) return std::nullopt;
  const wire::Json* wraps = body.find("wraps");
  if (wraps == nullptr) return keys;
  if (!wraps->is_array()) return std::nullopt;
  for (const wire::Json& wrap : wraps->elements()) {
    const std::string* record = text_of(wrap, "record");
    const std::string* device = text_of(wrap, "device");
    const auto digest = hex_of<crypto::Hash>(wrap, "digest");
    if (!only(wrap, {"record", "device", "digest"}) || record == nullptr || device == nullptr || !digest)
      return std::nullopt;
    keys.push_back({*record, *device, *digest});
  }
  return keys;
}

std::optional<AttendanceBody> read_attendance_body(const wire::Json& body) {
  const std::string* device = text_of(body, "device");
  const auto session = hex_of<crypto::Nonce>(body, "session");
  if (device == nullptr || !session) return std::nullopt;
  return AttendanceBody{*device, *session};
}

}  // namespace kasane::conference
