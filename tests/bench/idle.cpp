// What a connection costs while nothing happens: the growth of the server's own memory, sockets in the kernel apart.
#include "tests/bench/child.hpp"
#include "tests/bench/sitting.hpp"

namespace kasane::bench {
namespace {

constexpr int member_count = 30;

void run(const Settings& settings) {
  const std::filesystem::path scratch = settings.scratch;
  Town town(scratch / "idle", member_count);
  town.close();
  const auto web = bare_page(scratch);
  const int a_device = settings.sized(16, 6);  // connections; wire/limits allows 16
  const auto extra = static_cast<double>(member_count * (a_device - 1));
  for (int round = settings.first; round < settings.first + settings.rounds; ++round) {
    {
      const Child beast({settings.peers + "/bench_beast_broadcast"}, Core::server);
      std::vector<std::unique_ptr<Line>> lines;
      const auto connect_all = [&] {
        for (int i = 0; i < member_count; ++i) lines.push_back(std::make_unique<Line>(beast.port(), ""));
      };
      connect_all();
      const double before = resident_kib(beast.process());
      for (int i = 1; i < a_device; ++i) connect_all();
      figure(round, "idle", "beast", (resident_kib(beast.process()) - before) / extra);
    }
    const Child kasane(
        {settings.program, "serve", "--data", (scratch / "idle").string(), "--port", "0", "--web", web.string()},
        Core::server);
    std::vector<std::unique_ptr<Line>> lines;
    wire::Payload::Seen seen;
    const auto connect_all = [&] {
      for (const auto& person : town.members()) lines.push_back(join(kasane.port(), person, true, seen));
    };
    connect_all();
    const double before = resident_kib(kasane.process());
    for (int i = 1; i < a_device; ++i) connect_all();
    figure(round, "idle", "kasane", (resident_kib(kasane.process()) - before) / extra);
    figure(round, "idle-whole", "kasane", before / 1024);
  }
}

}  // namespace
}  // namespace kasane::bench

int main(int count, char** words) {
  kasane::bench::run(kasane::bench::settings(count, words));
  return 0;
}
