#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "tests/kill/growth.hpp"
#include "tests/kill/process.hpp"
#include "tests/kill/table.hpp"

using namespace kasane::kill_loop;
using namespace std::chrono_literals;

namespace {

std::uint64_t number_of(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr || *text == '\0' ? otherwise : std::strtoull(text, nullptr, 10);
}

constexpr auto patience = 120s;

/// The loop: start, work, kill at a random moment, hold what is on disk against all that was said.
struct Loop {
  explicit Loop(std::uint64_t seed)
      : random(seed),
        history(tenant.log.substr(0, tenant.log.find('#')), tenant.log_key),
        growth(tenant.log, tenant.log_key),
        table(tenant, history, gate, seed) {}

  std::uint64_t draw(std::uint64_t below) { return std::uniform_int_distribution<std::uint64_t>(0, below - 1)(random); }

  void run(int kills) {
    try {
      for (kill = 1; kill <= kills; ++kill) {
        kill_once();
        hold();
      }
      let_finish();
    } catch (const Broken& why) {
      throw Broken("kill " + std::to_string(kill) + ": " + history.failure().value_or(why.what()));
    }
  }

  void kill_once() {
    Serving server(tenant.data, tenant.web, diagnostics());
    const auto when = draw(10);
    if (when == 0) {  // while it reads its ledger
      std::this_thread::sleep_for(std::chrono::milliseconds(draw(60)));
      return server.kill_9();
    }
    open(server);
    const bool at_work = when > 2;  // else while they come back
    if (at_work && !gate.wait_live(members_at_the_table, patience)) broken("the clients did not come back");
    std::this_thread::sleep_for(std::chrono::milliseconds(draw(at_work ? 150 : 60)));
    if (server.ended()) broken("the server ended by itself: " + last_words(diagnostics()));
    if (gate.down_now() > 0) broken("the server let a connection go");
    if (at_work && when < 8) {
      gate.kill_at_next_answer(server.pid());
      if (!gate.wait_down(1, patience)) broken("nothing is answered any more");
    }
    server.kill_9();
    if (!gate.wait_down(members_at_the_table, patience)) broken("a client is still waiting for a dead server");
  }

  /// The last life: everything is answered, and it ends as an operator ends it.
  void let_finish() {
    Serving server(tenant.data, tenant.web, diagnostics());
    open(server);
    gate.last_calls();
    if (!gate.wait_done(members_at_the_table, patience)) broken("not everything was answered in the end");
    if (server.terminate() != 0) broken("the last server did not end with 0");
    hold();
  }

  void open(Serving& server) {
    const auto port = server.port(patience);
    if (!port) broken("the server did not start again");
    gate.open(*port);
  }

  void hold() {
    if (history.failure()) broken(*history.failure());
    growth.take(read_folder(tenant.data, tenant.folder / "copy", static_cast<std::int64_t>(growth.size())), history);
  }

  [[noreturn]] static void broken(const std::string& why) { throw Broken(why); }
  std::filesystem::path diagnostics() const { return tenant.folder / "diagnostics"; }

  Tenant tenant;
  std::mt19937_64 random;
  History history;
  Growth growth;
  Gate gate;
  Table table;  // last: its threads use all of the above
  int kill = 0;
};

}  // namespace

TEST_CASE("after kill -9 everything acknowledged is there once, and the log only grew") {
  const bool nightly = number_of("KASANE_NIGHTLY", 0) != 0;
  const auto seed = number_of("KASANE_SEED", std::random_device()());
  const auto kills = static_cast<int>(number_of("KASANE_KILLS", 100));
  const int rounds = nightly ? 10 : 1;
  for (int round = 0; round < rounds; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    std::cout << "KASANE_SEED=" << seed + static_cast<std::uint64_t>(round) << std::endl;
    Loop loop(seed + static_cast<std::uint64_t>(round));
    REQUIRE_NOTHROW(loop.run(kills));
    const auto acknowledged = loop.history.acknowledged_since(0).size();
    std::cout << kills << " kills, " << acknowledged << " statements acknowledged, " << loop.history.repeats()
              << " receipts repeated, " << loop.history.roots().size() << " checkpoints seen, " << loop.growth.size()
              << " entries, "
              << std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - begin).count()
              << " s" << std::endl;
    CHECK(acknowledged >= static_cast<std::size_t>(kills));  // it was at work
    CHECK(loop.history.repeats() > 0);
  }
}
