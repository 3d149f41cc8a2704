#include "tests/net/running_server.hpp"

#include <stdlib.h>

#include <chrono>
#include <fstream>

#include "crypto/envelope.hpp"
#include "crypto/merkle.hpp"
#include "crypto/note.hpp"
#include "crypto/random.hpp"
#include "crypto/sha256.hpp"
#include "crypto/signed_input.hpp"
#include "server/conference/founding.hpp"
#include "server/log/keys.hpp"
#include "server/net/content_policy.hpp"
#include "server/wire/messages.hpp"
#include "server/wire/payload.hpp"

namespace kasane::given {
namespace {

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

wire::Json json_of(std::string_view text) {
  std::string why;
  auto json = wire::read_json(text, {}, &why);
  INFO(text << ": " << why);
  REQUIRE(json);
  return std::move(*json);
}

std::string envelope(const crypto::Device& device, const std::string& log, std::int64_t size, const std::string& root,
                     const std::string& statement, const std::string& body) {
  const auto read = wire::read_statement(json_of(statement), wire::StatementForm::ledger);
  INFO(statement);
  REQUIRE(read);
  wire::Payload payload;
  payload.v = 1;
  payload.log = log;
  payload.unit = "directory";
  payload.seen = {size, root};
  payload.signed_at_ms = now_ms();
  payload.nonce = crypto::hex(crypto::random_value<crypto::Nonce>());
  payload.device = device.id;
  payload.statement = *read;
  if (!body.empty()) payload.body = json_of(body);
  return crypto::print(crypto::sign_envelope(wire::print_payload(payload), device.id, device.signing.private_key));
}

void write(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace

Founded::Founded() {
  std::string name = (std::filesystem::temp_directory_path() / "kasane-server-XXXXXX").string();
  folder = mkdtemp(name.data());
  std::filesystem::create_directories(folder / "web" / "assets");
  write(folder / "web" / "assets" / "main-1.js", "run()");
  write(folder / "web" / "index.html",
        "<script src=/assets/main-1.js integrity=" + net::integrity_of("run()") + "></script>");

  const auto data = folder / "data";
  std::filesystem::create_directory(data);
  auto keys = log::generate_keys();
  REQUIRE_FALSE(log::write_keys(data, keys));
  const auto bundle = crypto::public_bundle(mori);
  const auto key_json = R"("sign":")" + crypto::base64(bundle.sign) + R"(","kem":[{"suite":1,"pk":")" +
                        crypto::base64(bundle.kem.at(0).public_key) + R"("}],"proof":")" +
                        crypto::base64(bundle.proof) + '"';
  const std::string origin = "machi/0123456789abcdef", wrap = "the directory key, sealed to Mori";
  const auto root = crypto::hex(crypto::empty_root());
  const auto found = envelope(
      mori, origin, 0, root,
      R"({"kind":"tenant.found","by":"mori","tenant":"t-1","person":"mori","agency":"a-1","agency_type":"secretariat"})",
      R"({"log_key":")" + crypto::base64(keys.log.public_key) + R"(","server_key":")" +
          crypto::base64(keys.statement.public_key) + R"(","device":{)" + key_json +
          R"(},"demo":false,"witnesses":{"quorum":0,"keys":[]}})");
  const auto add = envelope(mori, crypto::log_name(origin, found), 0, root,
                            R"({"kind":"device.add","by":"mori","device":")" + mori.id + R"(","person":"mori"})",
                            "{" + key_json + R"(,"wrap":")" + crypto::hex(crypto::sha256(wrap)) + "\"}");
  store::SqliteStore store(data);
  MachineRandom random;
  const auto refused =
      conference::found_ledger(store, log::Writer(std::move(keys)), random, now_ms(), found, add, wrap);
  INFO(refused.value_or(""));
  REQUIRE_FALSE(refused);
}

Founded::~Founded() { std::filesystem::remove_all(folder); }

std::unique_ptr<Server> Founded::serve() const {
  ServerSettings settings;
  settings.data = folder / "data";
  settings.web = folder / "web";
  settings.front.shards = 2;
  settings.front.admin_port = 0;
  auto server = std::make_unique<Server>(std::move(settings));
  server->start();
  return server;
}

Registrar::Registrar(const Server& server, const crypto::Device& device, const std::string& origin)
    : socket(server.port()), device_(device) {
  REQUIRE(
      socket.upgrade("Sec-WebSocket-Protocol: kasane.v1\r\n" + (origin.empty() ? "" : "Origin: " + origin + "\r\n")));
  hello = read();
  log_ = text_at(hello, {"params", "log"});
  const auto server_nonce = crypto::from_hex<crypto::Nonce>(text_at(hello, {"params", "nonce"}));
  const auto nonce = crypto::random_value<crypto::Nonce>();
  const auto input = crypto::auth_input(log_, origin, *server_nonce, nonce);
  welcome =
      ask("authenticate", R"({"device":")" + device.id + R"(","nonce":")" + crypto::hex(nonce) + R"(","signature":")" +
                              crypto::base64(crypto::sign(device.signing.private_key, input)) + "\"}");
}

wire::Json Registrar::read() {
  const auto frame = socket.read_frame();
  REQUIRE(frame);
  INFO(frame->payload);
  REQUIRE(frame->opcode() == 1);
  auto json = json_of(frame->payload);
  for (const auto* part : {"params", "result"}) {
    const auto* in = json.find(part);
    if (in == nullptr || in->find("checkpoint") == nullptr) continue;
    checkpoint_ = text_at(*in, {"checkpoint"});
    size_ = number_at(*in, {"size"});
  }
  return json;
}

wire::Json Registrar::ask(const std::string& method, const std::string& params) {
  const auto id = ++last_id_;
  REQUIRE(socket.send(net::RawClient::text(R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":")" +
                                           method + R"(","params":)" + params + "}")));
  while (true) {
    auto json = read();
    if (json.find("method") == nullptr) {
      CHECK(number_at(json, {"id"}) == id);
      return json;
    }
    kept_.push_back(std::move(json));
  }
}

wire::Json Registrar::notified(const std::string& method) {
  while (kept_.empty() || text_at(kept_.front(), {"method"}) != method) {
    if (!kept_.empty()) kept_.erase(kept_.begin());
    if (kept_.empty()) kept_.push_back(read());
  }
  auto json = std::move(kept_.front());
  kept_.erase(kept_.begin());
  return json;
}

void Registrar::feed() {
  auto part = ask("feed", R"({"size":0,"units":[]})");
  while (!*at(part, {"result", "live"}).boolean()) part = ask("feed", R"({"next":true})");
}

std::string Registrar::sign(const std::string& statement, const std::string& body) const {
  const auto note = crypto::parse_checkpoint(checkpoint_);
  REQUIRE(note);
  return envelope(device_, log_, size_, crypto::hex(note->checkpoint.root), statement, body);
}

std::string Registrar::quoted(std::string_view text) { return wire::quoted(text); }

const wire::Json& at(const wire::Json& json, std::initializer_list<std::string_view> path) {
  const auto* value = &json;
  for (const auto name : path) {
    INFO("no " << name << " in " << wire::print_json(json));
    value = value->find(name);
    REQUIRE(value != nullptr);
  }
  return *value;
}

std::string text_at(const wire::Json& json, std::initializer_list<std::string_view> path) {
  const auto* text = at(json, path).text();
  REQUIRE(text != nullptr);
  return *text;
}

std::int64_t number_at(const wire::Json& json, std::initializer_list<std::string_view> path) {
  const auto* number = at(json, path).integer();
  REQUIRE(number != nullptr);
  return *number;
}

}  // namespace kasane::given
