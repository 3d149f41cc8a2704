// What one delivered message costs the server, and how long it takes: the real program (SQLite FULL, ledger entry,
// leaf, unit chain, signed checkpoint, policy) with 30 members, beside Beast's textbook broadcast, which keeps nothing.
#include <algorithm>

#include "tests/bench/child.hpp"
#include "tests/bench/sitting.hpp"

namespace kasane::bench {
namespace {

constexpr int member_count = 30;
constexpr std::size_t text_bytes = 512;

struct Measured {
  double cpu_us, wall_us;
};
Measured measured(const Child& server, Crowd& crowd, std::span<const std::string> frames, std::size_t in_flight) {
  const double before = process_cpu_us(server.process());
  const double wall = crowd.run(frames, in_flight);
  crowd.settle();  // the last acknowledgements and their clean-up belong to the cost too
  return {process_cpu_us(server.process()) - before, wall};
}

/// What the signature checks alone cost, on the server's core, per message.
double verify_us(const Sitting& sitting) {
  pin(Core::server);
  const auto& envelopes = sitting.envelopes();
  const auto sample = std::min<std::size_t>(envelopes.size(), 300);
  const double before = own_cpu_us();
  for (std::size_t i = 0; i < sample; ++i)
    if (!crypto::verify(envelopes[i], 0, sitting.signer(envelopes[i]))) fail("a signature does not verify");
  const double each = (own_cpu_us() - before) / static_cast<double>(sample);
  pin(Core::generator);
  return each;
}

double quantile(std::vector<double> values, double q) {
  if (values.empty()) fail("nothing was delivered");
  const auto at = static_cast<std::size_t>(q * static_cast<double>(values.size() - 1));
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(at));
  return values[at];
}

struct Bench {
  const Settings& settings;
  const Child &kasane, &beast;
  Sitting& sitting;
  Crowd& peers;

  void cost(int round, std::size_t in_flight, std::size_t messages) {
    const std::string table = "delivery-cpu-" + std::to_string(in_flight);
    const std::vector<std::string> plain(messages, frame(std::string(text_bytes, 'x'), false));
    const auto frames = sitting.prepare(messages);
    const auto peer = measured(beast, peers, plain, in_flight);
    const auto ours = measured(kasane, sitting.crowd(), frames, in_flight);
    const double verify = verify_us(sitting);
    const auto n = static_cast<double>(messages), deliveries = n * member_count;
    figure(round, table, "beast", peer.cpu_us * 1e3 / deliveries);
    figure(round, table, "kasane", ours.cpu_us * 1e3 / deliveries);
    figure(round, table, "verify", verify * 1e3 / member_count);
    figure(round, table, "kasane-unsigned", (ours.cpu_us - verify * n) * 1e3 / deliveries);
    const std::string rate = "delivery-rate-" + std::to_string(in_flight);
    figure(round, rate, "beast", deliveries / peer.wall_us * 1e6);
    figure(round, rate, "kasane", deliveries / ours.wall_us * 1e6);
  }

  void latency(int round, int a_second, std::size_t messages) {
    const std::string table = "latency-" + std::to_string(a_second);
    const std::vector<std::string> plain(messages, frame(std::string(text_bytes, 'x'), false));
    const auto frames = sitting.prepare(messages);
    for (const auto& [name, took] : {std::pair{"beast", peers.run_at(plain, a_second)},
                                     std::pair{"kasane", sitting.crowd().run_at(frames, a_second)}}) {
      figure(round, table, std::string(name) + "-p50", quantile(took, 0.5));
      figure(round, table, std::string(name) + "-p99", quantile(took, 0.99));
    }
    peers.settle();
    sitting.crowd().settle();
  }
};

void run(const Settings& settings) {
  const std::filesystem::path scratch = settings.scratch;
  Town town(scratch / "delivery", member_count);
  town.convene();
  town.draw_epoch();
  town.close();
  const auto web = bare_page(scratch);
  const Child beast({settings.peers + "/bench_beast_broadcast"}, Core::server);
  const Child kasane(
      {settings.program, "serve", "--data", (scratch / "delivery").string(), "--port", "0", "--web", web.string()},
      Core::server);
  pin(Core::generator);
  Sitting sitting(town, kasane.port(), true);
  sitting.crowd().begin();
  std::vector<std::unique_ptr<Line>> lines;
  for (int i = 0; i < member_count; ++i) lines.push_back(std::make_unique<Line>(beast.port(), ""));
  Crowd peers(std::move(lines), [](std::int64_t before, std::string_view) { return before + 1; });
  Bench bench{settings, kasane, beast, sitting, peers};
  const auto sized = [&](int full) { return static_cast<std::size_t>(settings.sized(full, member_count)); };
  for (int round = settings.first; round < settings.first + settings.rounds; ++round) {
    bench.cost(round, 1, sized(900));
    bench.cost(round, 64, sized(4'500));
    bench.latency(round, 200, sized(300));
    bench.latency(round, 1'000, sized(1'500));
  }
}

}  // namespace
}  // namespace kasane::bench

int main(int count, char** words) {
  kasane::bench::run(kasane::bench::settings(count, words));
  return 0;
}
