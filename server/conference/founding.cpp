#include "server/conference/founding.hpp"

#include "crypto/sha256.hpp"
#include "server/conference/ledger.hpp"

namespace kasane::conference {

std::optional<std::string> found_ledger(Store& store, log::Writer writer, Random& random, std::int64_t now_ms,
                                        std::string tenant_found, std::string device_add, std::string directory_wrap) {
  Ledger ledger(store, std::move(writer), random);
  Attachments attachments;
  attachments.blobs.emplace(crypto::sha256(directory_wrap), std::move(directory_wrap));
  const Staging none;
  const Keyring nobody;
  const auto refused =
      ledger.found(check_envelope(std::move(tenant_found), nobody), check_envelope(std::move(device_add), nobody),
                   Supply{attachments, none, {}}, now_ms);
  if (refused)
    return "the founding entry " + std::to_string(refused->which) + " is refused: " + std::string(refused->why.name());
  ledger.commit();
  return std::nullopt;
}

}  // namespace kasane::conference
