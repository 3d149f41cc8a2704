#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "server/net/head.hpp"

namespace kasane::net {

/// The folder of the web client cannot be served as it is; `what()` is a line for the operator.
struct SiteError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The web client, read once at start and answered from memory: no request ever touches the disk or names a file.
/// Thread: any, it never changes.
class Site {
 public:
  /// Errors: `SiteError` where there is no index.html, a file is too large, or a script's hash is not in index.html
  /// (the browser would refuse to run it, and the user would see a blank page).
  explicit Site(const std::filesystem::path& folder);

  /// GET and HEAD; anything else is 405, an unknown path 404.
  [[nodiscard]] Reply answer(const Head& head) const;

  /// `sha384-…` of each script, for the status panel and the release notes.
  [[nodiscard]] const std::vector<std::string>& script_hashes() const { return script_hashes_; }

 private:
  struct File {
    std::string type;
    bool immutable = false;
    std::shared_ptr<const std::string> body;
  };
  void read(const std::filesystem::path& folder);

  std::map<std::string, File, std::less<>> files_;
  std::vector<std::string> script_hashes_;
};

}  // namespace kasane::net
