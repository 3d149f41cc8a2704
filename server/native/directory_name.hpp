#pragma once
// Names and posts of staff: readable to who holds the tenant's directory key, ciphertext to the server. FORMATS.md §7,
// §11.
#include <optional>

#include "crypto/names.hpp"
#include "server/native/keys.hpp"

namespace kasane::native {

struct StaffName {
  std::string name, post;
  bool operator==(const StaffName&) const = default;
};
/// {name: {nonce, box}}: the body of `person.add` and `person.roles`. `log`: as in that payload.
wire::Json name_body(const crypto::DirectoryKey& key, std::string_view log, std::string_view person,
                     const StaffName& name);
/// {nonce, box}: the member `name`, as `tenant.found` carries it among others.
wire::Json sealed_name(const crypto::DirectoryKey& key, std::string_view log, std::string_view person,
                       const StaffName& name);
/// Of a body with a member `name`. Errors: none, without detail.
std::optional<StaffName> open_name(const crypto::DirectoryKey& key, std::string_view log, std::string_view person,
                                   const wire::Json& body);

/// The directory key for a new device: a blob of the append whose `device.add` names its digest.
std::optional<crypto::Bytes> wrap_directory_key(const crypto::DirectoryKey& key, std::string_view log,
                                                const Recipient& recipient);
std::optional<crypto::DirectoryKey> open_directory_key(std::string_view log, const crypto::Device& device,
                                                       crypto::View wrap);

}  // namespace kasane::native
