#include "tests/conference/town.hpp"

#include "crypto/envelope.hpp"
#include "crypto/note.hpp"
#include "crypto/sha256.hpp"
#include "crypto/signed_input.hpp"
#include "crypto/wraps_root.hpp"
#include "server/conference/founding.hpp"
#include "server/wire/payload.hpp"

namespace kasane::given {

namespace {

wire::Json json_of(std::string_view text) {
  std::string why;
  auto json = wire::read_json(text, {}, &why);
  INFO(text << ": " << why);
  REQUIRE(json);
  return *json;
}

std::string keys_json(const crypto::PublicBundle& bundle, const std::string& more = {}) {
  return R"({"sign":")" + crypto::base64(bundle.sign) + R"(","kem":[{"suite":1,"pk":")" +
         crypto::base64(bundle.kem[0].public_key) + R"("}],"proof":")" + crypto::base64(bundle.proof) + '"' + more +
         '}';
}

log::Keys copy_of(const log::Keys& keys) {
  const auto again = [](const crypto::SigningKeyPair& pair) {
    return crypto::signing_from_seed(crypto::seed_of(pair.private_key));
  };
  log::Keys copy{again(keys.log), again(keys.statement)};
  if (keys.cosigner) copy.cosigner = again(*keys.cosigner);
  return copy;
}

}  // namespace

std::string b64(std::string_view bytes) { return crypto::base64(crypto::view(bytes)); }

const wire::Json& Said::at(std::initializer_list<std::string_view> path) const {
  const wire::Json* value = &json;
  for (const auto name : path) {
    INFO("no " << name << " in " << wire::print_json(json));
    value = value->find(name);
    REQUIRE(value != nullptr);
  }
  return *value;
}
bool Said::has(std::initializer_list<std::string_view> path) const {
  const wire::Json* value = &json;
  for (const auto name : path)
    if (value = value->find(name); value == nullptr) return false;
  return true;
}
std::string Said::text(std::initializer_list<std::string_view> path) const {
  INFO(wire::print_json(json));
  const auto* text = at(path).text();
  REQUIRE(text != nullptr);
  return *text;
}
std::int64_t Said::number(std::initializer_list<std::string_view> path) const {
  INFO(wire::print_json(json));
  const auto* number = at(path).integer();
  REQUIRE(number != nullptr);
  return *number;
}
bool Said::is_batch() const { return has({"method"}) && text({"method"}) == "batch"; }

Town::Town(std::shared_ptr<conference::Store> store_, Before before)
    : store(std::move(store_)), keys_(log::generate_keys()) {
  crypto::Device& device = new_device("mori");
  const auto bundle = crypto::public_bundle(device);
  const std::string wrap = "the directory key, sealed to Mori";
  wire::Payload payload;
  const auto write = [&](std::string_view statement, std::string_view body, std::int64_t size) {
    payload.v = 1;
    payload.unit = "directory";
    payload.seen = {size, crypto::hex(crypto::empty_root())};
    payload.signed_at_ms = clock.wall;
    payload.nonce = crypto::hex(crypto::random_value<crypto::Nonce>());
    payload.device = device.id;
    const auto read = wire::read_statement(json_of(statement), wire::StatementForm::ledger);
    REQUIRE(read);
    payload.statement = *read;
    payload.body = json_of(body);
    return crypto::print(crypto::sign_envelope(wire::print_payload(payload), device.id, device.signing.private_key));
  };
  payload.log = origin_;
  const std::string cosigner = before == Before::cosigners
                                   ? std::string()
                                   : R"(,"cosigner_key":")" + crypto::base64(keys_.cosigner->public_key) + '"';
  const std::string found = write(
      R"({"kind":"tenant.found","by":"mori","tenant":"t-1","person":"mori","agency":"a-city","agency_type":"secretariat"})",
      R"({"log_key":")" + crypto::base64(keys_.log.public_key) + R"(","server_key":")" +
          crypto::base64(keys_.statement.public_key) + R"(","device":)" + keys_json(bundle) + cosigner +
          R"(,"demo":false,"witnesses":{"quorum":0,"keys":[]}})",
      0);
  payload.log = crypto::log_name(origin_, found);
  const std::string add = write(R"({"kind":"device.add","by":"mori","device":")" + device.id + R"(","person":"mori"})",
                                keys_json(bundle, R"(,"wrap":")" + crypto::hex(crypto::sha256(wrap)) + '"'), 0);
  const auto refused = conference::found_ledger(*store, writer(), random, clock.wall, found, add, wrap);
  INFO(refused.value_or(""));
  REQUIRE_FALSE(refused);
  restart();
}

log::Writer Town::writer() const { return log::Writer(copy_of(keys_)); }

void Town::restart(conference::Options options) {
  engine.reset();
  desk.inbox.clear();
  desk.head.clear();
  engine = std::make_unique<conference::Engine>(*store, writer(), desk, clock, random, options);
}

crypto::Hash Town::root() const {
  const auto note = crypto::parse_checkpoint(engine->hello().checkpoint);
  REQUIRE(note);
  return note->checkpoint.root;
}

std::string Town::sign(const std::string& person, const Statement& statement, const SignOptions& options) {
  REQUIRE_FALSE(devices[person].empty());
  const crypto::Device& device = devices[person].front();
  wire::Json json = json_of(statement.json);
  json.add("by", person);
  if (!statement.second.empty()) json.add("with", statement.second);
  const auto read = wire::read_statement(json, wire::StatementForm::ledger);
  INFO(wire::print_json(json));
  REQUIRE(read);
  wire::Payload payload;
  payload.v = 1;
  payload.log = options.log.value_or(engine->log());
  payload.unit = statement.unit;
  payload.seen = {options.seen_size.value_or(size()), options.seen_root.value_or(crypto::hex(root()))};
  payload.signed_at_ms = clock.wall - options.age_ms;
  payload.nonce = options.nonce.value_or(crypto::hex(crypto::random_value<crypto::Nonce>()));
  payload.device = device.id;
  payload.statement = *read;
  if (!statement.body.empty()) payload.body = json_of(statement.body);
  auto envelope = crypto::sign_envelope(wire::print_payload(payload), device.id, device.signing.private_key);
  if (!statement.second.empty()) {
    const crypto::Device& second = devices[statement.second].front();
    REQUIRE(crypto::countersign(envelope, second.id, second.signing.private_key));
  }
  return crypto::print(envelope);
}

conference::Connection Town::connect(const std::string& person, bool live, std::size_t device) {
  const conference::Connection connection = ++last_;
  engine->attach(connection, {devices[person].at(device).id, person, wire::Language::en, {}, "0"});
  run();
  if (live) {
    ask(connection, wire::FeedRequest{});
    while (true) {
      const Said part = answer(connection);
      if (!part.has({"result", "live"}) || *part.at({"result", "live"}).boolean()) break;
      ask(connection, wire::FeedRequest{true, 0, {}});
    }
    desk.inbox[connection].clear();
  }
  return connection;
}

void Town::ask(conference::Connection from, wire::Ask ask, const std::string& id) {
  engine->request(from, {id, std::move(ask)});
  run();
}

Said Town::next(conference::Connection connection) {
  auto& inbox = desk.inbox[connection];
  REQUIRE_FALSE(inbox.empty());
  Said said{json_of(inbox.front())};
  inbox.pop_front();
  return said;
}
Said Town::answer(conference::Connection connection) {
  while (true)
    if (Said said = next(connection); !said.has({"method"})) {
      if (said.has({"result", "person"})) continue;  // of `authenticate`
      return said;
    }
}
Said Town::batch(conference::Connection connection) {
  while (true)
    if (Said said = next(connection); said.is_batch()) return said;
}

Said Town::head(conference::Connection connection) const {
  REQUIRE(desk.head.contains(connection));
  return Said{json_of(desk.head.at(connection))};
}

Said Town::append(conference::Connection from, std::vector<std::string> envelopes, std::vector<std::string> blobs,
                  std::vector<std::vector<wire::WrapEntry>> wraps) {
  ask(from, wire::AppendRequest{std::move(envelopes), std::move(blobs), std::move(wraps)});
  return answer(from);
}

std::int64_t Town::does(const std::string& person, const Statement& statement, std::vector<std::string> blobs,
                        std::vector<std::vector<wire::WrapEntry>> wraps) {
  const auto connection = connect(person, false);
  const Said said = append(connection, {sign(person, statement)}, std::move(blobs), std::move(wraps));
  INFO(wire::print_json(said.json));
  REQUIRE(said.has({"result"}));
  engine->detach(connection);
  run();
  return *said.at({"result", "receipts"}).elements().at(0).find("index")->integer();
}

crypto::Device& Town::new_device(const std::string& person) {
  devices[person].push_back(crypto::device_generate());
  return devices[person].back();
}

void Town::add_device(const std::string& person) {
  const auto bundle = crypto::public_bundle(new_device(person));
  does("mori", {"directory",
                R"({"kind":"device.add","device":")" + devices[person].back().id + R"(","person":")" + person + R"("})",
                keys_json(bundle)});
}

void Town::add_person(const std::string& person, const std::string& agency, const std::string& roles) {
  does("mori", {"directory", R"({"kind":"person.add","person":")" + person + R"(","agency":")" + agency +
                                 R"(","roles":)" + roles + '}'});
  add_device(person);
}

void Town::convene() {
  does("mori", {"directory", R"({"kind":"agency.add","agency":"a-elder","agency_type":"elderly"})"});
  does("mori", {"directory", R"({"kind":"agency.add","agency":"a-clinic","agency_type":"medical"})"});
  add_person("aoki", "a-city", R"(["coordinator"])");
  add_person("chiba", "a-elder");
  add_person("doi", "a-clinic");
  add_person("endo", "a-clinic");
  does("aoki", {"case/c-1", R"({"kind":"case.open","case":"c-1","subjects":[{"subject":"s-1"}]})"});
  does("aoki", {"conference/k-1", R"({"kind":"conference.convene","conference":"k-1","starts_at":")" +
                                      policy::print_instant(clock.wall) + R"("})"});
  does("aoki", {"item/i-1", R"({"kind":"item.add","item":"i-1","conference":"k-1","case":"c-1","basis":"SWA106_6",)"
                            R"("seats":{"chiba":{"seat":"chair"},"doi":{"seat":"member"}}})"});
}

namespace {
std::vector<wire::WrapEntry> wraps_for(const Town& town, const std::vector<std::string>& persons, crypto::Hash& root) {
  std::vector<wire::WrapEntry> entries;
  std::vector<crypto::WrapDigest> digests;
  for (const auto& person : persons)
    for (const auto& device : town.devices.at(person)) {
      const std::string wrap = "a key for " + device.id;
      entries.emplace_back(device.id, b64(wrap));
      digests.push_back({device.id, crypto::sha256(wrap)});
    }
  root = *crypto::wraps_root(digests);
  return entries;
}
}  // namespace

Town::Sealed Town::record(const std::string& record, const std::string& agency, const std::vector<std::string>& persons,
                          const std::string& item) {
  crypto::Hash root;
  const std::string ciphertext = "ciphertext of " + record, zeros(64, '0');
  auto wraps = wraps_for(*this, persons, root);
  return {{"record/" + record,
           R"({"kind":"record.share","record":")" + record + R"(","case":"c-1")" +
               (item.empty() ? std::string() : R"(,"item":")" + item + '"') +
               R"(,"label":{"subjects":["s-1"],"categories":["BEN"],"kind":"FACT","agency":")" + agency +
               R"(","origin":"INTAKE"}})",
           R"({"core":"e30=","kc":")" + zeros + R"(","pc":")" + zeros + R"(","digest":")" +
               crypto::hex(crypto::sha256(ciphertext)) + R"(","length":)" + std::to_string(ciphertext.size()) +
               R"(,"wraps_root":")" + crypto::hex(root) + R"("})"},
          {b64(ciphertext)},
          {std::move(wraps)}};
}

Town::Sealed Town::grant(const std::string& record, const std::string& device) {
  const std::string wrap = "a granted key for " + device;
  return {{"record/" + record, R"({"kind":"key.grant","record":")" + record + R"(","device":")" + device + R"("})",
           R"({"digest":")" + crypto::hex(crypto::sha256(wrap)) + R"("})"},
          {b64(wrap)},
          {}};
}

Town::Sealed Town::epoch(std::int64_t number, const crypto::Hash& previous, const std::vector<std::string>& persons) {
  crypto::Hash root;
  auto wraps = wraps_for(*this, persons, root);
  return {{"item/i-1", R"({"kind":"epoch.commit","item":"i-1","epoch":)" + std::to_string(number) + '}',
           R"({"kc":")" + std::string(64, '0') + R"(","wraps_root":")" + crypto::hex(root) + R"(","previous":")" +
               crypto::hex(previous) + R"("})"},
          {},
          {std::move(wraps)}};
}

Town::Sealed Town::message(const std::string& message, std::int64_t epoch, const std::string& frame) {
  return {{"item/i-1", R"({"kind":"message.post","item":"i-1","message":")" + message + R"("})",
           R"({"digest":")" + crypto::hex(crypto::sha256(frame)) + R"(","length":)" + std::to_string(frame.size()) +
               R"(,"epoch":)" + std::to_string(epoch) + '}'},
          {b64(frame)},
          {}};
}

std::string Town::request(const std::string& person, const std::string& record, const std::string& item,
                          const SignOptions& options) {
  return sign(person,
              {"access/" + record + '/' + person,
               R"({"kind":"key.request","record":")" + record + R"(","device":")" + devices[person].front().id + '"' +
                   (item.empty() ? std::string() : R"(,"item":")" + item + '"') + '}'},
              options);
}

crypto::Signature Town::presence(const std::string& person, bool enter, const std::string& item,
                                 const crypto::Nonce& session) {
  const auto input =
      enter ? crypto::enter_input(engine->log(), item, session) : crypto::leave_input(engine->log(), item, session);
  return crypto::sign(devices[person].front().signing.private_key, input);
}

}  // namespace kasane::given
