#include "server/native/record_writer.hpp"

#include <algorithm>

#include "crypto/random.hpp"
#include "crypto/sha256.hpp"
#include "crypto/wrap.hpp"
#include "crypto/wraps_root.hpp"
#include "server/native/wrapping.hpp"

namespace kasane::native {

namespace {

policy::Statement share_of(std::string_view person, const RecordDraft& draft) {
  policy::Statement statement;
  statement.kind = policy::Kind::record_share;
  statement.by = person;
  statement.record = draft.record;
  statement.case_id = draft.case_id;
  statement.item = draft.item;
  statement.label = draft.label;
  return statement;
}

wire::Json body_of(std::string_view core, const crypto::Hash& kc, const crypto::Hash& pc,
                   const crypto::Bytes& ciphertext, const crypto::Hash& wraps_root) {
  wire::Json body = wire::Json::object();
  body.add("core", crypto::base64(crypto::view(core)));
  body.add("kc", crypto::hex(kc));
  body.add("pc", crypto::hex(pc));
  body.add("digest", crypto::hex(crypto::sha256(crypto::View(ciphertext))));
  body.add("length", static_cast<std::int64_t>(ciphertext.size()));
  body.add("wraps_root", crypto::hex(wraps_root));
  return body;
}

}  // namespace

std::string write_core(const Standpoint& standpoint, std::string_view device, const RecordDraft& draft,
                       const crypto::Hash& kc, const crypto::Hash& pc) {
  // The label as the statement writes it, so that both are compared as one JSON value.
  const wire::Json statement = wire::write_statement(share_of("p", draft), wire::StatementForm::ledger);
  wire::Json core = wire::Json::object();
  core.add("log", standpoint.log);
  core.add("record", draft.record);
  core.add("case", draft.case_id);
  if (!draft.item.empty()) core.add("item", draft.item);
  if (const wire::Json* label = statement.find("label")) core.add("label", *label);
  core.add("suite", static_cast<std::int64_t>(crypto::record_suite));
  core.add("kc", crypto::hex(kc));
  core.add("pc", crypto::hex(pc));
  core.add("device", device);
  wire::Json seen = wire::Json::object();
  seen.add("size", standpoint.seen.size);
  seen.add("root", standpoint.seen.root);
  core.add("seen", std::move(seen));
  core.add("rules", rules_version);
  return wire::print_json(core);
}

std::optional<SealedRecord> write_record(const Standpoint& standpoint, std::string_view author_person,
                                         const crypto::Device& author, const RecordDraft& draft,
                                         std::span<const Recipient> recipients) {
  SealedRecord out;
  out.key = crypto::random_secret<crypto::ContentKey>();
  const auto blinding = crypto::random_value<crypto::Blinding>();
  const crypto::Hash kc = crypto::key_commitment(out.key);
  const crypto::Hash pc = crypto::content_commitment(blinding, crypto::view(draft.content));
  out.core = write_core(standpoint, author.id, draft, kc, pc);
  const crypto::View core = crypto::view(out.core);
  out.ciphertext = crypto::seal_record(out.key, core, blinding, crypto::random_value<crypto::LongNonce>(),
                                       crypto::view(draft.content));
  auto wraps = wrap_to_all(recipients, crypto::record_wrap_info(core), out.key.expose());
  const auto root = wraps ? root_of(*wraps) : std::nullopt;
  if (!root) return std::nullopt;
  out.wraps = std::move(*wraps);
  out.body = body_of(out.core, kc, pc, out.ciphertext, *root);
  out.statement = share_of(author_person, draft);
  return out;
}

std::optional<KeyGrant> write_grant(std::string_view giver_person, std::string_view record, std::string_view core,
                                    const crypto::ContentKey& key, const Recipient& recipient, std::string unit) {
  KeyGrant out;
  out.draft.nonce = crypto::random_value<crypto::Nonce>();
  auto wrap = crypto::seal_wrap(recipient.kem, crypto::record_wrap_info(crypto::view(core)),
                                crypto::grant_aad(recipient.device, out.draft.nonce), key);
  if (!wrap) return std::nullopt;
  out.wrap = std::move(*wrap);
  out.draft.statement.kind = policy::Kind::key_grant;
  out.draft.statement.by = giver_person;
  out.draft.statement.record = record;
  out.draft.statement.device = recipient.device;
  out.draft.body = wire::Json::object();
  out.draft.body.add("digest", crypto::hex(crypto::sha256(crypto::View(out.wrap))));
  out.draft.unit = std::move(unit);
  return out;
}

}  // namespace kasane::native
