#include "server/commands/witness_memory.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

#include "crypto/lines.hpp"
#include "crypto/sha256.hpp"
#include "server/exit_status.hpp"

namespace kasane::commands {

namespace {

constexpr const char* suffix = ".cosigned";

std::optional<crypto::Checkpoint> read_body(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(1'024, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  std::string_view rest = text;
  const auto origin = crypto::take_line(rest), size = crypto::take_line(rest), root = crypto::take_line(rest);
  if (!origin || !size || !root || !rest.empty()) return std::nullopt;
  const auto count = crypto::read_count(*size);
  const auto hash = crypto::from_base64<crypto::Hash>(*root);
  if (!count || !hash) return std::nullopt;
  return crypto::Checkpoint{std::string(*origin), *count, *hash};
}

bool write_through(const std::filesystem::path& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return false;
  const bool done = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  ::close(file);
  return done;
}

bool sync_folder(const std::filesystem::path& path) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return false;
  const bool done = ::fsync(folder) == 0;
  ::close(folder);
  return done;
}

}  // namespace

WitnessFolder::WitnessFolder(const std::filesystem::path& folder) : folder_(folder), lock_(folder) {
  for (const auto& one : std::filesystem::directory_iterator(folder)) {
    if (one.path().extension() != suffix) continue;
    const auto checkpoint = read_body(one.path());
    // Starting without it would be forgetting what was signed.
    if (!checkpoint || file_of(checkpoint->origin) != one.path())
      throw CommandError(Exit::broken_data, one.path().string() + " is damaged; without it this witness may not sign");
    kept_[checkpoint->origin] = *checkpoint;
  }
}

std::filesystem::path WitnessFolder::file_of(const std::string& origin) const {
  return folder_ / (crypto::hex(crypto::sha256(origin)) + suffix);
}

std::optional<crypto::Checkpoint> WitnessFolder::newest(const std::string& origin) {
  const auto at = kept_.find(origin);
  return at == kept_.end() ? std::nullopt : std::optional(at->second);
}

bool WitnessFolder::keep(const crypto::Checkpoint& checkpoint) {
  const auto path = file_of(checkpoint.origin);
  const std::filesystem::path draft = path.string() + ".part";
  std::error_code error;
  if (!write_through(draft, crypto::body(checkpoint))) return false;
  std::filesystem::rename(draft, path, error);
  if (error || !sync_folder(folder_)) return false;
  kept_[checkpoint.origin] = checkpoint;
  return true;
}

}  // namespace kasane::commands
