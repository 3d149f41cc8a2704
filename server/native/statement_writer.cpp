#include "server/native/statement_writer.hpp"

#include "crypto/random.hpp"

namespace kasane::native {

namespace {

std::optional<crypto::Envelope> sign_draft(const Standpoint& standpoint, Draft&& draft, const crypto::Device& author) {
  wire::Payload payload;
  payload.v = rules_version;
  payload.log = standpoint.log;
  payload.unit = std::move(draft.unit);
  payload.seen = standpoint.seen;
  payload.signed_at_ms = standpoint.signed_at_ms;
  if (draft.nonce == crypto::Nonce{}) draft.nonce = crypto::random_value<crypto::Nonce>();
  payload.nonce = crypto::hex(draft.nonce);
  payload.device = author.id;
  payload.statement = std::move(draft.statement);
  payload.body = std::move(draft.body);
  std::string text = wire::print_payload(payload);
  if (text.size() > crypto::payload_bytes_max) return std::nullopt;
  return crypto::sign_envelope(std::move(text), author.id, author.signing.private_key);
}

}  // namespace

std::optional<std::string> write_envelope(const Standpoint& standpoint, Draft draft, const crypto::Device& author) {
  const auto envelope = sign_draft(standpoint, std::move(draft), author);
  return envelope ? std::optional(crypto::print(*envelope)) : std::nullopt;
}

std::optional<std::string> write_envelope(const Standpoint& standpoint, Draft draft, const crypto::Device& author,
                                          const crypto::Device& second) {
  auto envelope = sign_draft(standpoint, std::move(draft), author);
  if (!envelope || !crypto::countersign(*envelope, second.id, second.signing.private_key)) return std::nullopt;
  return crypto::print(*envelope);
}

std::optional<std::string> add_signature(std::string_view envelope, const crypto::Device& second) {
  auto parsed = crypto::parse_envelope(envelope);
  if (!parsed || !crypto::countersign(*parsed, second.id, second.signing.private_key)) return std::nullopt;
  return crypto::print(*parsed);
}

}  // namespace kasane::native
