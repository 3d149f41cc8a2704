#include "server/session/allowance.hpp"

#include <catch2/catch.hpp>

using kasane::session::Allowance;
using namespace std::chrono_literals;

TEST_CASE("an allowance is a burst at once and a rate from then on") {
  Allowance allowance(50, 200);
  auto now = kasane::session::Clock::time_point(1h);
  for (int i = 0; i < 200; ++i) CHECK(allowance.take(now));
  CHECK_FALSE(allowance.take(now));
  now += 20ms;
  CHECK(allowance.take(now));
  CHECK_FALSE(allowance.take(now));
  now += 1s;
  for (int i = 0; i < 50; ++i) CHECK(allowance.take(now));
  CHECK_FALSE(allowance.take(now));
}

TEST_CASE("an allowance that rests for an hour is one burst, not more") {
  Allowance allowance(50, 200);
  auto now = kasane::session::Clock::time_point(1h);
  CHECK(allowance.take(now, 200));
  now += 1h;
  CHECK(allowance.take(now, 200));
  CHECK_FALSE(allowance.take(now));
}
