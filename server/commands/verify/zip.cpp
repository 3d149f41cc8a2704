#include "server/commands/verify/zip.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <zip.h>

#include <algorithm>
#include <memory>

#include "server/exit_status.hpp"

namespace kasane::commands::verify {

namespace {

[[noreturn]] void broken(const std::filesystem::path& path, const std::string& why) {
  throw CommandError(Exit::broken_data, path.string() + " is no bundle: " + why);
}

/// A relative path of small letters, digits and `. / -`, no element of which is empty or only dots.
bool acceptable(std::string_view name) {
  if (name.empty() || name.size() > bundle_name_bytes_max || name.front() == '/' || name.back() == '/' ||
      name.find("//") != std::string_view::npos || name.find("..") != std::string_view::npos)
    return false;
  return std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '/' ||
           c == '-';
  });
}

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

std::string read_file(zip_t* archive, zip_uint64_t index, std::size_t size, const std::filesystem::path& path) {
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive, index, 0));
  if (!file) broken(path, "a file in it cannot be opened");
  constexpr std::size_t at_once = std::size_t{1} << 20;  // what it claims to hold is believed as it comes
  std::string bytes;
  std::size_t done = 0;
  while (done < size) {
    bytes.resize(std::min(size, done + at_once));
    const auto got = zip_fread(file.get(), bytes.data() + done, bytes.size() - done);
    if (got <= 0) broken(path, "a file in it ends early or is damaged");
    done += static_cast<std::size_t>(got);
  }
  char beyond = 0;
  if (zip_fread(file.get(), &beyond, 1) != 0) broken(path, "a file in it is damaged");  // the sum is checked at the end
  return bytes;
}

Files read_all(const Archive& archive, const std::filesystem::path& path);

}  // namespace

Files read_zip(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error))
    throw CommandError(Exit::no_data, "no such file: " + path.string());
  if (std::filesystem::file_size(path, error) > bundle_bytes_max) broken(path, "it is larger than 1 GiB");
  int code = 0;
  return read_all(Archive(zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code)), path);
}

Files read_zip(crypto::View bytes, const std::string& name) {
  if (bytes.size() > bundle_bytes_max) broken(name, "it is larger than 1 GiB");
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
  zip_t* archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, nullptr);
  if (archive == nullptr && source != nullptr) zip_source_free(source);
  return read_all(Archive(archive), name);
}

namespace {

Files read_all(const Archive& archive, const std::filesystem::path& path) {
  if (!archive) broken(path, "the archive is damaged, or is none");
  const auto count = zip_get_num_entries(archive.get(), 0);
  if (count < 0 || static_cast<std::size_t>(count) > bundle_files_max) broken(path, "it holds too many files");
  Files files;
  std::size_t total = 0;
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    constexpr zip_uint64_t wanted = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    if (zip_stat_index(archive.get(), i, ZIP_FL_ENC_RAW, &stat) != 0 || (stat.valid & wanted) != wanted)
      broken(path, "a file in it is not described");
    if (!acceptable(stat.name)) broken(path, "a file in it has a name that is none of a bundle's");
    if (stat.encryption_method != ZIP_EM_NONE ||
        (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE))
      broken(path, "a file in it is encrypted or packed in an unknown way");
    if (stat.size > bundle_bytes_max - total) broken(path, "it is larger than 1 GiB unpacked");
    total += static_cast<std::size_t>(stat.size);
    if (files.contains(stat.name)) broken(path, std::string("it holds two files called ") + stat.name);
    std::string name = stat.name;
    files.emplace(std::move(name), read_file(archive.get(), i, static_cast<std::size_t>(stat.size), path));
  }
  return files;
}

}  // namespace

void write_zip(const std::filesystem::path& path, const Files& files, std::int64_t at_ms) {
  const auto fail = [&](const std::string& why) {
    throw CommandError(Exit::cannot_write, "cannot write " + path.string() + ": " + why);
  };
  std::error_code error;
  if (std::filesystem::exists(path, error)) fail("there is already something of that name");
  const std::filesystem::path draft = path.string() + ".part";
  std::filesystem::remove(draft, error);
  int code = 0;
  std::unique_ptr<zip_t, Discard> archive(zip_open(draft.c_str(), ZIP_CREATE | ZIP_EXCL, &code));
  if (!archive) fail("the folder may not be there, or may not be written");
  for (const auto& [name, bytes] : files) {
    zip_source_t* source = zip_source_buffer(archive.get(), bytes.data(), bytes.size(), 0);
    const auto index = source == nullptr ? -1 : zip_file_add(archive.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      if (source != nullptr) zip_source_free(source);
      fail(zip_strerror(archive.get()));
    }
    zip_file_set_mtime(archive.get(), static_cast<zip_uint64_t>(index), at_ms / 1000, 0);
  }
  if (zip_close(archive.get()) != 0) fail(zip_strerror(archive.get()));
  (void)archive.release();  // closed
  std::filesystem::permissions(draft, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, error);
  const int file = error ? -1 : ::open(draft.c_str(), O_RDONLY | O_CLOEXEC);
  const bool kept = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (kept) std::filesystem::rename(draft, path, error);
  if (!kept || error) {
    std::filesystem::remove(draft, error);
    fail("it could not be put in its place");
  }
}

}  // namespace kasane::commands::verify
