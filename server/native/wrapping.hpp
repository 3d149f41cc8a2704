#pragma once
// One key to many devices: what record_writer and epoch_writer share.
#include <span>

#include "crypto/wraps_root.hpp"
#include "server/native/keys.hpp"
#include "server/native/statement_writer.hpp"

namespace kasane::native {

/// A wrap of `key` for each, sorted by device. Errors: none where a recipient's key is unfit.
std::optional<std::vector<NamedWrap>> wrap_to_all(std::span<const Recipient> recipients, crypto::View info,
                                                  crypto::View key);
/// The `wraps_root` of a list. Errors: none where a device stands twice.
std::optional<crypto::Hash> root_of(std::span<const NamedWrap> wraps);
std::vector<crypto::WrapDigest> digests_of(std::span<const NamedWrap> wraps);

}  // namespace kasane::native
