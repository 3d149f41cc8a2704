#include "server/native/opener.hpp"

#include "crypto/sha256.hpp"
#include "crypto/wrap.hpp"
#include "server/native/member.hpp"

namespace kasane::native {

namespace {

bool same_json(const wire::Json* a, const wire::Json* b) {
  if (a == nullptr || b == nullptr) return a == b;
  // Both went through the one writer of statements: the same value prints the same text.
  return wire::print_json(*a) == wire::print_json(*b);
}

}  // namespace

std::optional<RecordBody> read_record_body(const wire::Json& body) {
  if (!has_only(body, {"core", "kc", "pc", "digest", "length", "wraps_root"})) return std::nullopt;
  const auto core = bytes_member(body, "core");
  const auto kc = hex_member<crypto::Hash>(body, "kc");
  const auto pc = hex_member<crypto::Hash>(body, "pc");
  const auto digest = hex_member<crypto::Hash>(body, "digest");
  const auto root = hex_member<crypto::Hash>(body, "wraps_root");
  const auto length = count_member(body, "length");
  if (!core || !kc || !pc || !digest || !root || !length) return std::nullopt;
  return RecordBody{crypto::text(*core), *kc, *pc, *digest, *root, *length};
}

bool core_holds(const RecordBody& body, const wire::Payload& payload) {
  const auto core = wire::read_json(body.core, {.bytes = wire::payload_bytes_max});
  if (!core ||
      !has_only(*core, {"log", "record", "case", "item", "label", "suite", "kc", "pc", "device", "seen", "rules"})) {
    return false;
  }
  const wire::Json statement = wire::write_statement(payload.statement, wire::StatementForm::ledger);
  return text_member(*core, "log") == payload.log && same_json(core->find("record"), statement.find("record")) &&
         same_json(core->find("case"), statement.find("case")) &&
         same_json(core->find("item"), statement.find("item")) &&
         same_json(core->find("label"), statement.find("label")) &&
         count_member(*core, "suite") == crypto::record_suite && hex_member<crypto::Hash>(*core, "kc") == body.kc &&
         hex_member<crypto::Hash>(*core, "pc") == body.pc && text_member(*core, "device") == payload.device &&
         count_member(*core, "rules") == rules_version;
}

std::optional<OpenedRecord> open_record(const wire::Payload& share, const crypto::Device& device,
                                        crypto::View ciphertext, crypto::View wrap,
                                        const std::optional<crypto::WrapPath>& path,
                                        const std::optional<crypto::Nonce>& grant) {
  const auto body = read_record_body(share.body);
  if (!body || !core_holds(*body, share) || crypto::sha256(ciphertext) != body->digest) return std::nullopt;
  if (path.has_value() == grant.has_value()) return std::nullopt;  // it came one way or the other
  if (path && !crypto::verify_wrap(body->wraps_root, {device.id, crypto::sha256(wrap)}, *path)) return std::nullopt;

  const crypto::View core = crypto::view(body->core);
  const crypto::Bytes aad = grant ? crypto::grant_aad(device.id, *grant) : crypto::wrap_aad(device.id);
  auto key = crypto::open_wrap<crypto::ContentKey>(device.kem, crypto::record_wrap_info(core), aad, wrap);
  if (!key) return std::nullopt;
  const auto content = crypto::open_record(*key, core, body->kc, body->pc, ciphertext);
  if (!content) return std::nullopt;
  return OpenedRecord{crypto::text(*content), std::move(*key)};
}

}  // namespace kasane::native
