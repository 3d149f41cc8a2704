#pragma once
// A content becomes a record.share (or record.rebase) with its ciphertext and wraps. design.md §4 "Record", "Wrap".
#include <span>

#include "crypto/record_body.hpp"
#include "server/native/keys.hpp"
#include "server/native/statement_writer.hpp"

namespace kasane::native {

struct RecordDraft {
  std::string record, case_id;
  std::string item;  ///< empty: shared without one
  policy::Label label;
  std::string content;  ///< UTF-8 JSON, `record_content`
};

struct SealedRecord {
  policy::Statement statement;  ///< record.share by the author
  wire::Json body;
  crypto::Bytes ciphertext;      ///< a blob of the append
  std::vector<NamedWrap> wraps;  ///< a list of wraps of the append, sorted by device
  crypto::ContentKey key;        ///< the author's own copy
  std::string core;
};

/// `recipients`: the live devices of policy `wrap`, asked with the share itself; the author's are among them.
/// Errors: none where a recipient's key is unfit or a device stands twice.
std::optional<SealedRecord> write_record(const Standpoint& standpoint, std::string_view author_person,
                                         const crypto::Device& author, const RecordDraft& draft,
                                         std::span<const Recipient> recipients);

/// The core's exact bytes. crypto/FORMATS.md §8.
std::string write_core(const Standpoint& standpoint, std::string_view device, const RecordDraft& draft,
                       const crypto::Hash& kc, const crypto::Hash& pc);

struct KeyGrant {
  Draft draft;         ///< key.grant with its nonce set: it must be written with exactly this
  crypto::Bytes wrap;  ///< a blob of the append
};
/// Gives a held key to a later reader. Errors: none where the recipient's key is unfit.
std::optional<KeyGrant> write_grant(std::string_view giver_person, std::string_view record, std::string_view core,
                                    const crypto::ContentKey& key, const Recipient& recipient, std::string unit);

}  // namespace kasane::native
