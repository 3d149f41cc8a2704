#include "server/conference/intake.hpp"

#include <catch2/catch.hpp>

using namespace kasane;
using namespace std::chrono_literals;
using conference::Intake;
using conference::Job;

namespace {

/// A pool that takes a millisecond for each.
std::shared_ptr<const conference::Keyring> slow_ring() {
  std::this_thread::sleep_for(1ms);
  return std::make_shared<const conference::Keyring>();
}
std::shared_ptr<Job> job(conference::Connection from, wire::Ask ask) {
  auto made = std::make_shared<Job>();
  made->connection = from;
  made->what = wire::Request{"1", std::move(ask)};
  return made;
}
std::shared_ptr<Job> append(conference::Connection from) {
  return job(from, wire::AppendRequest{{"no envelope"}, {"Zm9v", "%"}, {}});
}

}  // namespace

TEST_CASE("what is checked while the ledger waits is taken together, in the order in which it came") {
  Intake intake(slow_ring);
  intake.start(2);
  for (conference::Connection i = 0; i < 60; ++i) intake.push(i % 7 == 0 ? job(i, wire::PingRequest{}) : append(i));
  std::vector<conference::Connection> order;
  std::size_t takes = 0;
  while (order.size() < 60) {
    const auto jobs = intake.take(1'024, 1s);
    for (const auto& one : jobs) order.push_back(one->connection);
    takes += jobs.empty() ? 0U : 1U;
  }
  CHECK(std::is_sorted(order.begin(), order.end()));
  CHECK(takes < 30);
  CHECK(intake.take(1'024, 0s).empty());
}

TEST_CASE("no more is taken than was asked for, and the rest comes next") {
  Intake intake(slow_ring);
  for (conference::Connection i = 0; i < 10; ++i) intake.push(append(i));
  CHECK(intake.take_now(4).size() == 4);
  CHECK(intake.take_now(100).size() == 6);
}

TEST_CASE("blobs are decoded and judged before the ledger sees them") {
  Intake intake(slow_ring);
  intake.push(append(1));
  intake.push(job(2, wire::PutRequest{{"Zm9v"}, {}, {}}));
  const auto jobs = intake.take_now(2);
  REQUIRE(jobs.size() == 2);
  REQUIRE(jobs[0]->refusal);
  CHECK(jobs[0]->refusal->fault == wire::Fault::malformed);
  CHECK(jobs[0]->checked.at(0).refusal);
  CHECK_FALSE(jobs[1]->refusal);
  REQUIRE(jobs[1]->attached.blobs.size() == 1);
  CHECK(jobs[1]->attached.blobs.begin()->second == "foo");
}
