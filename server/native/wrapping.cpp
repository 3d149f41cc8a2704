#include "server/native/wrapping.hpp"

#include <algorithm>

#include "crypto/sha256.hpp"
#include "crypto/wrap.hpp"

namespace kasane::native {

std::optional<std::vector<NamedWrap>> wrap_to_all(std::span<const Recipient> recipients, crypto::View info,
                                                  crypto::View key) {
  std::vector<NamedWrap> wraps;
  wraps.reserve(recipients.size());
  for (const auto& recipient : recipients) {
    auto wrap =
        crypto::seal_wrap_bytes(recipient.kem, crypto::kem_generate(), info, crypto::wrap_aad(recipient.device), key);
    if (!wrap) return std::nullopt;
    wraps.push_back({recipient.device, std::move(*wrap)});
  }
  std::sort(wraps.begin(), wraps.end(), [](const NamedWrap& a, const NamedWrap& b) { return a.device < b.device; });
  return wraps;
}

std::vector<crypto::WrapDigest> digests_of(std::span<const NamedWrap> wraps) {
  std::vector<crypto::WrapDigest> out;
  out.reserve(wraps.size());
  for (const auto& wrap : wraps) out.push_back({wrap.device, crypto::sha256(crypto::View(wrap.wrap))});
  return out;
}

std::optional<crypto::Hash> root_of(std::span<const NamedWrap> wraps) { return crypto::wraps_root(digests_of(wraps)); }

}  // namespace kasane::native
