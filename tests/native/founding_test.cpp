#include "server/native/founding.hpp"

#include <catch2/catch.hpp>

#include "crypto/leaf.hpp"
#include "crypto/random.hpp"
#include "crypto/sha256.hpp"
#include "tests/native/given.hpp"

using namespace kasane;
using namespace kasane::native;

namespace {

struct Founded {
  crypto::Device device = crypto::device_generate();
  crypto::SigningKeyPair log_key = crypto::signing_generate(), server_key = crypto::signing_generate();
  crypto::DirectoryKey directory = crypto::random_secret<crypto::DirectoryKey>();
  FoundingWish wish{.origin = "kaku.example/0123456789abcdef",
                    .tenant = "kaku",
                    .person = "p-1",
                    .agency = "a-1",
                    .agency_type = policy::AgencyType::secretariat,
                    .registrar = {"架空 花子", "登録担当"},
                    .demonstration = true,
                    .log_key = log_key.public_key,
                    .server_key = server_key.public_key,
                    .at_ms = 1'790'000'000'000};
  Founding made = found(wish, device, directory).value();
};

}  // namespace

TEST_CASE("both founding entries are signed by the registrar's first device") {
  const Founded founded;
  for (const auto& text : {founded.made.tenant_found, founded.made.device_add}) {
    CHECK(crypto::verify(crypto::parse_envelope(text).value(), 0, founded.device.signing.public_key));
  }
}

TEST_CASE("the log's name binds the founding envelope, and the founding statement has the origin alone") {
  const Founded founded;
  CHECK(founded.made.log == crypto::log_name(founded.wish.origin, founded.made.tenant_found));
  CHECK(given::payload_of(founded.made.tenant_found).log == founded.wish.origin);
  CHECK(given::payload_of(founded.made.device_add).log == founded.made.log);
}

TEST_CASE("the founding body holds both server keys, the first device and whether it is a demonstration") {
  const Founded founded;
  const auto body = read_founding_body(given::payload_of(founded.made.tenant_found).body).value();
  CHECK(body.log_key == founded.log_key.public_key);
  CHECK(body.server_key == founded.server_key.public_key);
  CHECK(crypto::verify_bundle(body.device) == founded.device.id);
  CHECK(body.demonstration);
  CHECK_FALSE(read_founding_body(wire::Json::object()));
}

TEST_CASE(
    "the founding entry names the key of the log's own cosignatures, or none; what is no fit key founds nothing") {
  Founded founded;
  auto body = given::payload_of(founded.made.tenant_found).body;
  CHECK_FALSE(read_founding_body(body).value().cosigner_key);
  const auto key = crypto::signing_generate().public_key;
  founded.wish.cosigner_key = key;
  const auto made = found(founded.wish, founded.device, founded.directory).value();
  CHECK(read_founding_body(given::payload_of(made.tenant_found).body).value().cosigner_key == key);
  for (const std::string& odd : {std::string("key"), std::string(), crypto::base64(crypto::PublicKey{})}) {
    body = given::payload_of(founded.made.tenant_found).body;
    body.add("cosigner_key", odd);
    CHECK_FALSE(read_founding_body(body));
  }
}

TEST_CASE("the founding entry says how the municipality and its first agency are shown, or nothing of it") {
  Founded founded;
  CHECK(read_founding_body(given::payload_of(founded.made.tenant_found).body).value().tenant_title.empty());
  founded.wish.tenant_title = "架空市";
  founded.wish.agency_title = "架空市役所";
  const auto made = found(founded.wish, founded.device, founded.directory).value();
  auto body = given::payload_of(made.tenant_found).body;
  CHECK(read_founding_body(body).value().tenant_title == "架空市");
  CHECK(read_founding_body(body).value().agency_title == "架空市役所");
  wire::Json odd = wire::Json::object();
  for (const auto& [name, value] : body.members()) odd.add(name, name == "titles" ? wire::Json("架空市") : value);
  CHECK_FALSE(read_founding_body(odd));
}

TEST_CASE(
    "the founding entry pins the witnesses and how many of them are a quorum; none, or no such member, pins nothing") {
  Founded founded;
  auto body = given::payload_of(founded.made.tenant_found).body;
  CHECK(read_founding_body(body).value().witnesses == crypto::Cosigners{});
  const auto with = [&](std::optional<wire::Json> witnesses) {
    wire::Json out = wire::Json::object();
    for (const auto& [name, value] : body.members())
      if (name != "witnesses") out.add(name, value);
    if (witnesses) out.add("witnesses", std::move(*witnesses));
    return read_founding_body(out);
  };
  CHECK(with(std::nullopt).value().witnesses == crypto::Cosigners{});

  crypto::Cosigners pair{2, {}};
  for (const auto* name : {"w.example/0", "w.example/1"})
    pair.keys.push_back({name, crypto::signing_generate().public_key, crypto::NoteKeyType::cosigner});
  founded.wish.witnesses = pair;
  const auto made = found(founded.wish, founded.device, founded.directory).value();
  CHECK(read_founding_body(given::payload_of(made.tenant_found).body).value().witnesses == pair);
  founded.wish.witnesses.least = 1;  // half of them
  CHECK_FALSE(found(founded.wish, founded.device, founded.directory));

  const auto json = [](std::int64_t quorum, const std::vector<std::string>& keys) {
    wire::Json list = wire::Json::array();
    for (const auto& key : keys) list.push(key);
    wire::Json out = wire::Json::object();
    out.add("quorum", quorum);
    out.add("keys", std::move(list));
    return out;
  };
  const auto vkey = crypto::note_verifier_key(pair.keys[0].name, pair.keys[0].key, pair.keys[0].type);
  const auto log = crypto::note_verifier_key("town", pair.keys[1].key, crypto::NoteKeyType::log);
  CHECK(with(json(1, {vkey})));
  CHECK_FALSE(with(json(-1, {vkey})));
  CHECK_FALSE(with(json(0, {vkey})));
  CHECK_FALSE(with(json(2, {vkey})));
  CHECK_FALSE(with(json(2, {vkey, vkey})));
  CHECK_FALSE(with(json(1, {log})));
  CHECK_FALSE(with(json(1, {"w.example/0"})));
  CHECK_FALSE(with(json(1, {vkey}).add("more", 1)));
  CHECK_FALSE(with(wire::Json::array()));
  CHECK_FALSE(with(wire::Json()));
}

TEST_CASE("the first device opens the directory key and reads the registrar's name; the entry alone does not show it") {
  const Founded founded;
  const auto payload = given::payload_of(founded.made.device_add);
  const auto body = read_device_body(payload.body, founded.device.id).value();
  CHECK(body.directory_wrap == crypto::sha256(crypto::View(founded.made.directory_wrap)));
  const auto key = open_directory_key(founded.made.log, founded.device, founded.made.directory_wrap).value();
  const auto founding = given::payload_of(founded.made.tenant_found);
  CHECK(open_name(key, founding.log, "p-1", founding.body) == founded.wish.registrar);
  CHECK(crypto::parse_envelope(founded.made.tenant_found).value().payload.find("花子") == std::string::npos);
  CHECK_FALSE(open_name(key, founding.log, "p-2", founding.body));
  CHECK_FALSE(open_directory_key(founded.made.log, crypto::device_generate(), founded.made.directory_wrap));
}

TEST_CASE("a wish that makes no well-formed statement founds nothing") {
  Founded founded;
  founded.wish.tenant = "UPPER";
  CHECK_FALSE(found(founded.wish, founded.device, founded.directory));
  founded.wish.tenant = "kaku";
  founded.wish.person = "server";
  CHECK_FALSE(found(founded.wish, founded.device, founded.directory));
}

TEST_CASE("a staff name seals and opens with its post") {
  const auto key = crypto::random_secret<crypto::DirectoryKey>();
  const StaffName name{"山田 \"太郎\"", "民生委員"};
  CHECK(open_name(key, given::log, "p-9", name_body(key, given::log, "p-9", name)) == name);
  CHECK_FALSE(open_name(crypto::random_secret<crypto::DirectoryKey>(), given::log, "p-9",
                        name_body(key, given::log, "p-9", name)));
  CHECK_FALSE(open_name(key, given::log, "p-9", wire::Json::object()));
}
