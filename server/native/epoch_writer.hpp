#pragma once
// The talk from the inside: drawing an epoch, opening one, writing and reading messages. design.md §4 "Talk",
// FORMATS.md §9.
#include <span>

#include "crypto/talk.hpp"
#include "crypto/wraps_root.hpp"
#include "server/native/keys.hpp"
#include "server/native/statement_writer.hpp"

namespace kasane::native {

struct SealedEpoch {
  policy::Statement statement;  ///< epoch.commit
  wire::Json body;
  std::vector<NamedWrap> wraps;  ///< sorted by device
  crypto::EpochSecret secret;
};
/// `previous`: SHA-256 of the envelope of the item's last `epoch.commit`, zeros for the first. `recipients`: the live
/// devices of policy `epoch`. Errors: none where a recipient's key is unfit or a device stands twice.
std::optional<SealedEpoch> write_epoch(const Standpoint& standpoint, std::string_view author_person,
                                       std::string_view item, std::int64_t number, const crypto::Hash& previous,
                                       std::span<const Recipient> recipients);

struct EpochBody {
  crypto::Hash kc, wraps_root, previous;
};
std::optional<EpochBody> read_epoch_body(const wire::Json& body);
/// Is this whole list (device, SHA-256(wrap)) what the commit signed?
bool list_holds(const EpochBody& body, std::vector<crypto::WrapDigest> list);
/// Errors: none where the wrap is not for this device and epoch, or the secret not that of kc.
std::optional<crypto::EpochSecret> open_epoch(std::string_view log, std::string_view item, std::int64_t number,
                                              const crypto::Hash& kc, const crypto::Device& device, crypto::View wrap);

struct SealedMessage {
  policy::Statement statement;  ///< message.post
  wire::Json body;
  crypto::Bytes frame;  ///< a blob of the append
};
/// `text`: what was said. Errors: none when the sealer's counter is used up.
std::optional<SealedMessage> write_message(crypto::FrameSealer& sealer, std::int64_t epoch,
                                           std::string_view author_person, std::string_view item,
                                           std::string_view message, std::string_view text,
                                           const crypto::Device& author);
/// The text of a message whose payload is verified. Errors: none where the frame is not the body's, or does not open,
/// or holds no message.
std::optional<std::string> read_message(const wire::Payload& post, const crypto::EpochSecret& secret,
                                        const crypto::PublicKey& sender, crypto::View frame);

}  // namespace kasane::native
