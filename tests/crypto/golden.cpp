#include "tests/crypto/golden.hpp"

#include "crypto/device.hpp"
#include "crypto/envelope.hpp"
#include "crypto/leaf.hpp"
#include "crypto/merkle.hpp"
#include "crypto/names.hpp"
#include "crypto/note.hpp"
#include "crypto/padding.hpp"
#include "crypto/record_body.hpp"
#include "crypto/sha256.hpp"
#include "crypto/signed_input.hpp"
#include "crypto/talk.hpp"
#include "crypto/wrap.hpp"
#include "crypto/wraps_root.hpp"

namespace kasane::crypto::golden {

namespace {

using Json = nlohmann::ordered_json;

/// first, first+1, …: recognisable bytes for a fixed input.
Bytes run(std::uint8_t first, std::size_t count) {
  Bytes bytes(count);
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::uint8_t>(first + i);
  return bytes;
}
template <class T>
T value(std::uint8_t first) {
  return *fixed<T>(run(first, T::size));
}
template <class T>
T secret(std::uint8_t first) {
  return *T::from(run(first, T::size));
}

const std::string origin = "kasane.example/0123456789abcdef";
const std::string founding =
    R"({"payload":"e30=","payloadType":"application/vnd.kasane.statement.v1+json","signatures":[]})";
std::string log() { return log_name(origin, founding); }
Device alice() { return device_from_seed(secret<Seed>(0x00)); }
Device bob() { return device_from_seed(secret<Seed>(0x40)); }

Json encodings() {
  const Bytes bytes = run(0xf8, 11);
  return {{"bytes", hex(bytes)},
          {"base64", base64(bytes)},
          {"base64url", base64url(bytes)},
          {"base32", base32(bytes)},
          {"prefixed",
           {{"parts", {hex(view("kasane/use/v1")), "", hex(bytes)}},
            {"bytes", hex(prefixed({view("kasane/use/v1"), View{}, bytes}))}}},
          {"hash", hex(sha256_prefixed({view("kasane/use/v1"), View{}, bytes}))}};
}

Json derivations() {
  const Bytes from = run(0x10, 32);
  Json out{{"ikm", hex(from)}};
  for (const char* label : {"kasane/seed-sign/v1", "kasane/seed-kem/v1", "kasane/record-key/v1",
                            "kasane/record-commitment/v1", "kasane/epoch-commitment/v1"}) {
    out[label] = hex(derive_public(from, view(label)));
  }
  out["sender"] = {{"device", alice().id},
                   {"session", hex(value<Nonce>(0x20))},
                   {"key", hex(sender_key(secret<EpochSecret>(0x10), alice().id, value<Nonce>(0x20)).expose())}};
  return out;
}

Json device() {
  const Device device = alice();
  const PublicBundle bundle = public_bundle(device);
  Json shown{{"v", 1},
             {"device", device.id},
             {"sign", base64(bundle.sign)},
             {"kem", Json::array({{{"suite", 1}, {"pk", base64(device.kem.public_key)}}})},
             {"proof", base64(bundle.proof)}};
  return {{"seed", base64url(run(0x00, 32))},  {"sign", hex(bundle.sign)},
          {"kem", hex(device.kem.public_key)}, {"device", device.id},
          {"proof", hex(bundle.proof)},        {"bundle", shown.dump()}};
}

Json envelopes() {
  const Device first = alice();
  const Device second = bob();
  const std::string payload = R"({"v":1,"text":"重ね"})";
  Envelope envelope = sign_envelope(payload, first.id, first.signing.private_key);
  const std::string one = print(envelope);
  (void)countersign(envelope, second.id, second.signing.private_key);
  return {{"payload", payload},
          {"first", {{"device", first.id}, {"sign", hex(first.signing.public_key)}}},
          {"second", {{"device", second.id}, {"sign", hex(second.signing.public_key)}}},
          {"pae", hex(pre_authentication(payload))},
          {"one", one},
          {"one_hash", hex(sha256(one))},
          {"two", print(envelope)}};
}

Json leaves() {
  const auto salt = value<Salt>(0x70);
  const Leaf leaf{1'790'000'000'123, unit_tag(salt, "item/i-abc"), 7, value<Hash>(0x80), sha256(founding)};
  return {{"salt", hex(salt)},
          {"unit", "item/i-abc"},
          {"tag", hex(leaf.unit)},
          {"time_ms", leaf.time_ms},
          {"position", leaf.position},
          {"previous", hex(leaf.previous)},
          {"envelope", hex(leaf.envelope)},
          {"bytes", hex(encode(leaf))},
          {"hash", hex(hash_of(leaf))},
          {"origin", origin},
          {"founding_envelope", founding},
          {"log", log()}};
}

Json hexes(const std::vector<Hash>& hashes) {
  Json out = Json::array();
  for (const auto& hash : hashes) out.push_back(hex(hash));
  return out;
}

Json merkle() {
  Tree tree;
  Json roots = Json::array({hex(empty_root())});
  for (std::uint8_t i = 0; i < 11; ++i) {
    tree.append(leaf_hash(View(&i, 1)));
    roots.push_back(hex(tree.root()));
  }
  return {{"leaves", "one byte each: 00, 01, … 0a"},
          {"roots", roots},
          {"frontier_11", hexes(tree.frontier(11).edges())},
          {"inclusion_5_of_11", hexes(*tree.inclusion(5, 11))},
          {"consistency_6_to_11", hexes(*tree.consistency(6, 11))}};
}

Json checkpoint() {
  const SigningKeyPair key = signing_from_seed(secret<Seed>(0xa0));
  const Checkpoint point{origin, 4711, value<Hash>(0xc0)};
  return {{"public_key", hex(key.public_key)},
          {"origin", origin},
          {"size", point.size},
          {"root", hex(point.root)},
          {"key_id", hex(note_key_id(origin, key.public_key))},
          {"note", sign_checkpoint(point, key.private_key)},
          {"verifier_key", note_verifier_key(origin, key.public_key)}};
}

Json hpke() {
  const KemKeyPair recipient = kem_from_private(secret<KemPrivateKey>(0x11));
  const KemKeyPair ephemeral = kem_from_private(secret<KemPrivateKey>(0x55));
  const auto sealed = hpke_seal_with(recipient.public_key, ephemeral, view("info"), view("aad"), view("plaintext"));
  return {{"private_key", hex(recipient.private_key.expose())},
          {"public_key", hex(recipient.public_key)},
          {"ephemeral_private_key", hex(ephemeral.private_key.expose())},
          {"info", "info"},
          {"aad", "aad"},
          {"plaintext", "plaintext"},
          {"sealed", hex(*sealed)}};
}

Json wraps() {
  const Device to = bob();
  const Bytes key = run(0x90, 32);
  const std::string core = R"({"core":"any bytes"})";
  const auto wrap = [&](std::uint8_t ephemeral, View info, View aad) {
    const auto pair = kem_from_private(secret<KemPrivateKey>(ephemeral));
    return Json{{"ephemeral_private_key", hex(pair.private_key.expose())},
                {"info", hex(info)},
                {"aad", hex(aad)},
                {"wrap", hex(*seal_wrap_bytes(to.kem.public_key, pair, info, aad, key))}};
  };
  const Hash kc = value<Hash>(0x33);
  const auto nonce = value<Nonce>(0x44);
  return {{"device", to.id},
          {"kem_private_key", hex(to.kem.private_key.expose())},
          {"key", hex(key)},
          {"core", core},
          {"log", log()},
          {"item", "i-abc"},
          {"number", 3},
          {"kc", hex(kc)},
          {"grant_nonce", hex(nonce)},
          {"record", wrap(0x21, record_wrap_info(view(core)), wrap_aad(to.id))},
          {"grant", wrap(0x22, record_wrap_info(view(core)), grant_aad(to.id, nonce))},
          {"directory", wrap(0x23, directory_wrap_info(log()), wrap_aad(to.id))},
          {"epoch", wrap(0x24, epoch_wrap_info(log(), "i-abc", 3, kc), wrap_aad(to.id))}};
}

Json wraps_roots() {
  std::vector<WrapDigest> list;
  for (std::uint8_t i = 0; i < 5; ++i)
    list.push_back({"d-" + std::string(1, static_cast<char>('e' - i)), value<Hash>(i)});
  Json shown = Json::array();
  for (const auto& wrap : list) shown.push_back({wrap.device, hex(wrap.digest)});
  const WrapPath path = *wrap_path(list, "d-c");
  return {{"list", shown},
          {"root", hex(*wraps_root(list))},
          {"empty_root", hex(*wraps_root({}))},
          {"of", "d-c"},
          {"position", path.position},
          {"leaves", path.leaves},
          {"path", hexes(path.path)}};
}

Json record() {
  const auto key = secret<ContentKey>(0x10);
  const auto blinding = value<Blinding>(0x50);
  const auto nonce = value<LongNonce>(0x60);
  const std::string content = R"({"v":1,"title":"家計の相談","text":"家賃の滞納が三か月ある。"})";
  const Hash kc = key_commitment(key);
  const Hash pc = content_commitment(blinding, view(content));
  const Json core{
      {"log", log()},
      {"record", "r-abc"},
      {"case", "c-abc"},
      {"item", "i-abc"},
      {"label",
       {{"subjects", {"s-abc"}}, {"categories", {"FIN"}}, {"kind", "FACT"}, {"agency", "a-abc"}, {"origin", "INTAKE"}}},
      {"suite", 1},
      {"kc", hex(kc)},
      {"pc", hex(pc)},
      {"device", alice().id},
      {"seen", {{"size", 12}, {"root", hex(value<Hash>(0x01))}}},
      {"rules", 1}};
  const std::string core_text = core.dump();
  const Bytes sealed = seal_record(key, view(core_text), blinding, nonce, view(content));
  return {
      {"key", hex(key.expose())}, {"blinding", hex(blinding)},           {"nonce", hex(nonce)},    {"content", content},
      {"core", core_text},        {"core_hash", hex(sha256(core_text))}, {"kc", hex(kc)},          {"pc", hex(pc)},
      {"sealed", hex(sealed)},    {"digest", hex(sha256(View(sealed)))}, {"length", sealed.size()}};
}

Json padme_table() {
  Json out = Json::array();
  for (const std::size_t length :
       {0,   1,   2,   3,   7,   8,   9,    15,   16,   17,   31,   33,    63,    65,    100,    127,    128,
        129, 255, 256, 257, 511, 513, 1000, 1024, 1025, 4095, 4097, 10000, 65535, 65537, 262143, 1048577}) {
    out.push_back({length, padme(length)});
  }
  return out;
}

Json talk() {
  const Device sender = alice();
  const auto secret_ = secret<EpochSecret>(0xb0);
  const auto session = value<Nonce>(0x05);
  FrameSealer sealer(secret_, {log(), "i-abc", 3, sender.id}, session);
  const std::string first = R"({"v":1,"text":"始めます"})";
  const std::string second = R"({"v":1,"type":"typing"})";
  return {{"secret", hex(secret_.expose())},
          {"kc", hex(epoch_commitment(secret_))},
          {"log", log()},
          {"item", "i-abc"},
          {"epoch", 3},
          {"device", sender.id},
          {"seed", base64url(run(0x00, 32))},
          {"sign", hex(sender.signing.public_key)},
          {"session", hex(session)},
          {"frames",
           Json::array({{{"kind", 1},
                         {"counter", 0},
                         {"content", first},
                         {"frame", hex(*sealer.seal(FrameKind::message, view(first), sender.signing.private_key))}},
                        {{"kind", 2},
                         {"counter", 1},
                         {"content", second},
                         {"frame", hex(*sealer.seal(FrameKind::signal, view(second), sender.signing.private_key))}}})}};
}

Json signed_inputs() {
  const Device device = alice();
  const auto a = value<Nonce>(0x01);
  const auto b = value<Nonce>(0x02);
  const auto both = [&](View input) {
    return Json{{"input", hex(input)}, {"signature", hex(sign(device.signing.private_key, input))}};
  };
  return {{"sign", hex(device.signing.public_key)},
          {"log", log()},
          {"browser_origin", "http://localhost:8080"},
          {"server_nonce", hex(a)},
          {"client_nonce", hex(b)},
          {"time_ms", 1'790'000'000'123},
          {"person", "p-abc"},
          {"unit", "item/i-abc"},
          {"size", 4711},
          {"record", "r-abc"},
          {"device", device.id},
          {"item", "i-abc"},
          {"session", hex(b)},
          {"auth", both(auth_input(log(), "http://localhost:8080", a, b))},
          {"auth_without_origin", both(auth_input(log(), "", a, b))},
          {"time", both(time_input(log(), b, 1'790'000'000'123))},
          {"closed", both(closed_input(log(), "p-abc", "item/i-abc", 4711))},
          {"wanted", both(wanted_input(log(), "r-abc", device.id))},
          {"enter", both(enter_input(log(), "i-abc", b))},
          {"leave", both(leave_input(log(), "i-abc", b))}};
}

Json names() {
  const auto key = secret<DirectoryKey>(0x77);
  const auto nonce = value<LongNonce>(0x66);
  const std::string json = R"({"name":"架空 花子","post":"包括化推進員"})";
  const SealedName sealed = seal_name(key, log(), "p-abc", json, nonce);
  return {{"key", hex(key.expose())}, {"log", log()},          {"person", "p-abc"}, {"json", json},
          {"nonce", hex(nonce)},      {"box", hex(sealed.box)}};
}

}  // namespace

Json examples() {
  return {{"encodings", encodings()},
          {"derive", derivations()},
          {"device", device()},
          {"envelope", envelopes()},
          {"leaf", leaves()},
          {"merkle", merkle()},
          {"checkpoint", checkpoint()},
          {"hpke", hpke()},
          {"wraps", wraps()},
          {"wraps_root", wraps_roots()},
          {"record", record()},
          {"padme", padme_table()},
          {"talk", talk()},
          {"signed", signed_inputs()},
          {"names", names()}};
}

std::string file_path() { return KASANE_SOURCE_DIR "/tests/vectors/golden.json"; }

std::string file_text() { return examples().dump(1) + "\n"; }

}  // namespace kasane::crypto::golden
