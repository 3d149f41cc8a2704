#include "server/log/keys.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "server/log/key_file.hpp"

namespace kasane::log {

namespace {

constexpr const char* log_file = "log.key";
constexpr const char* statement_file = "statement.key";
constexpr const char* cosigner_file = "cosigner.key";
constexpr std::size_t file_bytes = 64 + 1;  // the seed in hex and a newline

}  // namespace

std::optional<std::string> write_key(const std::filesystem::path& path, const crypto::SigningKeyPair& key) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return "cannot create " + path.string() + ": " + std::strerror(errno);
  const crypto::Seed seed = crypto::seed_of(key.private_key);
  std::string text = crypto::hex(seed.expose()) + "\n";
  const bool written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  const int error = errno;
  crypto::wipe(text.data(), text.size());
  ::close(file);
  if (!written) return "cannot write " + path.string() + ": " + std::strerror(error);
  return std::nullopt;
}

std::optional<crypto::SigningKeyPair> read_key(const std::filesystem::path& path, std::string& why) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) {
    why = "cannot open " + path.string() + ": " + std::strerror(errno);
    return std::nullopt;
  }
  struct stat status{};
  std::array<char, file_bytes + 1> text{};
  const bool known = ::fstat(file, &status) == 0;
  const ssize_t length = ::read(file, text.data(), text.size());
  ::close(file);
  if (!known || (status.st_mode & 077) != 0) {
    why = path.string() + " may be read by others than its owner; it must have mode 0600";
    return std::nullopt;
  }
  std::optional<crypto::SigningKeyPair> key;
  if (length == static_cast<ssize_t>(file_bytes) && text[file_bytes - 1] == '\n')
    if (auto bytes = crypto::unhex(std::string_view(text.data(), file_bytes - 1))) {
      if (const auto seed = crypto::Seed::from(*bytes)) key = crypto::signing_from_seed(*seed);
      crypto::wipe(bytes->data(), bytes->size());
    }
  crypto::wipe(text.data(), text.size());
  if (!key) why = path.string() + " is not a signing key (64 lower-case hex digits and a newline)";
  return key;
}

Keys generate_keys() { return {crypto::signing_generate(), crypto::signing_generate(), crypto::signing_generate()}; }

std::optional<std::string> write_keys(const std::filesystem::path& folder, const Keys& keys) {
  if (auto error = write_key(folder / log_file, keys.log)) return error;
  if (auto error = write_key(folder / statement_file, keys.statement)) return error;
  return keys.cosigner ? write_key(folder / cosigner_file, *keys.cosigner) : std::nullopt;
}

std::optional<Keys> read_keys(const std::filesystem::path& folder, std::string& why) {
  auto log = read_key(folder / log_file, why);
  if (!log) return std::nullopt;
  auto statement = read_key(folder / statement_file, why);
  if (!statement) return std::nullopt;
  Keys keys{std::move(*log), std::move(*statement)};
  struct stat there{};
  if (::lstat((folder / cosigner_file).c_str(), &there) != 0 && errno == ENOENT) return keys;
  keys.cosigner = read_key(folder / cosigner_file, why);
  return keys.cosigner ? std::optional(std::move(keys)) : std::nullopt;
}

}  // namespace kasane::log
