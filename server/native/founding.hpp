#pragma once
// The first two entries of a log, as `kasane init` and the demonstration make them. design.md §3 "Bootstrap",
// FORMATS.md §12.
#include "crypto/cosigners.hpp"
#include "server/native/directory_name.hpp"
#include "server/native/statement_writer.hpp"

namespace kasane::native {

struct FoundingWish {
  std::string origin;  ///< <name>/<16 hex>
  std::string tenant, person, agency;
  std::string tenant_title{}, agency_title{};  ///< how both are shown, readable to the server; empty: by their ids
  policy::AgencyType agency_type = policy::AgencyType::secretariat;
  StaffName registrar;
  bool demonstration = false;
  crypto::PublicKey log_key, server_key;
  std::optional<crypto::PublicKey> cosigner_key{};  ///< of the log's own timestamped cosignatures
  crypto::Cosigners witnesses{};
  policy::Instant at_ms = 0;
};
struct Founding {
  std::string log;               ///< origin ‖ `#` ‖ hash of entry 0
  std::string tenant_found;      ///< envelope of entry 0
  std::string device_add;        ///< envelope of entry 1
  crypto::Bytes directory_wrap;  ///< a blob of entry 1
};
/// Errors: none where the wish does not make well-formed statements, or its witnesses are not `sound`.
std::optional<Founding> found(const FoundingWish& wish, const crypto::Device& first_device,
                              const crypto::DirectoryKey& directory_key);

struct FoundingBody {
  crypto::PublicKey log_key, server_key;
  std::optional<crypto::PublicKey> cosigner_key;  ///< none: of a log of before there was one
  crypto::PublicBundle device;
  bool demonstration = false;
  std::string tenant_title, agency_title;  ///< empty where the entry names none
  crypto::Cosigners witnesses;             ///< likewise
};
/// Errors: none for another shape, unfit keys or witnesses that are not `sound`.
std::optional<FoundingBody> read_founding_body(const wire::Json& body);
/// The witnesses of a founding body alone; where it has no such member, none. Errors: none for another shape, or not
/// `sound`: what was pinned must not be read as less.
std::optional<crypto::Cosigners> read_witnesses(const wire::Json& body);

}  // namespace kasane::native
