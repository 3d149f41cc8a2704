#include <catch2/catch.hpp>

#include "crypto/random.hpp"
#include "crypto/sha256.hpp"
#include "server/native/epoch_writer.hpp"
#include "server/native/wrapping.hpp"
#include "tests/native/given.hpp"

using namespace kasane;
using namespace kasane::native;

namespace {

struct Talk {
  crypto::Device steward = crypto::device_generate(), member = crypto::device_generate();
  std::vector<Recipient> recipients{recipient_of(steward), recipient_of(member)};
  SealedEpoch epoch = write_epoch(given::standpoint(), "p-1", "i-1", 3, crypto::Hash{}, recipients).value();
  EpochBody body = read_epoch_body(epoch.body).value();

  const crypto::Bytes& wrap_of(const crypto::Device& device) const {
    for (const auto& wrap : epoch.wraps) {
      if (wrap.device == device.id) return wrap.wrap;
    }
    throw std::logic_error("no wrap for this device");
  }
  crypto::FrameSealer sealer() const {
    return {epoch.secret, {given::log, "i-1", 3, member.id}, crypto::random_value<crypto::Nonce>()};
  }
  wire::Payload payload_of(const SealedMessage& message) const {
    Draft draft{message.statement, message.body, "item/i-1", {}};
    return given::payload_of(write_envelope(given::standpoint(), draft, member).value());
  }
};

}  // namespace

TEST_CASE("an epoch's secret opens for its recipients under its number, item and log alone") {
  const Talk talk;
  const auto opens = [&](std::string_view log, std::string_view item, std::int64_t number, const crypto::Device& device,
                         const crypto::Bytes& wrap) {
    return open_epoch(log, item, number, talk.body.kc, device, wrap).has_value();
  };
  const auto& wrap = talk.wrap_of(talk.member);
  CHECK(opens(given::log, "i-1", 3, talk.member, wrap));
  CHECK_FALSE(opens(given::log, "i-1", 4, talk.member, wrap));
  CHECK_FALSE(opens(given::log, "i-2", 3, talk.member, wrap));
  CHECK_FALSE(opens("other", "i-1", 3, talk.member, wrap));
  CHECK_FALSE(opens(given::log, "i-1", 3, talk.steward, wrap));
  CHECK_FALSE(open_epoch(given::log, "i-1", 3, crypto::Hash{}, talk.member, wrap));
}

TEST_CASE("the list of an epoch's recipients is the signed one, none more and none less") {
  const Talk talk;
  auto list = digests_of(talk.epoch.wraps);
  CHECK(list_holds(talk.body, list));
  list.push_back({"d-hidden", crypto::Hash{}});
  CHECK_FALSE(list_holds(talk.body, list));
  list.resize(1);
  CHECK_FALSE(list_holds(talk.body, list));
}

TEST_CASE("a message is read by whoever holds the epoch's secret") {
  const Talk talk;
  auto sealer = talk.sealer();
  const auto message = write_message(sealer, 3, "p-2", "i-1", "m-1", "始めます", talk.member).value();
  const auto payload = talk.payload_of(message);
  CHECK(read_message(payload, talk.epoch.secret, talk.member.signing.public_key, message.frame) == "始めます");
  CHECK(payload.statement.message == "m-1");
  CHECK_FALSE(read_message(payload, crypto::random_secret<crypto::EpochSecret>(), talk.member.signing.public_key,
                           message.frame));
  CHECK_FALSE(read_message(payload, talk.epoch.secret, talk.steward.signing.public_key, message.frame));
}

TEST_CASE("a frame that the message does not name, or that is a signal, is no message") {
  const Talk talk;
  auto sealer = talk.sealer();
  const auto first = write_message(sealer, 3, "p-2", "i-1", "m-1", "一", talk.member).value();
  const auto second = write_message(sealer, 3, "p-2", "i-1", "m-2", "二", talk.member).value();
  const auto& sign = talk.member.signing.public_key;
  CHECK_FALSE(read_message(talk.payload_of(first), talk.epoch.secret, sign, second.frame));

  const auto signal =
      sealer.seal(crypto::FrameKind::signal, crypto::view(R"({"v":1,"text":"x"})"), talk.member.signing.private_key)
          .value();
  SealedMessage disguised = write_message(sealer, 3, "p-2", "i-1", "m-3", "三", talk.member).value();
  disguised.body = wire::Json::object();
  disguised.body.add("digest", crypto::hex(crypto::sha256(crypto::View(signal))));
  disguised.body.add("length", static_cast<std::int64_t>(signal.size()));
  disguised.body.add("epoch", 3);
  CHECK_FALSE(read_message(talk.payload_of(disguised), talk.epoch.secret, sign, signal));
}
