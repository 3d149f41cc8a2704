#include "server/store/extract_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>

namespace kasane::store {

namespace {

constexpr std::size_t length_bytes = 4, segment_bytes_max = std::size_t{64} << 20;

bool read_all(int file, char* into, std::size_t bytes, std::int64_t at) {
  for (std::size_t done = 0; done < bytes;) {
    const auto got = ::pread(file, into + done, bytes - done, at + static_cast<std::int64_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    done += static_cast<std::size_t>(got);
  }
  return true;
}
bool write_all(int file, std::string_view bytes, std::int64_t at) {
  for (std::size_t done = 0; done < bytes.size();) {
    const auto put = ::pwrite(file, bytes.data() + done, bytes.size() - done, at + static_cast<std::int64_t>(done));
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    done += static_cast<std::size_t>(put);
  }
  return true;
}

}  // namespace

ExtractFile::ExtractFile(const std::filesystem::path& file)
    : file_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {}

ExtractFile::~ExtractFile() {
  if (file_ >= 0) ::close(file_);
}

void ExtractFile::each(const std::function<bool(std::string_view)>& visit) {
  ends_.clear();
  std::int64_t at = 0;
  std::string segment;
  std::array<unsigned char, length_bytes> length{};
  while (file_ >= 0 && read_all(file_, reinterpret_cast<char*>(length.data()), length.size(), at)) {
    std::size_t bytes = 0;
    for (const auto byte : length) bytes = bytes << 8 | byte;
    if (bytes > segment_bytes_max) break;
    segment.resize(bytes);
    if (!read_all(file_, segment.data(), bytes, at + static_cast<std::int64_t>(length_bytes)) || !visit(segment)) break;
    at += static_cast<std::int64_t>(length_bytes + bytes);
    ends_.push_back(at);
  }
}

void ExtractFile::keep(std::size_t segments) {
  segments = std::min(segments, ends_.size());
  end_ = segments == 0 ? 0 : ends_[segments - 1];
  cut();
}

void ExtractFile::add(std::string_view segment) {
  if (file_ < 0 || segment.size() > segment_bytes_max) return;
  std::string length;
  for (int shift = 24; shift >= 0; shift -= 8) length += static_cast<char>(segment.size() >> shift & 0xff);
  if (!write_all(file_, length, end_) || !write_all(file_, segment, end_ + static_cast<std::int64_t>(length.size())))
    return cut();
  end_ += static_cast<std::int64_t>(length.size() + segment.size());
}

void ExtractFile::cut() {
  if (file_ < 0 || ::ftruncate(file_, end_) == 0) return;
  ::close(file_);
  file_ = -1;
}

}  // namespace kasane::store
