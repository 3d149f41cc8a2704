#include <catch2/catch.hpp>
#include <functional>

#include "crypto/envelope.hpp"
#include "crypto/note.hpp"
#include "crypto/random.hpp"
#include "server/wire/payload.hpp"
#include "tests/net/running_server.hpp"

using namespace kasane;
using given::Founded;
using given::Registrar;
using Raw = net::RawClient;

// Every kind of bad input, over a socket, into the parts as `serve` puts them together: the documented answer, and
// nothing changed. What each layer does with them in detail stands in that layer's own tests.
namespace {

struct Standing {
  std::int64_t size = 0;
  std::string checkpoint;
  bool operator==(const Standing&) const = default;
};
/// What the server says of its ledger to a new connection.
Standing standing(const Server& server) {
  Raw peer(server.port());
  REQUIRE(peer.upgrade());
  const auto frame = peer.read_frame();
  REQUIRE(frame);
  const auto hello = wire::read_json(frame->payload);
  REQUIRE(hello);
  return {given::number_at(*hello, {"params", "size"}), given::text_at(*hello, {"params", "checkpoint"})};
}

using Edit = std::function<void(wire::Payload&)>;
/// An `agency.add` of Mori's, right but for what the edit does to its payload.
crypto::Envelope statement(const Founded& founded, const Standing& now, const std::string& log, const Edit& edit = {}) {
  wire::Payload payload;
  payload.v = 1;
  payload.log = log;
  payload.unit = "directory";
  payload.seen = {now.size, crypto::hex(crypto::parse_checkpoint(now.checkpoint)->checkpoint.root)};
  payload.signed_at_ms = MachineClock().wall_ms();
  payload.nonce = crypto::hex(crypto::random_value<crypto::Nonce>());
  payload.device = founded.mori.id;
  payload.statement.kind = policy::Kind::agency_add;
  payload.statement.by = "mori";
  payload.statement.agency = "a-2";
  payload.statement.agency_type = policy::AgencyType::elderly;
  if (edit) edit(payload);
  return crypto::sign_envelope(wire::print_payload(payload), founded.mori.id, founded.mori.signing.private_key);
}

std::string reason_of(const wire::Json& answer) { return given::text_at(answer, {"error", "data", "reason"}); }

}  // namespace

TEST_CASE("a statement that is wrong in any one way is refused with its reason, and the ledger stays as it was") {
  const Founded founded;
  const auto server = founded.serve();
  const auto before = standing(*server);
  Registrar mori(*server, founded.mori);
  const auto log = given::text_at(mori.hello, {"params", "log"});
  const auto refused = [&](const crypto::Envelope& envelope) {
    return reason_of(mori.append(crypto::print(envelope)));
  };
  const auto edited = [&](const Edit& edit) { return refused(statement(founded, before, log, edit)); };
  constexpr std::int64_t three_minutes = 180'000;

  auto unsigned_one = statement(founded, before, log);
  unsigned_one.signatures.clear();
  CHECK(refused(unsigned_one) == "MALFORMED");  // DSSE: at least one signature
  auto wrongly = statement(founded, before, log);
  wrongly.signatures[0].sig.bytes[0] ^= 1;
  CHECK(refused(wrongly) == "SIGNATURE");
  auto altered = statement(founded, before, log);
  altered.payload.replace(altered.payload.find("a-2"), 3, "a-3");
  CHECK(refused(altered) == "SIGNATURE");
  CHECK(edited([](auto& payload) { payload.device = crypto::device_generate().id; }) == "SIGNATURE");
  CHECK(edited([](auto& payload) { payload.unit = "item/i-1"; }) == "UNIT");
  CHECK(edited([](auto& payload) { payload.log.back() ^= 1; }) == "LOG");
  CHECK(edited([](auto& payload) { payload.v = 2; }) == "LOG");
  CHECK(edited([](auto& payload) { payload.seen.root = std::string(64, '0'); }) == "SEEN");
  CHECK(edited([](auto& payload) { payload.seen.size = 99; }) == "SEEN");
  CHECK(edited([](auto& payload) { payload.signed_at_ms -= three_minutes; }) == "CLOCK");
  CHECK(edited([](auto& payload) { payload.signed_at_ms += three_minutes; }) == "CLOCK");
  CHECK(edited([](auto& payload) { payload.statement.agency = "a-1"; }) == "DUPLICATE");
  CHECK(edited([](auto& payload) { payload.statement.by = "doi"; }) == "UNKNOWN");
  CHECK(edited([](auto& payload) { payload.body.add("note", std::string(45'000, 'x')); }) == "MALFORMED");
  CHECK(standing(*server) == before);

  // The same, put right, is taken; its nonce is then no other statement's.
  const auto right = statement(founded, before, log);
  const auto nonce = wire::parse_payload(right.payload)->nonce;
  CHECK(given::number_at(mori.append(crypto::print(right)), {"result", "size"}) == before.size + 1);
  const auto after = standing(*server);
  CHECK(edited([&](auto& payload) {
          payload.nonce = nonce;
          payload.statement.agency = "a-9";
        }) == "REPEATED");
  CHECK(standing(*server) == after);
}

TEST_CASE("a message that is wrong in any one way gets its error, changes nothing, and the connection goes on") {
  const Founded founded;
  const auto server = founded.serve();
  const auto before = standing(*server);
  Registrar mori(*server, founded.mori);
  const auto answer_to = [&](const std::string& text) {
    REQUIRE(mori.socket.send(Raw::text(text)));
    const auto frame = mori.socket.read_frame();
    REQUIRE(frame);
    const auto json = wire::read_json(frame->payload);
    REQUIRE(json);
    return reason_of(*json);
  };
  CHECK(answer_to("{") == "PARSE");
  CHECK(answer_to("") == "PARSE");
  CHECK(answer_to(R"({"a":1,"a":1})") == "PARSE");
  CHECK(answer_to(R"({"jsonrpc":"2.0","id":1,"method":"feed","params":{"size":1.5,"units":[]}})") == "PARSE");
  CHECK(answer_to(std::string(17, '[') + std::string(17, ']')) == "PARSE");
  CHECK(answer_to("[]") == "INVALID");
  CHECK(answer_to(R"([{"jsonrpc":"2.0","id":1,"method":"ping","params":{}}])") == "INVALID");
  CHECK(answer_to(R"({"jsonrpc":"1.0","id":1,"method":"ping","params":{}})") == "INVALID");
  CHECK(answer_to(R"({"jsonrpc":"2.0","id":1,"method":"drop","params":{}})") == "METHOD");
  CHECK(answer_to(R"({"jsonrpc":"2.0","id":1,"method":"append","params":{"envelopes":[]}})") == "MALFORMED");
  CHECK(answer_to(R"({"jsonrpc":"2.0","id":1,"method":"ping","params":{"nonce":"x","more":1}})") == "MALFORMED");
  CHECK(answer_to(R"({"jsonrpc":"2.0","id":1,"method":"feed","params":{"size":99,"units":[]}})") == "SEEN");
  CHECK(answer_to(R"({"jsonrpc":"2.0","id":1,"method":"put","params":{"blobs":["A="]}})") == "MALFORMED");
  const auto put = [](std::size_t bytes) {
    return R"({"jsonrpc":"2.0","id":1,"method":"put","params":{"blobs":[")" + crypto::base64(crypto::Bytes(bytes, 7)) +
           R"("]}})";
  };
  CHECK(answer_to(put(256 * 1024 + 1)) == "TOO_LARGE");
  CHECK(standing(*server) == before);
  const auto pong = mori.ask("ping", R"({"nonce":")" + std::string(32, 'a') + "\"}");
  CHECK(given::number_at(pong, {"result", "size"}) == before.size);
}

TEST_CASE("a device may stage four MiB and no more") {
  const Founded founded;
  const auto server = founded.serve();
  Registrar mori(*server, founded.mori);
  std::string reason;
  int taken = 0;
  for (; taken < 40 && reason.empty(); ++taken) {
    const auto blob = crypto::base64(crypto::Bytes(256 * 1024, static_cast<std::uint8_t>(taken)));
    const auto answer = mori.ask("put", R"({"blobs":[")" + blob + R"("]})");
    if (answer.find("error") != nullptr) reason = reason_of(answer);
  }
  CHECK(reason == "TOO_LARGE");
  CHECK(taken == 17);  // sixteen fit
}

TEST_CASE("a message that breaks the frame ends its connection with its code, and nobody else's") {
  const Founded founded;
  const auto server = founded.serve();
  const auto before = standing(*server);
  Registrar witness(*server, founded.mori);
  const auto code_for = [&](const std::string& bytes) {
    Registrar mori(*server, founded.mori);
    REQUIRE(mori.socket.send(bytes));
    return mori.socket.read_close_code();
  };
  CHECK(code_for(Raw::frame(0x82, "{}")) == 1003);                  // binary
  CHECK(code_for(Raw::frame(0x81, "{}", false)) == 1002);           // not masked
  CHECK(code_for(Raw::frame(0xc1, "{}")) == 1002);                  // a reserved bit
  CHECK(code_for(Raw::frame(0x83, "{}")) == 1002);                  // a reserved opcode
  CHECK(code_for(Raw::frame(0x80, "{}")) == 1002);                  // a continuation of nothing
  CHECK(code_for(Raw::text("\xff\xfe")) == 1007);                   // no UTF-8
  CHECK(code_for(Raw::text(std::string(1'048'577, ' '))) == 1009);  // over 1 MiB
  CHECK(standing(*server) == before);
  const auto pong = witness.ask("ping", R"({"nonce":")" + std::string(32, 'a') + "\"}");
  CHECK(given::number_at(pong, {"result", "size"}) == before.size);
}
