#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/conference/commit.hpp"
#include "server/wire/messages.hpp"

namespace kasane::conference {

/// Ciphertexts and lists of wraps that came beside statements, found by what the statements' bodies name: a blob by its
/// SHA-256, a list by its root.
struct Attachments {
  std::map<crypto::Hash, std::string> blobs;
  std::map<crypto::Hash, std::vector<Wrap>> wraps;
  std::size_t bytes() const;
};

/// Errors: `MALFORMED` for what is no base64, or a list that names a device twice; `TOO_LARGE`.
std::optional<wire::Refusal> read_attachments(const std::vector<std::string>& blobs,
                                              const std::vector<std::vector<wire::WrapEntry>>& wraps,
                                              Attachments& into);

/// What `put` keeps for a device for ten minutes (PROTOCOL.md put). In memory: who loses it puts it again.
class Staging {
 public:
  /// Errors: `TOO_LARGE` over the device's share, `BUSY` over everybody's; then nothing was kept.
  std::optional<wire::Refusal> put(const std::string& device, Attachments what, std::int64_t now_ms);
  const std::string* blob(const std::string& device, const crypto::Hash& digest) const;
  const std::vector<Wrap>* wraps(const std::string& device, const crypto::Hash& root) const;
  void expire(std::int64_t now_ms);

 private:
  struct Put {
    std::int64_t until_ms = 0;
    std::size_t bytes = 0;
    Attachments what;
  };
  std::map<std::string, std::vector<Put>> puts_;
  std::size_t bytes_ = 0;
};

/// What one request may draw on: what came with it, then what its device has staged.
struct Supply {
  const Attachments& inlined;
  const Staging& staging;
  std::string device;
  const std::string* blob(const crypto::Hash& digest) const;
  const std::vector<Wrap>* wraps(const crypto::Hash& root) const;
};

}  // namespace kasane::conference
