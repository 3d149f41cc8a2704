#include "server/net/upgrade.hpp"

#include <catch2/catch.hpp>

using namespace kasane::net;

namespace {

Head fit() {
  Head head;
  head.method = "GET";
  head.target = "/ws";
  head.host = "127.0.0.1:8080";
  head.origin = "http://127.0.0.1:8080";
  head.websocket_version = "13";
  head.websocket_key = "dGhlIHNhbXBsZSBub25jZQ==";
  head.protocols = "kasane.v1";
  head.upgrade = true;
  return head;
}

unsigned status_of(const Head& head) {
  const auto refusal = refuse_upgrade(head, Origins({}));
  return refusal ? refusal->status : 101;
}

}  // namespace

TEST_CASE("an upgrade that offers kasane.v1 from our own page is let through") {
  CHECK(status_of(fit()) == 101);
  auto head = fit();
  head.protocols = "other, kasane.v1";
  CHECK(status_of(head) == 101);
}

TEST_CASE("an upgrade without kasane.v1 is refused with 400") {
  auto head = fit();
  for (const auto* protocols : {"", "kasane.v2", "kasane.v1x", "KASANE.V1", "kasane v1", ",,"}) {
    head.protocols = protocols;
    CHECK(status_of(head) == 400);
  }
}

TEST_CASE("an upgrade from a foreign page is refused with 403") {
  auto head = fit();
  head.origin = "https://evil.example";
  CHECK(status_of(head) == 403);
}

TEST_CASE("another WebSocket version, or none, is refused with 426 and told the right one") {
  auto head = fit();
  for (const auto* version : {"", "12", "13x", "8, 13"}) {
    head.websocket_version = version;
    const auto refusal = refuse_upgrade(head, Origins({}));
    REQUIRE(refusal);
    CHECK(refusal->status == 426);
    CHECK(refusal->headers.back() == std::pair<std::string, std::string>("Sec-WebSocket-Version", "13"));
  }
  head = fit();
  head.upgrade = false;
  CHECK(status_of(head) == 426);
}

TEST_CASE("an upgrade without a key is refused with 400, and by another method with 405") {
  auto head = fit();
  head.websocket_key = "";
  CHECK(status_of(head) == 400);
  head = fit();
  head.method = "POST";
  CHECK(status_of(head) == 405);
}
