// How many signed statements a second the server takes in and makes durable, beside what Ed25519 verification alone
// would allow on the same core. Nobody listens: what is measured is the way in.
#include <algorithm>

#include "crypto/envelope.hpp"
#include "tests/bench/child.hpp"
#include "tests/bench/sitting.hpp"

namespace kasane::bench {
namespace {

constexpr int member_count = 30;
constexpr std::size_t in_flight = 256;

/// Bare verifications a second on the server's core: of the very bytes that were signed, made ready beforehand.
double limit_a_second(const Sitting& sitting) {
  const auto& envelopes = sitting.envelopes();
  const auto sample = std::min<std::size_t>(envelopes.size(), 1'500);
  std::vector<crypto::Bytes> signed_bytes;
  std::vector<const crypto::PublicKey*> keys;
  for (std::size_t i = 0; i < sample; ++i) {
    signed_bytes.push_back(crypto::pre_authentication(envelopes[i].payload));
    keys.push_back(&sitting.signer(envelopes[i]));
  }
  pin(Core::server);
  const double before = own_cpu_us();
  for (std::size_t i = 0; i < sample; ++i)
    if (!crypto::verify(*keys[i], signed_bytes[i], envelopes[i].signatures[0].sig)) fail("a signature does not verify");
  const double each = (own_cpu_us() - before) / static_cast<double>(sample);
  pin(Core::generator);
  return 1e6 / each;
}

void run(const Settings& settings) {
  const std::filesystem::path scratch = settings.scratch;
  Town town(scratch / "intake", member_count);
  town.convene();
  town.draw_epoch();
  town.close();
  const Child kasane({settings.program, "serve", "--data", (scratch / "intake").string(), "--port", "0", "--web",
                      bare_page(scratch).string()},
                     Core::server);
  pin(Core::generator);
  Sitting sitting(town, kasane.port(), false);
  for (int round = settings.first; round < settings.first + settings.rounds; ++round) {
    for (const std::size_t each : {std::size_t{1}, std::size_t{16}}) {
      const auto requests = static_cast<std::size_t>(settings.sized(each == 1 ? 4'500 : 450, member_count));
      const auto frames = sitting.prepare(requests, each);
      const std::string table = each == 1 ? "intake" : "intake-16";
      figure(round, table, "limit", limit_a_second(sitting));
      const double cpu = process_cpu_us(kasane.process());
      const double wall = sitting.crowd().run(frames, each == 1 ? in_flight : in_flight / 8, Crowd::Done::by_one);
      const auto statements = static_cast<double>(requests * each);
      figure(round, table, "kasane", statements / wall * 1e6);
      figure(round, table, "kasane-cpu", statements / (process_cpu_us(kasane.process()) - cpu) * 1e6);
    }
  }
}

}  // namespace
}  // namespace kasane::bench

int main(int count, char** words) {
  kasane::bench::run(kasane::bench::settings(count, words));
  return 0;
}
