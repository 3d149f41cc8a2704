// The n-th call to the system fails (reliability.md §5.2), for n = 1, 2, …, while eight clients work.
#include <catch2/catch.hpp>
#include <iostream>
#include <set>
#include <thread>

#include "tests/kill/growth.hpp"
#include "tests/kill/process.hpp"
#include "tests/kill/table.hpp"

using namespace kasane::kill_loop;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 120s;
/// What a start that fails may say (server/exit_status.hpp); a crash or an error without a name is none of these.
const std::set<int> refusals_to_start{65, 66, 69, 73, 74};

enum class End : std::uint8_t { did_not_start, stopped, went_on };

struct Trial {
  Tenant tenant;
  History history{tenant.log.substr(0, tenant.log.find('#')), tenant.log_key};
  Growth growth{tenant.log, tenant.log_key};
  Gate gate;
  Table table{tenant, history, gate, std::random_device()()};  // last: its threads use all of the above

  /// One life with that one failure in it; what is on disk afterwards is held against all that was said.
  End live(const Failing& failing) {
    INFO("call " << failing.nth << " to " << failing.calls << " fails with " << failing.error);
    auto end = End::went_on;
    {
      Serving server(tenant.data, tenant.web, tenant.folder / "diagnostics", failing);
      if (const auto port = server.port(patience)) {
        gate.open(*port);
        const auto until = std::chrono::steady_clock::now() + 700ms;
        while (!server.ended() && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(5ms);
        if (server.ended()) {
          end = End::stopped;
          CHECK(server.exit_status() == 74);
        } else {
          server.kill_9();
        }
        REQUIRE(gate.wait_down(members_at_the_table, patience));
      } else {
        end = End::did_not_start;
        REQUIRE(server.wait_for_end() != 0);
        CHECK(refusals_to_start.contains(server.exit_status().value_or(-1)));
      }
    }
    hold();
    return end;
  }

  /// Without failures: everything is answered.
  void let_finish() {
    Serving server(tenant.data, tenant.web, tenant.folder / "diagnostics");
    const auto port = server.port(patience);
    REQUIRE(port);
    gate.open(*port);
    gate.last_calls();
    REQUIRE(gate.wait_done(members_at_the_table, patience));
    REQUIRE(server.terminate() == 0);
    hold();
  }

  void hold() {
    REQUIRE(history.failure().value_or("") == "");
    REQUIRE_NOTHROW(growth.take(
        read_folder(tenant.data, tenant.folder / "copy", static_cast<std::int64_t>(growth.size())), history));
  }
};

}  // namespace

TEST_CASE("a call that fails under the server stops it before it says what is not on disk, and nothing is lost") {
  if (!can_fail_calls()) {
    std::cout << "skipped: calls cannot be made to fail here: strace is missing, or tracing is not allowed"
              << std::endl;
    return;
  }
  Trial trial;
  int lives = 0, stopped = 0, not_started = 0;
  /// For n = 1, 2, … until none fails any more. How often it stopped a server that was at work.
  const auto fail_each = [&](const char* calls, const char* error, std::vector<const char*> files, int at_most) {
    const int before = stopped;
    for (int nth = 1; nth <= at_most; ++nth) {
      Failing failing{calls, error, nth, {}};
      for (const char* file : files) failing.files.push_back(trial.tenant.data / file);
      const auto end = trial.live(failing);
      ++lives;
      stopped += end == End::stopped ? 1 : 0;
      not_started += end == End::did_not_start ? 1 : 0;
      if (end == End::went_on) break;
    }
    return stopped - before;
  };
  // A commit that cannot be synced or not be written: no second try, which would say that all is well.
  CHECK(fail_each("fsync,fdatasync", "EIO", {"ledger.db-wal"}, 5) == 5);
  CHECK(fail_each("pwrite64", "ENOSPC", {"ledger.db-wal"}, 5) == 5);
  CHECK(fail_each("pwrite64", "EIO", {"ledger.db-wal"}, 3) == 3);
  // What is read and what SQLite needs beside: it may stop, not start, or do without.
  fail_each("pread64", "EIO", {"ledger.db", "ledger.db-wal"}, 12);
  fail_each("pwrite64", "ENOSPC", {"ledger.db-shm"}, 3);
  fail_each("openat", "EMFILE", {"ledger.db", "ledger.db-wal", "ledger.db-shm", "lock"}, 6);
  fail_each("flock", "EIO", {"lock"}, 2);
  trial.let_finish();
  const auto acknowledged = trial.history.acknowledged_since(0).size();
  std::cout << lives << " lives, " << stopped << " stopped by a failing call, " << not_started << " not even started, "
            << acknowledged << " statements acknowledged, " << trial.growth.size() << " entries" << std::endl;
  CHECK(acknowledged >= static_cast<std::size_t>(lives));
}
