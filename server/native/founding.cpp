#include "server/native/founding.hpp"

#include "crypto/leaf.hpp"
#include "crypto/merkle.hpp"
#include "crypto/sha256.hpp"
#include "server/native/member.hpp"

namespace kasane::native {

namespace {

// policy.md §12: both entries belong to the directory.
constexpr const char* directory_unit = "directory";

wire::Json write_witnesses(const crypto::Cosigners& witnesses) {
  wire::Json keys = wire::Json::array();
  for (const auto& one : witnesses.keys) keys.push(crypto::note_verifier_key(one.name, one.key, one.type));
  wire::Json out = wire::Json::object();
  out.add("quorum", static_cast<std::int64_t>(witnesses.least));
  out.add("keys", std::move(keys));
  return out;
}

wire::Json titles_of(const FoundingWish& wish) {
  wire::Json titles = wire::Json::object();
  if (!wish.tenant_title.empty()) titles.add("tenant", wish.tenant_title);
  if (!wish.agency_title.empty()) titles.add("agency", wish.agency_title);
  return titles;
}

/// False for another shape. An absent member is an empty title.
bool read_titles(const wire::Json* titles, FoundingBody& out) {
  if (titles == nullptr) return true;
  if (!has_only(*titles, {"tenant", "agency"})) return false;
  for (const auto& [name, title] : {std::pair{"tenant", &out.tenant_title}, {"agency", &out.agency_title}}) {
    const wire::Json* value = titles->find(name);
    if (value == nullptr) continue;
    if (value->text() == nullptr || value->text()->empty()) return false;
    *title = *value->text();
  }
  return true;
}

Draft founding_draft(const FoundingWish& wish, const crypto::Device& first_device, const crypto::DirectoryKey& key) {
  Draft draft;
  draft.statement.kind = policy::Kind::tenant_found;
  draft.statement.by = wish.person;
  draft.statement.tenant = wish.tenant;
  draft.statement.person = wish.person;
  draft.statement.agency = wish.agency;
  draft.statement.agency_type = wish.agency_type;
  draft.unit = directory_unit;
  draft.body = wire::Json::object();
  draft.body.add("log_key", crypto::base64(wish.log_key));
  draft.body.add("server_key", crypto::base64(wish.server_key));
  if (wish.cosigner_key) draft.body.add("cosigner_key", crypto::base64(*wish.cosigner_key));
  draft.body.add("device", device_body(crypto::public_bundle(first_device)));
  draft.body.add("demo", wish.demonstration);
  draft.body.add("witnesses", write_witnesses(wish.witnesses));
  draft.body.add("name", sealed_name(key, wish.origin, wish.person, wish.registrar));
  if (!wish.tenant_title.empty() || !wish.agency_title.empty()) draft.body.add("titles", titles_of(wish));
  return draft;
}

Draft device_draft(const FoundingWish& wish, const crypto::Device& first_device, const crypto::Bytes& wrap) {
  Draft draft;
  draft.statement.kind = policy::Kind::device_add;
  draft.statement.by = wish.person;
  draft.statement.device = first_device.id;
  draft.statement.person = wish.person;
  draft.unit = directory_unit;
  draft.body = device_body(crypto::public_bundle(first_device), crypto::sha256(crypto::View(wrap)));
  return draft;
}

}  // namespace

std::optional<Founding> found(const FoundingWish& wish, const crypto::Device& first_device,
                              const crypto::DirectoryKey& directory_key) {
  if (!sound(wish.witnesses)) return std::nullopt;
  // Nothing has been seen yet: both name the empty tree.
  Standpoint standpoint{wish.origin, {0, crypto::hex(crypto::empty_root())}, wish.at_ms};
  Draft first = founding_draft(wish, first_device, directory_key);
  if (!policy::well_formed(first.statement)) return std::nullopt;
  auto tenant_found = write_envelope(standpoint, std::move(first), first_device);
  if (!tenant_found) return std::nullopt;

  standpoint.log = crypto::log_name(wish.origin, *tenant_found);
  auto wrap = wrap_directory_key(directory_key, standpoint.log, recipient_of(first_device));
  if (!wrap) return std::nullopt;
  Draft second = device_draft(wish, first_device, *wrap);
  if (!policy::well_formed(second.statement)) return std::nullopt;
  auto device_add = write_envelope(standpoint, std::move(second), first_device);
  if (!device_add) return std::nullopt;
  return Founding{std::move(standpoint.log), std::move(*tenant_found), std::move(*device_add), std::move(*wrap)};
}

std::optional<crypto::Cosigners> read_witnesses(const wire::Json& body) {
  crypto::Cosigners out;
  const wire::Json* json = body.find("witnesses");
  if (json == nullptr) return out;
  const auto* quorum = json->find("quorum");
  const auto* keys = json->find("keys");
  if (!has_only(*json, {"quorum", "keys"}) || quorum == nullptr || quorum->integer() == nullptr || keys == nullptr ||
      !keys->is_array() || *quorum->integer() < 0)
    return std::nullopt;
  out.least = static_cast<std::size_t>(*quorum->integer());
  for (const auto& text : keys->elements()) {
    auto key = text.text() != nullptr ? crypto::parse_verifier_key(*text.text()) : std::nullopt;
    if (!key) return std::nullopt;
    out.keys.push_back(std::move(*key));
  }
  return sound(out) ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<FoundingBody> read_founding_body(const wire::Json& body) {
  if (!has_only(body, {"log_key", "server_key", "cosigner_key", "device", "demo", "witnesses", "name", "titles",
                       "predecessor"})) {
    return std::nullopt;
  }
  const auto log_key = base64_member<crypto::PublicKey>(body, "log_key");
  const auto server_key = base64_member<crypto::PublicKey>(body, "server_key");
  const wire::Json* device = body.find("device");
  const wire::Json* demo = body.find("demo");
  if (!log_key || !server_key || device == nullptr || demo == nullptr || demo->boolean() == nullptr)
    return std::nullopt;
  if (!crypto::acceptable(*log_key) || !crypto::acceptable(*server_key)) return std::nullopt;
  const auto cosigner_key = base64_member<crypto::PublicKey>(body, "cosigner_key");
  if (body.find("cosigner_key") != nullptr && (!cosigner_key || !crypto::acceptable(*cosigner_key)))
    return std::nullopt;
  const auto bundle = read_bundle(*device);
  if (!bundle) return std::nullopt;
  auto witnesses = read_witnesses(body);
  if (!witnesses) return std::nullopt;
  FoundingBody out{*log_key, *server_key, cosigner_key, *bundle, *demo->boolean(), {}, {}, std::move(*witnesses)};
  if (!read_titles(body.find("titles"), out)) return std::nullopt;
  return out;
}

}  // namespace kasane::native
