#include "server/native/epoch_writer.hpp"

#include "crypto/random.hpp"
#include "crypto/sha256.hpp"
#include "crypto/wrap.hpp"
#include "server/native/member.hpp"
#include "server/native/wrapping.hpp"

namespace kasane::native {

namespace {

constexpr int content_version = 1;
constexpr std::size_t content_bytes_max = 64 * 1024;

}  // namespace

std::optional<SealedEpoch> write_epoch(const Standpoint& standpoint, std::string_view author_person,
                                       std::string_view item, std::int64_t number, const crypto::Hash& previous,
                                       std::span<const Recipient> recipients) {
  SealedEpoch out;
  out.secret = crypto::random_secret<crypto::EpochSecret>();
  const crypto::Hash kc = crypto::epoch_commitment(out.secret);
  const auto info = crypto::epoch_wrap_info(standpoint.log, item, static_cast<std::uint64_t>(number), kc);
  auto wraps = wrap_to_all(recipients, info, out.secret.expose());
  const auto root = wraps ? root_of(*wraps) : std::nullopt;
  if (!root) return std::nullopt;
  out.wraps = std::move(*wraps);
  out.statement.kind = policy::Kind::epoch_commit;
  out.statement.by = author_person;
  out.statement.item = item;
  out.statement.epoch = number;
  out.body = wire::Json::object();
  out.body.add("kc", crypto::hex(kc));
  out.body.add("wraps_root", crypto::hex(*root));
  out.body.add("previous", crypto::hex(previous));
  return out;
}

std::optional<EpochBody> read_epoch_body(const wire::Json& body) {
  if (!has_only(body, {"kc", "wraps_root", "previous"})) return std::nullopt;
  const auto kc = hex_member<crypto::Hash>(body, "kc");
  const auto root = hex_member<crypto::Hash>(body, "wraps_root");
  const auto previous = hex_member<crypto::Hash>(body, "previous");
  if (!kc || !root || !previous) return std::nullopt;
  return EpochBody{*kc, *root, *previous};
}

bool list_holds(const EpochBody& body, std::vector<crypto::WrapDigest> list) {
  return crypto::wraps_root(std::move(list)) == body.wraps_root;
}

std::optional<crypto::EpochSecret> open_epoch(std::string_view log, std::string_view item, std::int64_t number,
                                              const crypto::Hash& kc, const crypto::Device& device, crypto::View wrap) {
  const auto info = crypto::epoch_wrap_info(log, item, static_cast<std::uint64_t>(number), kc);
  auto secret = crypto::open_wrap<crypto::EpochSecret>(device.kem, info, crypto::wrap_aad(device.id), wrap);
  if (!secret || crypto::epoch_commitment(*secret) != kc) return std::nullopt;
  return secret;
}

std::optional<SealedMessage> write_message(crypto::FrameSealer& sealer, std::int64_t epoch,
                                           std::string_view author_person, std::string_view item,
                                           std::string_view message, std::string_view text,
                                           const crypto::Device& author) {
  wire::Json content = wire::Json::object();
  content.add("v", content_version);
  content.add("text", text);
  auto frame =
      sealer.seal(crypto::FrameKind::message, crypto::view(wire::print_json(content)), author.signing.private_key);
  if (!frame) return std::nullopt;
  SealedMessage out;
  out.frame = std::move(*frame);
  out.statement.kind = policy::Kind::message_post;
  out.statement.by = author_person;
  out.statement.item = item;
  out.statement.message = message;
  out.body = wire::Json::object();
  out.body.add("digest", crypto::hex(crypto::sha256(crypto::View(out.frame))));
  out.body.add("length", static_cast<std::int64_t>(out.frame.size()));
  out.body.add("epoch", epoch);
  return out;
}

std::optional<std::string> read_message(const wire::Payload& post, const crypto::EpochSecret& secret,
                                        const crypto::PublicKey& sender, crypto::View frame) {
  const auto digest = hex_member<crypto::Hash>(post.body, "digest");
  const auto epoch = count_member(post.body, "epoch");
  const auto header = crypto::decode_frame_header(frame);
  if (!digest || !epoch || *digest != crypto::sha256(frame) || !header || header->kind != crypto::FrameKind::message) {
    return std::nullopt;
  }
  const crypto::FramePlace place{post.log, post.statement.item, static_cast<std::uint64_t>(*epoch), post.device};
  const auto opened = crypto::open_frame(secret, place, sender, frame);
  const auto content = opened ? wire::read_json(crypto::text(*opened), {.bytes = content_bytes_max}) : std::nullopt;
  if (!content || count_member(*content, "v") != content_version) return std::nullopt;
  return text_member(*content, "text");
}

}  // namespace kasane::native
