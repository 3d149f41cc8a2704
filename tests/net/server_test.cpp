#include <catch2/catch.hpp>
#include <thread>

#include "crypto/random.hpp"
#include "crypto/signed_input.hpp"
#include "tests/net/running_server.hpp"

using namespace kasane;
using namespace std::chrono_literals;

namespace {

std::string person_add(const std::string& person) {
  return R"({"kind":"person.add","by":"mori","person":")" + person + R"(","agency":"a-1","roles":[]})";
}
/// Of a `device.add`.
std::string body_of(const crypto::Device& device) {
  const auto bundle = crypto::public_bundle(device);
  return R"({"sign":")" + crypto::base64(bundle.sign) + R"(","kem":[{"suite":1,"pk":")" +
         crypto::base64(bundle.kem.at(0).public_key) + R"("}],"proof":")" + crypto::base64(bundle.proof) + "\"}";
}

/// The code with which a device that signs rightly is turned away.
unsigned refused_with(const Server& server, const crypto::Device& device) {
  net::RawClient socket(server.port());
  REQUIRE(socket.upgrade());
  const auto hello = wire::read_json(socket.read_frame()->payload);
  const auto nonce = crypto::random_value<crypto::Nonce>();
  const auto input =
      crypto::auth_input(given::text_at(*hello, {"params", "log"}), "",
                         *crypto::from_hex<crypto::Nonce>(given::text_at(*hello, {"params", "nonce"})), nonce);
  socket.send(net::RawClient::text(R"({"jsonrpc":"2.0","id":1,"method":"authenticate","params":{"device":")" +
                                   device.id + R"(","nonce":")" + crypto::hex(nonce) + R"(","signature":")" +
                                   crypto::base64(crypto::sign(device.signing.private_key, input)) + "\"}}"));
  return socket.read_close_code();
}

}  // namespace

TEST_CASE(
    "what is acknowledged over the socket is told to every connection that is live, and is there after a restart") {
  const given::Founded founded;
  {
    const auto server = founded.serve();
    given::Registrar author(*server, founded.mori), reader(*server, founded.mori);
    CHECK(given::text_at(author.welcome, {"result", "person"}) == "mori");
    author.feed();
    reader.feed();
    const auto answer = author.append(author.sign(person_add("p-aoki")));
    INFO(wire::print_json(answer));
    CHECK(given::number_at(answer, {"result", "size"}) == 3);
    const auto batch = reader.notified("batch");
    CHECK(given::number_at(batch, {"params", "size"}) == 3);
    CHECK(given::at(batch, {"params", "entries"}).elements().size() == 1);
    server->stop();
  }
  const auto again = founded.serve();
  given::Registrar later(*again, founded.mori);
  CHECK(given::number_at(later.hello, {"params", "size"}) == 3);
}

TEST_CASE("many appends over many connections come back once each, in one order for all") {
  const given::Founded founded;
  const auto server = founded.serve();
  constexpr int authors = 4, each = 10;
  given::Registrar reader(*server, founded.mori);
  reader.feed();
  std::vector<std::thread> threads;
  std::atomic<int> acknowledged{0};
  std::vector<std::unique_ptr<given::Registrar>> writers;
  for (int i = 0; i < authors; ++i) writers.push_back(std::make_unique<given::Registrar>(*server, founded.mori));
  std::vector<std::vector<std::string>> envelopes(authors);
  for (int i = 0; i < authors; ++i) {
    for (int k = 0; k < each; ++k) {
      envelopes[static_cast<std::size_t>(i)].push_back(
          reader.sign(person_add("p-" + std::to_string(i) + "-" + std::to_string(k))));
    }
  }
  for (int i = 0; i < authors; ++i) {
    const auto at = static_cast<std::size_t>(i);
    threads.emplace_back([&, at] {  // raw sends and frames: Catch2's assertions are for one thread
      for (std::size_t k = 0; k < each; ++k) {
        writers[at]->socket.send(net::RawClient::text(R"({"jsonrpc":"2.0","id":)" + std::to_string(100 + k) +
                                                      R"(,"method":"append","params":{"envelopes":[)" +
                                                      given::Registrar::quoted(envelopes[at][k]) + "]}}"));
      }
      for (std::size_t k = 0; k < each; ++k) {
        const auto frame = writers[at]->socket.read_frame();
        if (frame && frame->payload.find("\"receipts\"") != std::string::npos) ++acknowledged;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(acknowledged == authors * each);
  std::vector<std::int64_t> indices;
  while (indices.size() < authors * each) {
    const auto batch = reader.notified("batch");
    for (const auto& entry : given::at(batch, {"params", "entries"}).elements()) {
      indices.push_back(given::number_at(entry, {"i"}));
    }
  }
  for (std::size_t i = 0; i < indices.size(); ++i) CHECK(indices[i] == static_cast<std::int64_t>(i) + 2);
}

TEST_CASE("a signature holds for the origin of the page that asked for it") {
  const given::Founded founded;
  const auto server = founded.serve();
  const given::Registrar page(*server, founded.mori, "http://localhost:5173");
  CHECK(given::text_at(page.welcome, {"result", "person"}) == "mori");
}

TEST_CASE("a device that is revoked is cut off with 4004, and does not come back") {
  const given::Founded founded;
  const auto server = founded.serve();
  const auto second = crypto::device_generate();
  given::Registrar mori(*server, founded.mori);
  mori.feed();
  const auto added = mori.append(mori.sign(
      R"({"kind":"device.add","by":"mori","device":")" + second.id + R"(","person":"mori"})", body_of(second)));
  INFO(wire::print_json(added));
  REQUIRE(added.find("result") != nullptr);
  given::Registrar lost(*server, second);
  CHECK(given::text_at(lost.welcome, {"result", "device"}) == second.id);
  mori.notified("batch");
  const auto revoked = mori.append(mori.sign(R"({"kind":"device.revoke","by":"mori","device":")" + second.id + "\"}"));
  INFO(wire::print_json(revoked));
  REQUIRE(revoked.find("result") != nullptr);
  CHECK(lost.socket.read_close_code() == 4004);
}

// ASVS 7.4.2.
TEST_CASE("who is ended in the directory has their connections closed within a second, and does not come back") {
  const given::Founded founded;
  const auto server = founded.serve();
  given::Registrar mori(*server, founded.mori);
  mori.feed();
  REQUIRE(mori.append(mori.sign(person_add("p-aoki"))).find("result") != nullptr);
  mori.notified("batch");
  const auto device = crypto::device_generate();
  REQUIRE(
      mori.append(mori.sign(R"({"kind":"device.add","by":"mori","device":")" + device.id + R"(","person":"p-aoki"})",
                            body_of(device)))
          .find("result") != nullptr);
  mori.notified("batch");
  given::Registrar window(*server, device), other_window(*server, device);
  window.feed();
  const auto begin = std::chrono::steady_clock::now();
  REQUIRE(mori.append(mori.sign(R"({"kind":"person.end","by":"mori","person":"p-aoki"})")).find("result") != nullptr);
  CHECK(window.socket.read_close_code() == 4004);
  CHECK(other_window.socket.read_close_code() == 4004);
  CHECK(std::chrono::steady_clock::now() - begin < 1s);
  CHECK(refused_with(*server, device) == 4002);
  CHECK(mori.ask("ping", R"({"nonce":"00000000000000000000000000000000"})").find("result") != nullptr);
}

TEST_CASE("an end commits and answers what has queued, then says 1012") {
  const given::Founded founded;
  const auto server = founded.serve();
  given::Registrar author(*server, founded.mori);
  author.feed();
  const auto envelope = author.sign(person_add("p-aoki"));
  author.socket.send(net::RawClient::text(R"({"jsonrpc":"2.0","id":9,"method":"append","params":{"envelopes":[)" +
                                          given::Registrar::quoted(envelope) + "]}}"));
  std::this_thread::sleep_for(20ms);  // it has reached the server; whether it is committed yet is the server's affair
  const auto begin = std::chrono::steady_clock::now();
  std::thread stop([&] { server->stop(); });
  bool answered = false;
  unsigned code = 0;
  while (const auto frame = author.socket.read_frame()) {
    if (frame->opcode() == 8) {
      code = frame->close_code();
      author.socket.send(net::RawClient::close(code));
    }
    if (frame->payload.find("\"receipts\"") != std::string::npos) answered = true;
  }
  stop.join();
  CHECK(answered);
  CHECK(code == 1012);
  CHECK(std::chrono::steady_clock::now() - begin < 5s);
}

TEST_CASE("a folder that init never saw, or without a web client, is one clear line") {
  const given::Founded founded;
  ServerSettings settings;
  settings.data = founded.folder / "nothing";
  settings.web = founded.folder / "web";
  CHECK_THROWS_WITH(Server(settings), Catch::Contains("no data folder"));
  settings.data = founded.folder / "data";
  settings.web = founded.folder;
  CHECK_THROWS_WITH(Server(settings), Catch::Contains("index.html is missing"));
}

TEST_CASE("anybody may fetch the newest checkpoint and the hash tiles of the log, and nobody its entries") {
  const given::Founded founded;
  const auto server = founded.serve();
  const auto get = [&](const std::string& path, const std::string& method = "GET") {
    return net::RawClient(server->port())
        .exchange(method + " " + path + " HTTP/1.1\r\nHost: a\r\n\r\n", method != "HEAD");
  };
  const auto body = [](const std::string& answer) { return answer.substr(answer.find("\r\n\r\n") + 4); };
  const auto note = crypto::parse_checkpoint(body(get("/checkpoint")));
  REQUIRE(note);
  CHECK(note->checkpoint.size == 2);
  CHECK(server->log().starts_with(note->checkpoint.origin));
  const auto tile = get("/tile/0/000.p/2");
  CHECK(tile.starts_with("HTTP/1.1 200 "));
  CHECK(tile.find("\r\nContent-Type: application/octet-stream\r\n") != std::string::npos);
  CHECK(tile.find("\r\nCache-Control: public, max-age=31536000, immutable\r\n") != std::string::npos);
  const auto hashes = body(tile);
  REQUIRE(hashes.size() == 64);
  const auto leaf = [&](std::size_t i) {
    return *crypto::fixed<crypto::Hash>(crypto::view(hashes.substr(32 * i, 32)));
  };
  CHECK(crypto::node_hash(leaf(0), leaf(1)) == note->checkpoint.root);
  CHECK(body(get("/tile/0/000.p/1")) == hashes.substr(0, 32));
  for (const char* path : {"/tile/0/000", "/tile/0/000.p/3", "/tile/0/001.p/1", "/tile/1/000.p/1", "/tile/0/0",
                           "/tile/", "/tile/0/../../etc/passwd"}) {
    INFO(path);
    CHECK(get(path).starts_with("HTTP/1.1 404 "));
  }
  CHECK(get("/tile/entries/000.p/2").starts_with("HTTP/1.1 403 "));
  CHECK(get("/checkpoint", "DELETE").starts_with("HTTP/1.1 405 "));
}
