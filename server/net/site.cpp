#include "server/net/site.hpp"

#include <array>
#include <fstream>
#include <iterator>
#include <utility>

#include "server/net/content_policy.hpp"

namespace kasane::net {
namespace {

constexpr std::uintmax_t max_file_bytes = 16U << 20U;
constexpr std::size_t max_files = 256;

/// Types by extension; a file of another kind is not part of a web client and is not served (ASVS 13.4.7).
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> types{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".json", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".webmanifest", "application/manifest+json"},
    {".txt", "text/plain; charset=utf-8"},
}};

std::string_view type_of(const std::filesystem::path& file) {
  const auto extension = file.extension().string();
  for (const auto& [end, type] : types) {
    if (end == extension) return type;
  }
  return {};
}

std::string contents(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!in) throw SiteError("cannot read " + file.string());
  return bytes;
}

}  // namespace

Site::Site(const std::filesystem::path& folder) {
  try {
    read(folder);
  } catch (const std::filesystem::filesystem_error& error) {
    throw SiteError("cannot read the web client: " + std::string(error.what()));
  }
}

void Site::read(const std::filesystem::path& folder) {
  if (!std::filesystem::is_regular_file(folder / "index.html")) {
    throw SiteError("no web client in " + folder.string() +
                    ": index.html is missing (build it, or name it with --web)");
  }
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || type_of(entry.path()).empty()) continue;
    if (entry.file_size() > max_file_bytes || files_.size() == max_files) {
      throw SiteError("the web client in " + folder.string() + " has a file over 16 MiB, or more than 256 files");
    }
    const auto path = "/" + std::filesystem::relative(entry.path(), folder).generic_string();
    auto body = std::make_shared<const std::string>(contents(entry.path()));
    if (entry.path().extension() == ".js") script_hashes_.push_back(integrity_of(*body));
    // The bundler writes a hash of the content into the names of this folder.
    files_[path] = {std::string(type_of(entry.path())), path.starts_with("/assets/"), std::move(body)};
  }
  const auto& index = *files_.at("/index.html").body;
  for (const auto& hash : script_hashes_) {
    if (index.find(hash) == std::string::npos) {
      throw SiteError("the web client in " + folder.string() +
                      " has a script that index.html does not vouch for: " + hash);
    }
  }
}

Reply Site::answer(const Head& head) const {
  if (auto refusal = refuse_writing(head)) return std::move(*refusal);
  auto path = head.target.substr(0, head.target.find('?'));
  if (path == "/") path = "/index.html";
  const auto file = files_.find(path);
  if (file == files_.end()) return nothing_here();
  Reply reply;
  reply.type = file->second.type;
  reply.body = file->second.body;
  reply.headers = fence_headers();
  reply.headers.emplace_back("Content-Security-Policy", content_policy(script_hashes_, head.host));
  reply.headers.emplace_back("Cache-Control",
                             file->second.immutable ? "public, max-age=31536000, immutable" : "no-store");
  return reply;
}

}  // namespace kasane::net
