#include <algorithm>

#include "crypto/aead.hpp"
#include "crypto/hkdf.hpp"
#include "crypto/padding.hpp"
#include "crypto/random.hpp"
#include "crypto/sha256.hpp"
#include "crypto/signed_input.hpp"
#include "crypto/wrap.hpp"
#include "policy/action.hpp"
#include "server/commands/demo/participant.hpp"
#include "server/native/member.hpp"
#include "server/native/opener.hpp"
#include "server/native/wrapping.hpp"

namespace kasane::commands::demo {
namespace {

template <class T>
T need(std::optional<T> value, const std::string& what) {
  if (!value) throw CommandError(Exit::internal, what);
  return std::move(*value);
}

struct Plain {
  crypto::Blinding blinding;
  crypto::Bytes content;
};
/// blinding ‖ content (FORMATS.md §8): a rebase must carry both on, so that the author's pc still holds.
std::optional<Plain> unseal(const crypto::ContentKey& key, std::string_view core, crypto::View sealed) {
  constexpr auto nonce_bytes = crypto::LongNonce::size, blinding_bytes = crypto::Blinding::size;
  const auto nonce =
      sealed.size() < nonce_bytes ? std::nullopt : crypto::fixed<crypto::LongNonce>(sealed.first(nonce_bytes));
  if (!nonce) return std::nullopt;
  const auto body_key = crypto::derive<crypto::SymmetricKey>(key.expose(), crypto::view("kasane/record-key/v1"));
  const auto padded =
      crypto::xchacha_open(body_key.expose(), *nonce, crypto::sha256(core), sealed.subspan(nonce_bytes));
  const auto plain = padded ? crypto::unpad(*padded, crypto::record_least_bytes) : std::nullopt;
  if (!plain || plain->size() < blinding_bytes) return std::nullopt;
  const crypto::View bytes(*plain);
  return Plain{*crypto::fixed<crypto::Blinding>(bytes.first(blinding_bytes)),
               crypto::bytes_of(bytes.subspan(blinding_bytes))};
}

policy::Statement of_kind(policy::Kind kind, std::string record, std::string item, std::string device) {
  policy::Statement statement;
  statement.kind = kind;
  statement.record = std::move(record);
  statement.item = std::move(item);
  statement.device = std::move(device);
  return statement;
}

}  // namespace

std::vector<native::Recipient> Participant::recipients(const policy::Statement& share) const {
  const policy::Supposed with[] = {share};
  const auto at = hall_.now_ms();
  std::vector<policy::Rejected> rejected;
  const auto after = policy::suppose(world(), with, at, &rejected);
  if (!rejected.empty())
    throw CommandError(Exit::internal, person_ + " may not share: " + std::string(policy::name_of(rejected[0].reason)));
  return devices_of(policy::wrap(after, share.record, at));
}

void Participant::share_in(Parcel& parcel, const native::RecordDraft& draft) {
  assure({draft.case_id});
  auto shape = of_kind(policy::Kind::record_share, draft.record, draft.item, {});
  shape.by = person_;
  shape.at_ms = hall_.now_ms();
  shape.case_id = draft.case_id;
  shape.label = draft.label;
  auto sealed =
      need(native::write_record(standpoint(), person_, device_, draft, recipients(shape)), "a record does not seal");
  parcel.drafts.push_back(this->draft(std::move(sealed.statement), std::move(sealed.body)));
  parcel.blobs.push_back(std::move(sealed.ciphertext));
  parcel.wraps.push_back(std::move(sealed.wraps));
  keys_.insert_or_assign(draft.record, HeldKey{std::move(sealed.core), std::move(sealed.key)});
}

std::string Participant::share(const native::RecordDraft& draft) {
  catch_up();
  Parcel parcel;
  share_in(parcel, draft);
  append(std::move(parcel));
  return draft.record;
}

Participant::Opened Participant::fetch(const std::string& record, const std::string& item) {
  catch_up();
  const auto answer = hall_.ask(
      connection_, wire::OpenRequest{envelope(draft(of_kind(policy::Kind::key_request, record, item, device_.id)))});
  const auto share = replica_.made(record);
  if (share == nullptr) throw CommandError(Exit::internal, "released, but its share is not readable");
  const auto sealed = need(native::bytes_member(answer, "ciphertext"), "no ciphertext");
  const auto wrap = need(native::bytes_member(answer, "wrap"), "no wrap");
  std::optional<crypto::WrapPath> path;
  std::optional<crypto::Nonce> grant;
  if (const auto* given = answer.find("grant")) {
    const auto entry = replica_.entries().find(native::count_member(*given, "index").value_or(-1));
    if (entry == replica_.entries().end()) throw CommandError(Exit::internal, "the grant is not readable");
    grant = crypto::from_hex<crypto::Nonce>(entry->second.payload.nonce);
  } else {
    path.emplace();
    path->position = static_cast<std::uint64_t>(need(native::count_member(answer, "position"), "no position"));
    path->leaves = static_cast<std::uint64_t>(need(native::count_member(answer, "leaves"), "no leaves"));
    for (const auto& hash : answer.find("path")->elements())
      path->path.push_back(need(crypto::from_base64<crypto::Hash>(*hash.text()), "no path"));
  }
  auto opened = need(native::open_record(*share, device_, sealed, wrap, path, grant), "a record does not open");
  auto body = need(native::read_record_body(share->body), "no record body");
  return {std::move(body.core), crypto::text(sealed), std::move(opened.key), std::move(opened.content)};
}

std::string Participant::open(const std::string& record, const std::string& item) {
  auto opened = fetch(record, item);
  state(of_kind(policy::Kind::opened, record, item, device_.id));
  keys_.insert_or_assign(record, HeldKey{std::move(opened.core), std::move(opened.key)});
  return opened.content;
}

std::string Participant::rebase(const std::string& source, const std::string& item) {
  const auto opened = fetch(source, {});  // at the desk, by the claim REBASE (policy.md §5)
  state(of_kind(policy::Kind::opened, source, {}, device_.id));
  catch_up();
  assure({replica_.made(source)->statement.case_id}, {source});
  const auto plain = need(unseal(opened.key, opened.core, crypto::view(opened.sealed)), "the source does not open");
  const auto* made = replica_.made(source);
  native::RecordDraft target;
  target.record = crypto::random_id('r');
  target.case_id = made->statement.case_id;
  target.item = item;
  target.label = *made->statement.label;
  target.label.origin = world().bases.name(world().items[world().items.find_defined(item)].basis);
  target.label.parents.reset();

  auto statement = of_kind(policy::Kind::record_rebase, target.record, item, {});
  statement.source = source;
  statement.case_id = target.case_id;
  statement.label = target.label;
  statement.by = person_;
  statement.at_ms = hall_.now_ms();
  auto key = crypto::random_secret<crypto::ContentKey>();
  const auto kc = crypto::key_commitment(key);
  const auto pc = crypto::content_commitment(plain.blinding, plain.content);
  auto core = native::write_core(standpoint(), device_.id, target, kc, pc);
  auto sealed = crypto::seal_record(key, crypto::view(core), plain.blinding, crypto::random_value<crypto::LongNonce>(),
                                    plain.content);
  auto wraps =
      need(native::wrap_to_all(recipients(statement), crypto::record_wrap_info(crypto::view(core)), key.expose()),
           "a recipient's key is unfit");
  wire::Json body = wire::Json::object();
  body.add("core", crypto::base64(crypto::view(core))).add("kc", crypto::hex(kc)).add("pc", crypto::hex(pc));
  body.add("digest", crypto::hex(crypto::sha256(crypto::View(sealed))));
  body.add("length", static_cast<std::int64_t>(sealed.size()));
  body.add("wraps_root", crypto::hex(need(native::root_of(wraps), "a device stands twice")));
  Parcel parcel;
  parcel.drafts.push_back(draft(std::move(statement), std::move(body)));
  parcel.blobs.push_back(std::move(sealed));
  parcel.wraps.push_back(std::move(wraps));
  append(std::move(parcel));
  keys_.insert_or_assign(target.record, HeldKey{std::move(core), std::move(key)});
  return target.record;
}

bool Participant::answer_wanted() {
  bool gave = false;
  listen();
  for (const auto& params : std::exchange(wanted_, {})) {
    const auto record = need(native::text_member(params, "record"), "wanted what?");
    const auto device = need(native::text_member(params, "device"), "wanted by whom?");
    const auto signature = native::base64_member<crypto::Signature>(params, "signature");
    if (!signature ||
        !crypto::verify(replica_.founding().server_key, crypto::wanted_input(hall_.log(), record, device), *signature))
      throw CommandError(Exit::broken_data, "a key is wanted, but not by the server's word");
    catch_up();
    const auto key = keys_.find(record);
    const auto held = replica_.devices().find(device);
    if (key == keys_.end() || held == replica_.devices().end()) continue;
    const auto persons = policy::wrap(world(), record, hall_.now_ms());
    if (std::ranges::find(persons, held->second.person) == persons.end()) continue;  // the own fold decides
    assure({replica_.made(record)->statement.case_id}, {record});
    const auto unit = "record/" + record;
    auto grant =
        need(native::write_grant(person_, record, key->second.core, key->second.key, held->second.recipient, unit),
             "a key does not wrap");
    grant.draft.statement.at_ms = hall_.now_ms();
    Parcel parcel;
    parcel.drafts.push_back(std::move(grant.draft));
    parcel.blobs.push_back(std::move(grant.wrap));
    append(std::move(parcel));
    gave = true;
  }
  return gave;
}

}  // namespace kasane::commands::demo
