#include "crypto/envelope.hpp"

#include <algorithm>

namespace kasane::crypto {

namespace {

/// Walks a text that has exactly one spelling.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}
  bool skip(std::string_view literal) {
    if (!rest_.starts_with(literal)) return false;
    rest_.remove_prefix(literal.size());
    return true;
  }
  /// Up to the next quotation mark, which is taken too. Errors: none where it is missing.
  std::optional<std::string_view> until_quote() {
    const auto end = rest_.find('"');
    if (end == std::string_view::npos) return std::nullopt;
    const auto part = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return part;
  }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

bool acceptable_keyid(std::string_view keyid) {
  return !keyid.empty() && keyid.size() <= keyid_bytes_max && std::all_of(keyid.begin(), keyid.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == ':' || c == '-';
  });
}

std::optional<EnvelopeSignature> read_signature(Reader& reader) {
  if (!reader.skip(R"({"keyid":")")) return std::nullopt;
  const auto keyid = reader.until_quote();
  if (!keyid || !acceptable_keyid(*keyid) || !reader.skip(R"(,"sig":")")) return std::nullopt;
  const auto sig = reader.until_quote();
  if (!sig || !reader.skip("}")) return std::nullopt;
  const auto bytes = from_base64<Signature>(*sig);
  if (!bytes) return std::nullopt;
  return EnvelopeSignature{std::string(*keyid), *bytes};
}

constexpr std::string_view before_payload = R"({"payload":")";
constexpr std::string_view after_payload =
    R"(,"payloadType":"application/vnd.kasane.statement.v1+json","signatures":[)";

}  // namespace

Bytes pre_authentication(std::string_view payload) {
  std::string out = "DSSEv1 ";
  out.append(std::to_string(statement_type.size())).append(" ").append(statement_type);
  out.append(" ").append(std::to_string(payload.size())).append(" ").append(payload);
  return bytes_of(view(out));
}

std::optional<Envelope> parse_envelope(std::string_view text) {
  if (text.size() > envelope_bytes_max) return std::nullopt;
  Reader reader(text);
  if (!reader.skip(before_payload)) return std::nullopt;
  const auto encoded = reader.until_quote();
  if (!encoded || !reader.skip(after_payload)) return std::nullopt;
  const auto payload = unbase64(*encoded);
  if (!payload || payload->empty() || payload->size() > payload_bytes_max) return std::nullopt;

  Envelope envelope{kasane::crypto::text(*payload), {}};
  do {
    auto signature = read_signature(reader);
    if (!signature || envelope.signatures.size() == 2) return std::nullopt;
    if (!envelope.signatures.empty() && envelope.signatures[0].keyid == signature->keyid) return std::nullopt;
    envelope.signatures.push_back(std::move(*signature));
  } while (reader.skip(","));
  if (!reader.skip("]}") || !reader.at_end()) return std::nullopt;
  return envelope;
}

std::string print(const Envelope& envelope) {
  std::string out(before_payload);
  out.append(base64(view(envelope.payload))).append("\"").append(after_payload);
  for (const auto& [keyid, sig] : envelope.signatures) {
    if (out.back() == '}') out.push_back(',');
    out.append(R"({"keyid":")").append(keyid).append(R"(","sig":")").append(base64(sig)).append("\"}");
  }
  return out.append("]}");
}

Envelope sign_envelope(std::string payload, std::string keyid, const SigningKey& key) {
  const Signature sig = sign(key, pre_authentication(payload));
  return {std::move(payload), {{std::move(keyid), sig}}};
}

bool countersign(Envelope& envelope, std::string keyid, const SigningKey& key) {
  if (envelope.signatures.size() != 1 || envelope.signatures[0].keyid == keyid) return false;
  envelope.signatures.push_back({std::move(keyid), sign(key, pre_authentication(envelope.payload))});
  return true;
}

bool verify(const Envelope& envelope, std::size_t index, const PublicKey& key) {
  return index < envelope.signatures.size() &&
         verify(key, pre_authentication(envelope.payload), envelope.signatures[index].sig);
}

}  // namespace kasane::crypto
