#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <thread>

#include "tests/net/front_fixture.hpp"

using namespace kasane::net;
using namespace std::chrono_literals;

namespace {

std::string status_of(std::uint16_t port, const std::string& request) {
  RawClient client(port);
  const auto answer = client.exchange(request, false);
  return answer.size() >= 12 ? answer.substr(9, 3) : answer;
}

std::string upgrade_with(const std::string& headers) {
  return "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" + headers + "\r\n";
}

const std::string key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
const std::string ours = "Sec-WebSocket-Protocol: kasane.v1\r\n";
const std::string thirteen = "Sec-WebSocket-Version: 13\r\n";

}  // namespace

TEST_CASE("a page is answered, again on the same connection, and HEAD without its body") {
  const given::RunningFront running;
  RawClient client(running.front.port());
  const auto first = client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(first.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(first.find("\r\nConnection: keep-alive\r\n") != std::string::npos);
  CHECK(first.ends_with("\r\n\r\n/"));
  const auto head = client.exchange("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", false);
  CHECK(head.find("Content-Length: 1\r\nConnection: keep-alive\r\n") != std::string::npos);
  CHECK(head.ends_with("\r\n\r\n"));
  CHECK(client.exchange("GET /x HTTP/1.1\r\nHost: a\r\n\r\n").starts_with("HTTP/1.1 404 "));
}

TEST_CASE("no answer says what program and version stands behind it") {
  const given::RunningFront running;
  RawClient page(running.front.port());
  CHECK(page.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").find("Server:") == std::string::npos);
  RawClient upgraded(running.front.port());
  const auto answer = upgraded.exchange(upgrade_with(key + ours + thirteen), false);
  CHECK(answer.starts_with("HTTP/1.1 101 "));
  CHECK(answer.find("Boost") == std::string::npos);
  CHECK(answer.find("Beast") == std::string::npos);
}

TEST_CASE("every answer, a refusal too, is kept by no cache, framed by no page, and runs nothing") {
  const given::RunningFront running;
  for (const auto* request : {"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                              "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                              "TRACE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                              "GET /ws HTTP/1.1\r\nHost: a\r\n\r\n", "nothing\r\n\r\n"}) {
    RawClient client(running.front.port());
    client.send(request);
    const auto answer = client.read_to_end();
    INFO(answer);
    for (const auto* header : {"Cache-Control: no-store", "X-Content-Type-Options: nosniff",
                               "Referrer-Policy: no-referrer", "Cross-Origin-Resource-Policy: same-origin",
                               "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'"})
      CHECK(answer.find("\r\n" + std::string(header) + "\r\n") != std::string::npos);
  }
}

TEST_CASE("an upgrade chooses kasane.v1, offers no compression and keeps its origin") {
  const given::RunningFront running;
  RawClient client(running.front.port());
  const auto answer =
      client.exchange(upgrade_with(key + ours + thirteen +
                                   "Origin: http://localhost:5173\r\nSec-WebSocket-Extensions: permessage-deflate\r\n"),
                      false);
  CHECK(answer.starts_with("HTTP/1.1 101 "));
  CHECK(answer.find("Sec-WebSocket-Protocol: kasane.v1\r\n") != std::string::npos);
  CHECK(answer.find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n") != std::string::npos);  // RFC 6455 §1.3
  CHECK(answer.find("Extensions") == std::string::npos);
  const auto hello = client.read_frame();
  REQUIRE(hello);
  CHECK(hello->payload.ends_with(" http://localhost:5173"));
}

TEST_CASE("an upgrade that is not fit is refused before a frame is read") {
  const given::RunningFront running;
  const auto port = running.front.port();
  CHECK(status_of(port, upgrade_with(key + thirteen)) == "400");
  CHECK(status_of(port, upgrade_with(ours + thirteen)) == "400");
  CHECK(status_of(port, upgrade_with(key + ours)) == "426");
  CHECK(status_of(port, upgrade_with(key + ours + "Sec-WebSocket-Version: 12\r\n")) == "426");
  CHECK(status_of(port, upgrade_with(key + ours + thirteen + "Origin: https://evil.example\r\n")) == "403");
  CHECK(status_of(port, upgrade_with(key + ours + thirteen + "Origin: null\r\n")) == "403");
  CHECK(status_of(port, "GET /ws HTTP/1.1\r\nHost: a\r\n\r\n") == "426");
  CHECK(status_of(port, "POST /ws HTTP/1.1\r\nHost: a\r\n\r\n") == "405");
}

TEST_CASE("frames sent before the answer to the upgrade are refused") {
  const given::RunningFront running;
  CHECK(status_of(running.front.port(), upgrade_with(key + ours + thirteen) + RawClient::text("early")) == "400");
}

TEST_CASE("a request that could hide a second one is refused and the connection ended") {
  const given::RunningFront running;
  for (const auto* request : {
           "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / "
           "HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
           "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 33\r\n\r\nGET /hidden HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
           "GET / HTTP/1.1\r\n\r\n",
           "GET / HTTP/1.1\nHost: a\n\n",
           "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
           "not http at all\r\n\r\n",
       }) {
    RawClient client(running.front.port());
    client.send(request);
    const auto all = client.read_to_end();
    INFO(request);
    CHECK(all.starts_with("HTTP/1.1 400 "));
    CHECK(all.find("HTTP/1.1", 8) == std::string::npos);  // one answer alone
    CHECK(all.find("Connection: close\r\n") != std::string::npos);
  }
}

TEST_CASE("a head of more than 8 KiB is refused with 431") {
  const given::RunningFront running;
  RawClient client(running.front.port());
  client.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(65'536, 'x') + "\r\n\r\n");
  CHECK(client.read_to_end().starts_with("HTTP/1.1 431 "));
}

TEST_CASE("a head that trickles in is cut off at the deadline, however many do it") {
  const given::RunningFront running;
  std::vector<std::unique_ptr<RawClient>> slow;
  for (int i = 0; i < 200; ++i) {
    slow.push_back(std::make_unique<RawClient>(running.front.port()));
    slow.back()->send("GET / HTTP/1.1\r\nHo");
  }
  const auto until = std::chrono::steady_clock::now() + 800ms;
  while (std::chrono::steady_clock::now() < until) {
    for (const auto& client : slow) client->send("s");
    std::this_thread::sleep_for(50ms);
  }
  for (const auto& client : slow) CHECK(client->gone(2s));
  RawClient honest(running.front.port());
  CHECK(honest.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").starts_with("HTTP/1.1 200 "));
}

TEST_CASE("connections beyond the limit are turned away, and let in again when others go") {
  auto settings = given::RunningFront::quick();
  settings.budget.connections = 5;
  const given::RunningFront running(std::move(settings));
  std::vector<std::unique_ptr<given::Member>> members;
  for (int i = 0; i < 5; ++i) members.push_back(std::make_unique<given::Member>(running));
  RawClient sixth(running.front.port());
  CHECK(sixth.gone(2s));
  members.pop_back();
  std::this_thread::sleep_for(700ms);
  CHECK_NOTHROW(given::Member(running));
}

TEST_CASE("out of file descriptors, the server neither spins nor stops") {
  const given::RunningFront running;
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  std::vector<std::unique_ptr<RawClient>> waiting;
  auto tight = before;
  RawClient first(running.front.port());
  CHECK(first.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").starts_with("HTTP/1.1 200 "));
  waiting.push_back(std::make_unique<RawClient>(running.front.port()));
  std::this_thread::sleep_for(100ms);
  tight.rlim_cur = 3;  // nothing can be opened any more; what is open stays
  setrlimit(RLIMIT_NOFILE, &tight);
  rusage begin{}, end{};
  // The kernel has completed this connection; the server cannot take it yet.
  setrlimit(RLIMIT_NOFILE, &before);
  auto client = std::make_unique<RawClient>(running.front.port());
  setrlimit(RLIMIT_NOFILE, &tight);
  getrusage(RUSAGE_SELF, &begin);
  std::this_thread::sleep_for(500ms);
  getrusage(RUSAGE_SELF, &end);
  setrlimit(RLIMIT_NOFILE, &before);
  const auto cpu_ms =
      (end.ru_utime.tv_sec - begin.ru_utime.tv_sec) * 1'000 + (end.ru_utime.tv_usec - begin.ru_utime.tv_usec) / 1'000;
  CHECK(cpu_ms < 200);
  RawClient later(running.front.port());
  CHECK(later.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").starts_with("HTTP/1.1 200 "));
}

TEST_CASE("what is for operators stands on its own port, without WebSocket") {
  const given::RunningFront running;
  CHECK(running.front.admin_port() != running.front.port());
  CHECK(status_of(running.front.admin_port(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n") == "200");
  CHECK(status_of(running.front.admin_port(), upgrade_with(key + ours + thirteen)) == "404");
}

TEST_CASE("a port in use is one clear line") {
  const given::RunningFront running;
  auto settings = given::RunningFront::quick();
  settings.port = running.front.port();
  CHECK_THROWS_WITH(
      given::RunningFront(std::move(settings)),
      "cannot listen on 127.0.0.1 port " + std::to_string(running.front.port()) + ": Address already in use");
}
