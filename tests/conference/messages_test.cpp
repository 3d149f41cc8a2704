#include "server/wire/messages.hpp"

#include <catch2/catch.hpp>

using namespace kasane;

namespace {
const std::vector<std::string> examples = {
    R"({"jsonrpc":"2.0","id":1,"method":"authenticate","params":{"device":"d-1","nonce":"aa","signature":"ss","lang":"en"}})",
    R"({"jsonrpc":"2.0","id":"x","method":"feed","params":{"size":3,"units":[["0000000000000000000000000000000000000000000000000000000000000000",2]]}})",
    R"({"jsonrpc":"2.0","id":2,"method":"feed","params":{"next":true}})",
    R"({"jsonrpc":"2.0","id":3,"method":"append","params":{"envelopes":["e"],"blobs":["YQ=="],"wraps":[[["d-1","YQ=="]]]}})",
    R"({"jsonrpc":"2.0","id":4,"method":"put","params":{"blobs":["YQ=="],"half_signed":["e"]}})",
    R"({"jsonrpc":"2.0","id":5,"method":"open","params":{"request":"e"}})",
    R"({"jsonrpc":"2.0","id":6,"method":"open","params":{"item":"i-1","epoch":2}})",
    R"({"jsonrpc":"2.0","id":7,"method":"enter","params":{"item":"i-1","session":"ab","signature":"s"}})",
    R"({"jsonrpc":"2.0","id":8,"method":"leave","params":{"item":"i-1","session":"ab","signature":"s"}})",
    R"({"jsonrpc":"2.0","id":9,"method":"signal","params":{"item":"i-1","data":"YQ=="}})",
    R"({"jsonrpc":"2.0","id":10,"method":"what_if","params":{"statements":[{"kind":"record.withdraw","at":"1970-01-01T00:00:00.000Z","by":"a","record":"r-1"}],"item":"i-1"}})",
    R"({"jsonrpc":"2.0","id":11,"method":"read","params":{"unit":"item/i-1","from":4}})",
    R"({"jsonrpc":"2.0","id":13,"method":"heads","params":{"units":["0000000000000000000000000000000000000000000000000000000000000000"]}})",
    R"({"jsonrpc":"2.0","id":12,"method":"ping","params":{"nonce":"n"}})"};

std::string_view reason(std::string_view text) {
  const auto read = wire::read_request(text);
  const auto* unread = std::get_if<wire::Unread>(&read);
  return unread == nullptr ? "read" : unread->refusal.name();
}
}  // namespace

TEST_CASE("every request that is read prints back to the same text") {
  for (const auto& text : examples) {
    INFO(text);
    const auto read = wire::read_request(text);
    const auto* request = std::get_if<wire::Request>(&read);
    REQUIRE(request != nullptr);
    CHECK(wire::print_request(*request) == text);
  }
}

TEST_CASE("a message that is not JSON, no request, of an unknown method or the wrong shape is told apart") {
  CHECK(reason("{") == "PARSE");
  CHECK(reason(R"({"jsonrpc":"2.0","id":1,"id":2,"method":"ping","params":{"nonce":"n"}})") == "PARSE");
  CHECK(reason("[]") == "INVALID");
  CHECK(reason(R"({"id":1,"method":"ping","params":{"nonce":"n"}})") == "INVALID");
  CHECK(reason(R"({"jsonrpc":"2.0","method":"ping","params":{"nonce":"n"}})") == "INVALID");
  CHECK(reason(R"({"jsonrpc":"2.0","id":1,"method":"ping","params":{"nonce":"n"},"more":1})") == "INVALID");
  CHECK(reason(R"({"jsonrpc":"2.0","id":1,"method":"delete_all","params":{}})") == "METHOD");
  CHECK(reason(R"({"jsonrpc":"2.0","id":1,"method":"ping","params":{}})") == "MALFORMED");
  CHECK(reason(R"({"jsonrpc":"2.0","id":1,"method":"ping","params":{"nonce":1}})") == "MALFORMED");
  CHECK(reason(R"({"jsonrpc":"2.0","id":1,"method":"ping","params":{"nonce":"n","x":1}})") == "MALFORMED");
  CHECK(reason(R"({"jsonrpc":"2.0","id":1,"method":"append","params":{"envelopes":[]}})") == "MALFORMED");
  CHECK(reason(R"({"jsonrpc":"2.0","id":1,"method":"feed","params":{"size":-1}})") == "MALFORMED");
}

TEST_CASE("an error carries its code, its reason and a sentence in the caller's language") {
  const auto ja = wire::print_error("7", {wire::Fault::stale}, wire::Language::ja);
  const auto en = wire::print_error("7", wire::Refusal::by_policy(policy::Reason::DUPLICATE), wire::Language::en);
  CHECK(ja.find(R"("id":7)") != std::string::npos);
  CHECK(ja.find(R"("code":3)") != std::string::npos);
  CHECK(ja.find(R"("reason":"STALE")") != std::string::npos);
  CHECK(ja.find("署名") != std::string::npos);
  CHECK(en.find(R"("code":1)") != std::string::npos);
  CHECK(en.find(R"("reason":"DUPLICATE")") != std::string::npos);
  CHECK(en.find("already") != std::string::npos);
}

TEST_CASE("every reason has a sentence of its own in both languages") {
  for (std::size_t i = 0; i < policy::reason_count; ++i) {
    const auto reason = static_cast<policy::Reason>(i);
    INFO(policy::name_of(reason));
    CHECK(wire::sentence(reason, wire::Language::en) != "The rules do not allow this.");
    CHECK_FALSE(wire::sentence(reason, wire::Language::ja).empty());
  }
}
