#include "server/net/site.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "server/net/content_policy.hpp"

using namespace kasane::net;

namespace {

/// A folder that goes with the test.
struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "kasane-site-XXXXXX").string();
    path = mkdtemp(name.data());
    std::filesystem::create_directory(path / "assets");
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path / name, std::ios::binary) << bytes;
  }
  void client() const {
    write("assets/main-1.js", "run()");
    write("index.html", "<script type=module src=/assets/main-1.js integrity=" + integrity_of("run()") + "></script>");
    write("assets/policy-1.wasm", std::string("\0asm", 4));
  }
};

Reply get(const Site& site, std::string_view target, std::string_view method = "GET") {
  Head head;
  head.method = method;
  head.target = target;
  head.host = "127.0.0.1:8080";
  return site.answer(head);
}

std::string header(const Reply& reply, const std::string& name) {
  for (const auto& [key, value] : reply.headers) {
    if (key == name) return value;
  }
  return {};
}

}  // namespace

TEST_CASE("the page is never kept by a cache, its hashed parts for ever") {
  const Folder folder;
  folder.client();
  const Site site(folder.path);
  const auto page = get(site, "/");
  CHECK(page.status == 200);
  CHECK(page.type == "text/html; charset=utf-8");
  CHECK(header(page, "Cache-Control") == "no-store");
  const auto script = get(site, "/assets/main-1.js");
  CHECK(*script.body == "run()");
  CHECK(script.type == "text/javascript; charset=utf-8");
  CHECK(header(script, "Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(get(site, "/assets/policy-1.wasm").type == "application/wasm");
}

TEST_CASE("nothing may run but the bundle whose hash the policy names") {
  const Folder folder;
  folder.client();
  const auto policy = header(get(Site(folder.path), "/"), "Content-Security-Policy");
  CHECK(policy.find("default-src 'none'; script-src '" + integrity_of("run()") + "' 'wasm-unsafe-eval';") == 0);
  CHECK(policy.find("connect-src 'self' ws://127.0.0.1:8080 wss://127.0.0.1:8080;") != std::string::npos);
  CHECK(policy.find("require-trusted-types-for 'script'; trusted-types 'none'") != std::string::npos);
  CHECK(policy.find("unsafe-inline") == std::string::npos);
  CHECK(policy.find("'unsafe-eval'") == std::string::npos);
}

TEST_CASE("the page stands in a window group of its own, and asks for no device") {
  const Folder folder;
  folder.client();
  const Site site(folder.path);
  for (const auto* path : {"/", "/assets/main-1.js", "/assets/policy-1.wasm"}) {
    const auto reply = get(site, path);
    CHECK(header(reply, "Cross-Origin-Opener-Policy") == "same-origin");
    CHECK(header(reply, "Cross-Origin-Embedder-Policy") == "require-corp");
    CHECK(header(reply, "Cross-Origin-Resource-Policy") == "same-origin");
    CHECK(header(reply, "X-Content-Type-Options") == "nosniff");
    CHECK(header(reply, "Referrer-Policy") == "no-referrer");
    CHECK(header(reply, "Permissions-Policy").find("camera=(), ") != std::string::npos);
  }
}

TEST_CASE("a Host that could end the directive does not reach the policy") {
  const auto policy = content_policy({}, "x; script-src *");
  CHECK(policy.find("ws://") == std::string::npos);
  CHECK(policy.find('*') == std::string::npos);
}

TEST_CASE("a hash is written as browsers read it") {
  // The empty string's SHA-384, FIPS 180-4.
  CHECK(integrity_of("") == "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb");
}

TEST_CASE("only GET and HEAD are answered, and only files that are there") {
  const Folder folder;
  folder.client();
  const Site site(folder.path);
  CHECK(get(site, "/", "HEAD").status == 200);
  for (const auto* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT"}) {
    const auto reply = get(site, "/", method);
    CHECK(reply.status == 405);
    CHECK(header(reply, "Allow") == "GET, HEAD");
  }
  for (const auto* path :
       {"/nothing", "/../../etc/passwd", "/assets/", "/assets/../index.html", "/%2e%2e/x", "*", "", "http://x/"}) {
    CHECK(get(site, path).status == 404);
  }
}

TEST_CASE("who mistypes an address is told so in Japanese and in English, and never with the address") {
  const Folder folder;
  folder.client();
  const Site site(folder.path);
  const auto nowhere = get(site, "/<script>alert(1)</script>"), trace = get(site, "/", "TRACE");
  CHECK(nowhere.type == "text/plain; charset=utf-8");
  CHECK(*nowhere.body ==
        "このアドレスには何もありません。最初の画面 / から入り直してください。\n"
        "There is nothing at this address. Start again from the first page, /\n");
  CHECK(*trace.body == "ここでは読むことしかできません。\nThis can only be read (GET, HEAD).\n");
}

TEST_CASE("a script that the page does not vouch for stops the start") {
  const Folder folder;
  folder.client();
  folder.write("assets/other-1.js", "run_else()");
  CHECK_THROWS_WITH(Site(folder.path), Catch::Contains("does not vouch for"));
}

TEST_CASE("a folder without a web client stops the start") {
  const Folder folder;
  CHECK_THROWS_WITH(Site(folder.path), Catch::Contains("index.html is missing"));
  CHECK_THROWS_AS(Site("/nonexistent"), SiteError);
}

TEST_CASE("a file of a kind that no web client has is not served") {
  const Folder folder;
  folder.client();
  folder.write("demo-seeds.key", "secret");
  CHECK(get(Site(folder.path), "/demo-seeds.key").status == 404);
}
