#pragma once
// From ciphertext and wrap back to the content, with every check that crypto/FORMATS.md §8 asks of a reader.
#include <optional>

#include "crypto/record_body.hpp"
#include "crypto/wraps_root.hpp"
#include "server/native/keys.hpp"
#include "server/native/statement_writer.hpp"

namespace kasane::native {

/// The body of a `record.share` or `record.rebase`.
struct RecordBody {
  std::string core;
  crypto::Hash kc, pc, digest, wraps_root;
  std::int64_t length = 0;
};
/// Errors: none for another shape.
std::optional<RecordBody> read_record_body(const wire::Json& body);
/// Does the core say of log, record, case, item, label, kc, pc and device what the signed payload says? `demo`, `load`
/// and `verify` ask it before they trust a core.
bool core_holds(const RecordBody& body, const wire::Payload& payload);

struct OpenedRecord {
  std::string content;
  crypto::ContentKey key;
};
/// `share`: the payload of the record's share, already verified. `path`: the wrap's place in `wraps_root`, or none
/// where the wrap came by `key.grant`, whose nonce then stands in `grant`. Errors: none, without detail.
std::optional<OpenedRecord> open_record(const wire::Payload& share, const crypto::Device& device,
                                        crypto::View ciphertext, crypto::View wrap,
                                        const std::optional<crypto::WrapPath>& path,
                                        const std::optional<crypto::Nonce>& grant);

}  // namespace kasane::native
