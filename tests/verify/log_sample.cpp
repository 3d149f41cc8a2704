// Writes a log of 600 leaves as the product writes one (checkpoints, cosignatures, tiles, proofs) into a folder, for
// verifiers that know nothing of us: log_sample FOLDER. The keys are those of FORMAT.md's examples.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "crypto/cosignature.hpp"
#include "crypto/lines.hpp"
#include "crypto/log_proof.hpp"
#include "crypto/sha256.hpp"
#include "crypto/tile.hpp"
#include "tests/log/example.hpp"

using namespace kasane;

namespace {

std::filesystem::path folder;

void write(const std::string& name, std::string_view bytes) {
  const auto path = folder / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::fputs("usage: log_sample FOLDER\n", stderr), 2;
  folder = argv[1];
  const given::ExampleLog log(600);
  const std::uint64_t sizes[] = {1, 2, 3, 7, 255, 256, 257, 511, 512, 600};
  write("log.vkey", crypto::note_verifier_key(log.origin, log.key.public_key));
  write("fresh.vkey", crypto::note_verifier_key(log.origin, log.fresh.public_key, crypto::NoteKeyType::cosigner));
  write("witness.vkey",
        crypto::note_verifier_key(log.witness_name, log.witness.public_key, crypto::NoteKeyType::cosigner));
  crypto::Bytes leaves;
  for (const auto& leaf : log.leaves) {
    const auto bytes = crypto::encode(leaf);
    leaves.insert(leaves.end(), bytes.begin(), bytes.end());
  }
  write("leaves", crypto::text(leaves));
  for (const auto n : sizes) {
    write("checkpoint/" + std::to_string(n), log.note(n));
    for (std::uint64_t i = 0; i < n; i += n > 16 ? 37 : 1)
      write("proof/" + std::to_string(i) + "-" + std::to_string(n) + ".tlog-proof", log.proof(i, n));
    for (const auto m : sizes) {
      if (m > n) continue;
      std::string lines;
      crypto::append_hashes(lines, *log.tree.consistency(m, n));
      write("consistency/" + std::to_string(m) + "-" + std::to_string(n), lines);
    }
    for (const auto& tile : crypto::tiles_of(n)) write(crypto::print(tile), crypto::text(*hash_tile(log.tree, tile)));
  }
  return 0;
}
