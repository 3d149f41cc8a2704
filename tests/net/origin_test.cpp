#include "server/net/origin.hpp"

#include <catch2/catch.hpp>

using kasane::net::is_origin;
using kasane::net::Origins;

TEST_CASE("with no origin named, pages on loopback may connect from any port, and no others") {
  const Origins origins({});
  for (const auto* ours :
       {"", "http://127.0.0.1", "http://127.0.0.1:9", "http://localhost:65535", "http://[::1]:8080"}) {
    CHECK(origins.allow(ours));
  }
  for (const auto* foreign : {"null", "http://localhost.evil.example", "http://localhost:", "http://localhost:80:80",
                              "http://127.0.0.1:80@evil.example", "http://127.0.0.11", "https://evil.example",
                              "http://localhost:8080/", "http://[::1]evil", "http://localhost:123456"}) {
    CHECK_FALSE(origins.allow(foreign));
  }
}

TEST_CASE("with origins named, exactly those may connect") {
  const Origins origins({"https://kasane.example.lg.jp"});
  CHECK(origins.allow("https://kasane.example.lg.jp"));
  CHECK(origins.allow(""));  // no browser
  CHECK_FALSE(origins.allow("http://kasane.example.lg.jp"));
  CHECK_FALSE(origins.allow("https://kasane.example.lg.jp:8443"));
  CHECK_FALSE(origins.allow("https://kasane.example.lg.jp.evil.example"));
  CHECK_FALSE(origins.allow("http://localhost:8080"));
  CHECK_FALSE(origins.allow("null"));
}

TEST_CASE("a host of loopback is one of its three names, with or without a port") {
  for (const auto* ours : {"127.0.0.1", "localhost:8080", "[::1]:9464"}) CHECK(kasane::net::is_loopback_host(ours));
  for (const auto* foreign : {"", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "localhost:x",
                              "http://localhost", "[::1", "::1"})
    CHECK_FALSE(kasane::net::is_loopback_host(foreign));
}

TEST_CASE("an origin to be named is a scheme, a host and perhaps a port") {
  for (const auto* fit :
       {"https://kasane.example.lg.jp", "http://localhost:8080", "https://[fd00::1]:8443", "https://10.1.2.3"}) {
    CHECK(is_origin(fit));
  }
  for (const auto* unfit :
       {"", "kasane.example", "https://", "https://Kasane.example", "https://kasane.example/", "ftp://kasane.example",
        "https://kasane.example:", "https://kasane.example:123456", "https://a b", "https://*", "https://[::1"}) {
    CHECK_FALSE(is_origin(unfit));
  }
}
