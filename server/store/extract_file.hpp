#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

namespace kasane::store {

/// `ledger.extract`: segments one after another, each behind its length. May be deleted whenever no server runs: the
/// next start takes longer. Thread: the ledger's, but for `each`. Errors: none; where it cannot be read or written it
/// does without.
class ExtractFile {
 public:
  explicit ExtractFile(const std::filesystem::path& file);
  ~ExtractFile();
  ExtractFile(const ExtractFile&) = delete;
  ExtractFile& operator=(const ExtractFile&) = delete;

  /// In order, until `visit` refuses one. Thread: any, while nobody adds or keeps.
  void each(const std::function<bool(std::string_view)>& visit);
  /// After `each`: the file is cut off behind so many of those that were visited.
  void keep(std::size_t segments);
  /// Not synced: what a power loss tears is refused by its reader.
  void add(std::string_view segment);

 private:
  void cut();
  int file_ = -1;
  std::int64_t end_ = 0;            // of what stands in it
  std::vector<std::int64_t> ends_;  // of each segment that was visited
};

}  // namespace kasane::store
