#include "server/conference/attachments.hpp"

#include <algorithm>

#include "crypto/sha256.hpp"
#include "crypto/wraps_root.hpp"

namespace kasane::conference {

namespace limits = wire::limits;

std::size_t Attachments::bytes() const {
  std::size_t sum = 0;
  for (const auto& [digest, blob] : blobs) sum += blob.size();
  for (const auto& [root, list] : wraps)
    for (const auto& wrap : list) sum += wrap.device.size() + wrap.bytes.size();
  return sum;
}

std::optional<wire::Refusal> read_attachments(const std::vector<std::string>& blobs,
                                              const std::vector<std::vector<wire::WrapEntry>>& wraps,
                                              Attachments& into) {
  for (const auto& text : blobs) {
    const auto bytes = crypto::unbase64(text);
    if (!bytes) return wire::Refusal{wire::Fault::malformed};
    if (bytes->size() > limits::record_bytes) return wire::Refusal{wire::Fault::too_large};
    into.blobs.emplace(crypto::sha256(*bytes), crypto::text(*bytes));
  }
  for (const auto& entries : wraps) {
    std::vector<Wrap> list;
    std::vector<crypto::WrapDigest> digests;
    for (const auto& [device, text] : entries) {
      const auto bytes = crypto::unbase64(text);
      if (!bytes) return wire::Refusal{wire::Fault::malformed};
      digests.push_back({device, crypto::sha256(*bytes)});
      list.push_back({device, crypto::text(*bytes)});
    }
    const auto root = crypto::wraps_root(std::move(digests));
    if (!root) return wire::Refusal{wire::Fault::malformed};
    into.wraps.emplace(*root, std::move(list));
  }
  return std::nullopt;
}

std::optional<wire::Refusal> Staging::put(const std::string& device, Attachments what, std::int64_t now_ms) {
  expire(now_ms);
  const std::size_t bytes = what.bytes();
  std::size_t held = bytes;
  if (const auto at = puts_.find(device); at != puts_.end())
    for (const Put& put : at->second) held += put.bytes;
  if (held > limits::staged_device_bytes) return wire::Refusal{wire::Fault::too_large};
  if (bytes_ + bytes > limits::staged_bytes) return wire::Refusal{wire::Fault::busy};
  bytes_ += bytes;
  puts_[device].push_back({now_ms + limits::staged_time.count(), bytes, std::move(what)});
  return std::nullopt;
}

void Staging::expire(std::int64_t now_ms) {
  for (auto device = puts_.begin(); device != puts_.end();) {
    std::erase_if(device->second, [&](const Put& put) {
      if (put.until_ms > now_ms) return false;
      bytes_ -= put.bytes;
      return true;
    });
    device = device->second.empty() ? puts_.erase(device) : std::next(device);
  }
}

const std::string* Staging::blob(const std::string& device, const crypto::Hash& digest) const {
  if (const auto at = puts_.find(device); at != puts_.end())
    for (const Put& put : at->second)
      if (const auto blob = put.what.blobs.find(digest); blob != put.what.blobs.end()) return &blob->second;
  return nullptr;
}
const std::vector<Wrap>* Staging::wraps(const std::string& device, const crypto::Hash& root) const {
  if (const auto at = puts_.find(device); at != puts_.end())
    for (const Put& put : at->second)
      if (const auto list = put.what.wraps.find(root); list != put.what.wraps.end()) return &list->second;
  return nullptr;
}

const std::string* Supply::blob(const crypto::Hash& digest) const {
  const auto at = inlined.blobs.find(digest);
  return at != inlined.blobs.end() ? &at->second : staging.blob(device, digest);
}
const std::vector<Wrap>* Supply::wraps(const crypto::Hash& root) const {
  const auto at = inlined.wraps.find(root);
  return at != inlined.wraps.end() ? &at->second : staging.wraps(device, root);
}

}  // namespace kasane::conference
