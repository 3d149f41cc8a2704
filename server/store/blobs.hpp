#pragma once

#include <optional>

#include "server/conference/commit.hpp"
#include "server/store/database.hpp"

namespace kasane::store {

/// Tables `blobs` (ciphertexts by digest) and `frames` (ciphertexts of the talk by entry, deleted with the conference).
class Blobs {
 public:
  explicit Blobs(Database& database);
  void add(const conference::Blob& blob);  ///< twice is once
  void add(const conference::Frame& frame);
  void drop(const crypto::Hash& digest);
  void forget_item(std::string_view item);
  std::optional<std::string> blob(const crypto::Hash& digest);
  std::optional<std::string> frame(std::int64_t index);

 private:
  Query add_blob_, add_frame_, drop_blob_, forget_, blob_, frame_;
};

}  // namespace kasane::store
