// The store alone: what one commit of so many entries costs, beside writing the same bytes to the end of a file with
// one fdatasync.
#include <fcntl.h>
#include <unistd.h>

#include <string>

#include "crypto/random.hpp"
#include "server/store/sqlite_store.hpp"
#include "tests/bench/figures.hpp"

namespace kasane::bench {
namespace {

// As a message of 512 bytes of text comes out: tests/bench/delivery.cpp.
constexpr std::size_t envelope_bytes = 1'250, frame_bytes = 706, note_bytes = 190;

std::string random_text(std::size_t bytes) {
  std::string text(bytes, '\0');
  crypto::random_fill({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  for (auto& letter : text) letter = static_cast<char>('0' + (static_cast<unsigned char>(letter) & 0x3fU));
  return text;
}

/// Commits of `entries` messages each, from `index` on, in the form that the ledger makes.
std::vector<conference::Commit> commits(std::int64_t index, int count, int entries) {
  std::vector<conference::Commit> out;
  for (int i = 0; i < count; ++i) {
    auto& commit = out.emplace_back();
    if (index == 0) commit.units.push_back({0, "item/i-1", crypto::random_value<crypto::Salt>()});
    for (int k = 0; k < entries; ++k, ++index) {
      commit.entries.push_back({{index, 1'790'000'000'000 + index, 0, index, crypto::random_value<crypto::Nonce>(),
                                 crypto::random_value<crypto::Hash>()},
                                random_text(envelope_bytes)});
      commit.frames.push_back({index, "i-1", random_text(frame_bytes)});
    }
    commit.checkpoints.push_back({index, random_text(note_bytes)});
  }
  return out;
}

/// Appends to a growing file. Thread: one.
class RawFile {
 public:
  explicit RawFile(const std::string& path)
      : file_(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {
    if (file_ < 0) fail("cannot make " + path);
  }
  ~RawFile() { close(file_); }
  RawFile(const RawFile&) = delete;
  RawFile& operator=(const RawFile&) = delete;
  void append(const std::string& bytes) const {
    if (write(file_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) || fdatasync(file_) != 0)
      fail("the disk does not take it");
  }

 private:
  int file_;
};

void run(const Settings& settings) {
  const std::filesystem::path scratch = settings.scratch;
  store::SqliteStore store(scratch);
  const RawFile raw(scratch / "raw");
  for (int round = settings.first; round < settings.first + settings.rounds; ++round) {
    for (const int entries : {1, 64, 256}) {
      const int count = settings.sized(entries == 1 ? 400 : entries == 64 ? 100 : 30, 3);
      const auto batch = commits(store.size(), count, entries);
      std::vector<std::string> bytes;
      for (const auto& commit : batch) {
        auto& all = bytes.emplace_back();
        for (const auto& entry : commit.entries) all += entry.envelope;
        for (const auto& frame : commit.frames) all += frame.bytes;
      }
      const std::string table = "durable-" + std::to_string(entries);
      const double n = static_cast<double>(count) * entries, began = now_us();
      for (const auto& one : bytes) raw.append(one);
      const double between = now_us();
      for (const auto& commit : batch) store.commit(commit);
      const double ended = now_us();
      figure(round, table, "raw", n / (between - began) * 1e6);
      figure(round, table, "store", n / (ended - between) * 1e6);
    }
  }
}

}  // namespace
}  // namespace kasane::bench

int main(int count, char** words) {
  kasane::bench::run(kasane::bench::settings(count, words));
  return 0;
}
