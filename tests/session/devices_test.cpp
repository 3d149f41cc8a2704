#include "server/session/devices.hpp"

#include <catch2/catch.hpp>
#include <vector>

using kasane::session::Devices;
using namespace std::chrono_literals;

namespace {
const auto noon = kasane::session::Clock::time_point(12h);
}

TEST_CASE("a device has sixteen connections, and a seventeenth once one has gone") {
  Devices devices({16, 50, 200});
  std::vector<Devices::Place> places;
  for (int i = 0; i < 16; ++i) {
    places.push_back(devices.join("d-one", noon));
    CHECK(places.back());
  }
  CHECK_FALSE(devices.join("d-one", noon));
  CHECK(devices.join("d-two", noon));
  places.pop_back();
  CHECK(devices.join("d-one", noon));
}

TEST_CASE("all connections of a device share one allowance") {
  Devices devices({16, 50, 200});
  auto first = devices.join("d-one", noon);
  auto second = devices.join("d-one", noon);
  for (int i = 0; i < 100; ++i) {
    CHECK(first.take(noon));
    CHECK(second.take(noon));
  }
  CHECK_FALSE(first.take(noon));
  CHECK_FALSE(second.take(noon));
  auto other = devices.join("d-two", noon);
  CHECK(other.take(noon));
}

TEST_CASE("hanging up is no way to a new burst") {
  Devices devices({16, 50, 200});
  {
    auto place = devices.join("d-one", noon);
    for (int i = 0; i < 200; ++i) CHECK(place.take(noon));
  }
  auto place = devices.join("d-one", noon);
  CHECK_FALSE(place.take(noon));
}
