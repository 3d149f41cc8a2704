// The log in memory: appending entries beside the bare compressions of SHA-256 that they cannot do without, and proofs
// from a tree of a million leaves.
#define OPENSSL_API_COMPAT 0x10100000L  // the low-level calls: the anchor is the processor's own speed, without a fetch
#include <openssl/sha.h>

#include <random>

#include "crypto/random.hpp"
#include "crypto/sha256.hpp"
#include "server/log/writer.hpp"
#include "tests/bench/figures.hpp"

namespace kasane::bench {
namespace {

constexpr std::size_t envelope_bytes = 512;
constexpr std::size_t block_bytes = 64;
/// 512 bytes of envelope and their padding take 9 compressions, the 113-byte leaf and its prefix 2, the one inner node
/// that each leaf adds 2.
constexpr std::size_t compressions = 13;

/// µs of bare compressions for so many entries.
double bare_us(const std::vector<std::string>& envelopes, std::size_t entries) {
  SHA256_CTX state;
  SHA256_Init(&state);
  const std::string blocks = envelopes[0] + envelopes[1].substr(0, compressions * block_bytes - envelope_bytes);
  const double before = own_cpu_us();
  for (std::size_t i = 0; i < entries; ++i) SHA256_Update(&state, blocks.data(), blocks.size());
  const double spent = own_cpu_us() - before;
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256_Final(digest.data(), &state);
  if (digest[0] == 0 && digest[1] == 0 && digest[2] == 0 && digest[3] == 0) fail("no hash has four zeros in front");
  return spent;
}

double append_us(log::Writer& writer, const std::vector<std::string>& envelopes, std::size_t entries) {
  constexpr std::size_t units = 16;
  if (writer.size() == 0) writer.found("bench/0123456789abcdef", envelopes[0]);
  std::vector<log::UnitNumber> numbers;
  for (std::size_t i = 0; i < units; ++i)
    numbers.push_back(
        writer.create_unit("item/i-" + std::to_string(writer.size()) + "-" + std::to_string(i), crypto::Salt{}));
  const auto at_ms = writer.last_time_ms() + 1;
  const double before = own_cpu_us();
  for (std::size_t i = 0; i < entries; ++i)
    writer.append(numbers[i % units], at_ms, crypto::sha256(envelopes[i % envelopes.size()]));
  return own_cpu_us() - before;
}

struct Proofs {
  double inclusion_us, consistency_us, single_us;
};
Proofs proofs(const crypto::Tree& tree, int count) {
  std::mt19937_64 draw(3);
  std::vector<std::uint64_t> places;
  for (int i = 0; i < count; ++i) places.push_back(1 + draw() % (tree.size() - 1));
  std::size_t hashes = 0;
  const auto each = [&](const auto& prove) {
    const double began = own_cpu_us();
    for (const auto place : places) hashes += prove(place).value().size();
    return (own_cpu_us() - began) / count;
  };
  const crypto::TreeAt at(tree, tree.size());
  const Proofs found{each([&](std::uint64_t place) { return at.inclusion(place); }),
                     each([&](std::uint64_t place) { return at.consistency(place); }),
                     each([&](std::uint64_t place) { return tree.inclusion(place, tree.size()); })};
  if (hashes == 0) fail("the proofs are empty");
  return found;
}

void run(const Settings& settings) {
  pin(Core::generator);
  std::vector<std::string> envelopes(256, std::string(envelope_bytes, '\0'));
  for (auto& one : envelopes) crypto::random_fill({reinterpret_cast<std::uint8_t*>(one.data()), one.size()});
  crypto::Tree large;
  const auto leaves = static_cast<std::uint64_t>(settings.sized(999'999, 1'001));  // a ragged edge, the dearest
  for (std::uint64_t i = 0; i < leaves; ++i) large.append(crypto::random_value<crypto::Hash>());
  for (int round = settings.first; round < settings.first + settings.rounds; ++round) {
    const auto entries = static_cast<std::size_t>(settings.sized(200'000, 500));
    const auto n = static_cast<double>(entries);
    figure(round, "tree-append", "bare", bare_us(envelopes, entries) * 1e3 / n);
    log::Writer writer(log::generate_keys());
    figure(round, "tree-append", "append", append_us(writer, envelopes, entries) * 1e3 / n);
    const auto found = proofs(large, settings.sized(20'000, 20));
    figure(round, "tree-proofs", "inclusion", found.inclusion_us);
    figure(round, "tree-proofs", "consistency", found.consistency_us);
    figure(round, "tree-proofs", "single", found.single_us);
  }
}

}  // namespace
}  // namespace kasane::bench

int main(int count, char** words) {
  kasane::bench::run(kasane::bench::settings(count, words));
  return 0;
}
