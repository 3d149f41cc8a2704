#include "server/conference/intake.hpp"

#include <catch2/catch.hpp>
#include <future>

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
/// Too much for the thread that brings it.
std::shared_ptr<Job> heavy(conference::Connection from) {
  return job(from, wire::AppendRequest{{"no envelope", "nor this"}, {}, {}});
}

}  // namespace

TEST_CASE("what is checked while the ledger waits is taken together, in the order in which it came") {
  Intake intake(slow_ring);
  intake.start(2);
  for (conference::Connection i = 0; i < 60; ++i) intake.push(i % 7 == 0 ? job(i, wire::PingRequest{}) : heavy(i));
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
  for (conference::Connection i = 0; i < 10; ++i) intake.push(i % 2 == 0 ? append(i) : heavy(i));
  CHECK(intake.take_now(4).size() == 4);
  CHECK(intake.take_now(100).size() == 6);
}

TEST_CASE("while envelopes are checked, others may ask how many requests wait") {
  std::future<std::size_t> asked;
  bool answered = false;
  Intake intake([&] {
    asked = std::async(std::launch::async, [&] { return intake.queued(); });
    answered = asked.wait_for(5s) == std::future_status::ready;
    return std::make_shared<const conference::Keyring>();
  });
  intake.push(append(1));
  CHECK(intake.take_now(1).size() == 1);
  CHECK(answered);
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

TEST_CASE("one small envelope is checked by the thread that brings it, and waits behind what came before it") {
  const auto main = std::this_thread::get_id();
  std::vector<std::thread::id> checked_by;
  Intake intake([&] {
    checked_by.push_back(std::this_thread::get_id());
    return std::make_shared<const conference::Keyring>();
  });
  intake.push(append(1));
  REQUIRE(checked_by == std::vector{main});
  intake.push(heavy(2));
  intake.push(job(3, wire::AppendRequest{{"no envelope"}, {std::string(Intake::light_bytes, 'A')}, {}}));
  intake.push(job(4, wire::PutRequest{{}, {}, {"half signed"}}));
  CHECK(checked_by.size() == 1);
  intake.push(job(5, wire::OpenRequest{"no envelope"}));
  CHECK(checked_by.size() == 2);
  intake.start(1);
  std::vector<conference::Connection> order;
  while (order.size() < 5)
    for (const auto& one : intake.take(1'024, 1s)) {
      CHECK_FALSE(one->checked.empty());
      order.push_back(one->connection);
    }
  CHECK(order == std::vector<conference::Connection>{1, 2, 3, 4, 5});
  intake.stop();
  CHECK(checked_by.size() == 5);
}
