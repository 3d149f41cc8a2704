#pragma once
// A device's keys as they stand in texts: seeds, public bundles, the body of `device.add`. crypto/FORMATS.md §3, §12.
#include <optional>
#include <string>
#include <string_view>

#include "crypto/device.hpp"
#include "server/wire/json.hpp"

namespace kasane::native {

/// Whom a key is wrapped to: a live device and its suite-1 key.
struct Recipient {
  std::string device;
  crypto::KemPublicKey kem;
};
Recipient recipient_of(const crypto::Device& device);

/// 43 letters of base64url, as it stands in an address after `#`. The text is as secret as the seed.
std::string print_seed(const crypto::Seed& seed);
std::optional<crypto::Seed> parse_seed(std::string_view text);

/// One line of JSON, to be shown or copied.
std::string print_bundle(const crypto::PublicBundle& bundle);
/// Errors: none where it is no bundle, a key is unfit, the proof does not hold, or the id is not that of the keys.
std::optional<crypto::PublicBundle> parse_bundle(std::string_view text);

/// {sign, kem, proof, wrap?}. `directory_wrap` = digest of the directory key's wrap, for a person with an agency.
wire::Json device_body(const crypto::PublicBundle& bundle, const std::optional<crypto::Hash>& directory_wrap = {});
/// {sign, kem, proof} alone. Errors: none for another shape, unfit keys, or a proof that does not hold.
std::optional<crypto::PublicBundle> read_bundle(const wire::Json& keys);
struct DeviceBody {
  crypto::PublicBundle bundle;
  std::optional<crypto::Hash> directory_wrap;
};
/// Errors: none for another shape, unfit keys or a proof that is not that of `device`.
std::optional<DeviceBody> read_device_body(const wire::Json& body, std::string_view device);
/// Errors: as `read_device_body`.
std::optional<Recipient> recipient_from(const wire::Json& device_add_body, std::string_view device);

}  // namespace kasane::native
